"""What is said of a typed date: what it means, or what is missing."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from app.base.clock import Hours
from app.base.errors import UserError
from app.calendar.asking import Told, day, moment, told_day, told_moment
from app.calendar.typed import Now

PRAGUE = ZoneInfo("Europe/Prague")
NOW = Now(int(datetime(2026, 12, 2, 10, tzinfo=PRAGUE).timestamp()), PRAGUE)


def _moment(typed: str, *, back: bool = False, hours: Hours | None = None) -> str:
    at = moment(typed, NOW._replace(back=back), hours or Hours())
    return datetime.fromtimestamp(at, PRAGUE).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(("typed", "said"), [
    ("po 9", "Mon 7 December, 09:00"), ("αύριο το πρωί", "Thu 3 December, 09:00"),
    ("in a month", "Sat 2 January 2027, 09:00"),
    ("B", "Thu 3 December, 09:00"), ("t", "Thu 3 December, 09:00"), ("m", "Mon 7 December, 09:00"),
    ("W", "Wed 9 December, 09:00"), ("l", "Wed 2 December, 13:00"), ("later", "Wed 2 December, 13:00"),
    ("h", "Mon 7 December, 09:00"),
])  # fmt: skip
def test_a_time_is_told_with_its_weekday(typed: str, said: str) -> None:
    assert told_moment(typed, NOW) == Told(said, good=True)


@pytest.mark.parametrize(("typed", "said"), [
    ("next friday", "Fri 4 December or Fri 11 December? Write which date."),
    ("monday blah", "Rapport doesn't understand “blah” here. Try tomorrow, mon 9, in 3 days or 24.12."),
    ("yesterday", "yesterday has already passed. Choose a later time."),
    ("today 9", "today 9 has already passed. Choose a later time."),
])  # fmt: skip
def test_what_cannot_be_taken_says_why(typed: str, said: str) -> None:
    assert told_moment(typed, NOW) == Told(said, good=False)
    with pytest.raises(UserError, match=r"\w"):
        moment(typed, NOW)


def test_an_empty_field_says_nothing() -> None:
    assert told_moment(" ", NOW) == told_day("", NOW) == Told("", good=False)
    assert day("  ", NOW) == ""


def test_a_morning_is_that_of_the_settings() -> None:
    hours = Hours(time(7, 30), 5)
    assert _moment("mon", hours=hours) == "2026-12-07 07:30"
    assert _moment("later", hours=hours) == "2026-12-02 15:00"
    assert _moment("mon 9", hours=hours) == "2026-12-07 09:00"


def test_a_day_is_stored_as_iso_and_may_be_over() -> None:
    assert day("pátek", NOW) == "2026-12-04"
    assert day("31.3.2027", NOW) == "2027-03-31"
    assert day("yesterday", NOW) == "2026-12-01"
    assert told_day("24.12.", NOW) == Told("Thu 24 December", good=True)
    with pytest.raises(UserError, match="isn't a date"):
        day("soon", NOW)


def test_looking_back_a_time_to_come_is_refused_and_today_is_now_at_the_latest() -> None:
    assert _moment("yesterday 17:30", back=True) == "2026-12-01 17:30"
    early = NOW._replace(at=NOW.at - 3 * 3_600, back=True)
    assert moment("today", early) == early.at
    with pytest.raises(UserError, match="still to come"):
        moment("tomorrow", NOW._replace(back=True))
