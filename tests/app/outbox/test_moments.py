"""Times to choose for a reply that goes out later."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.base import clock
from app.base.errors import UserError
from app.outbox.moments import moment, offered, picked


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


def told(unix: int) -> str:
    return clock.local(unix).strftime("%a %Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("now", "letters"),
    [("2026-11-22T10:12:40", "HETM"), ("2026-11-22T17:30", "HETM"), ("2026-11-22T17:31", "HTM"),
     ("2026-11-22T23:59", "HTM")],
)  # fmt: skip
def test_this_evening_is_offered_while_it_is_some_way_off(now: str, letters: str) -> None:
    found = offered(at(now))
    assert "".join(choice.letter for choice, _ in found) == letters
    assert all(unix > at(now).timestamp() for _, unix in found)


def test_each_choice_is_the_moment_that_it_says() -> None:
    now = at("2026-11-22T10:12:40")  # a Sunday
    assert told(moment("hour", now)) == "Sun 2026-11-22 11:12"
    assert told(moment("evening", now)) == "Sun 2026-11-22 18:00"
    assert told(moment("tomorrow", now)) == "Mon 2026-11-23 09:00"
    assert told(moment("monday", now)) == "Mon 2026-11-23 09:00"
    assert told(moment("monday", at("2026-11-23T08:00"))) == "Mon 2026-11-30 09:00"


def test_a_day_and_a_time_are_picked() -> None:
    now = at("2026-11-22T10:12:40")
    assert told(picked("2026-12-24", "16:05", now)) == "Thu 2026-12-24 16:05"
    for day, hour in (("2026-11-22", "10:12"), ("2025-01-01", "09:00")):
        with pytest.raises(UserError, match="has passed"):
            picked(day, hour, now)
    for day, hour in (("soon", "09:00"), ("2026-02-30", "09:00"), ("2026-12-24", "25:00"), ("", "")):
        with pytest.raises(UserError, match="isn't a date"):
            picked(day, hour, now)
