"""What the letters of the menus mean."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.base import clock
from app.calendar.choices import LATER, TOMORROW, TONIGHT, still_offered, title_at, until


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


def told(unix: int) -> str:
    return clock.local(unix).strftime("%a %Y-%m-%d %H:%M")


def test_each_choice_is_the_moment_that_it_says() -> None:
    now = at("2026-11-22T10:12:40")  # a Sunday
    assert told(until("hour", now)) == "Sun 2026-11-22 11:12"
    assert told(until("evening", now)) == "Sun 2026-11-22 18:00"
    assert told(until("tomorrow", now)) == "Mon 2026-11-23 09:00"
    assert told(until("monday", now)) == "Mon 2026-11-23 09:00"
    assert told(until("monday", at("2026-11-23T08:00"))) == "Mon 2026-11-30 09:00"


def test_the_next_block_is_the_working_one_or_the_next_working_day_at_nine() -> None:
    saturday = at("2026-11-21T10:12:40")
    assert told(until("block", saturday)) == "Mon 2026-11-23 09:00"
    assert until("block", saturday, next_block=1_800_000_000) == 1_800_000_000


@pytest.mark.parametrize(("now", "offered"), [
    ("2026-11-22T10:12:40", True), ("2026-11-22T17:30", True), ("2026-11-22T17:31", False), ("2026-11-22T23:59", False),
])  # fmt: skip
def test_this_evening_is_offered_while_it_is_some_way_off(now: str, *, offered: bool) -> None:
    assert still_offered(TONIGHT, until("evening", at(now)), at(now)) is offered
    assert still_offered(TOMORROW, until("tomorrow", at(now)), at(now))


@pytest.mark.parametrize(
    ("now", "called"), [("2026-11-22T20:59", "Later today"), ("2026-11-22T21:00", "In a few hours")]
)
def test_later_is_no_more_today_once_it_is_past_midnight(now: str, called: str) -> None:
    assert title_at(LATER, until("later", at(now)), at(now)) == called
    assert title_at(TOMORROW, until("tomorrow", at(now)), at(now)) == "Tomorrow"
