"""Points in time that are offered by a letter: one letter means the same wherever a date or time is asked for. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.base.clock import EVENING, USUAL, Choice, Hours, days_to, on_day
from app.base.words import N_

OWN = "D"
"""The letter for a date that is typed."""
HOUR = Choice("H", "hour", N_("In 1 hour"))
LATER = Choice("L", "later", N_("Later today"))
TONIGHT = Choice("E", "evening", N_("This evening"))
TOMORROW = Choice("T", "tomorrow", N_("Tomorrow"))
BLOCK = Choice("B", "block", N_("Next block"))
MONDAY = Choice("M", "monday", N_("Monday"))
WEEK = Choice("W", "week", N_("In a week"))
DAYS = (TOMORROW, BLOCK, MONDAY, WEEK)
"""Those that make sense where only a day is asked for."""
_MIN_EVENING_SECONDS = 1_800
"""This evening is not offered if it is closer than that."""


def until(key: str, now: datetime, hours: Hours = USUAL, next_block: int | None = None) -> int:
    """Unix seconds of a choice, by its key, relative to the aware local `now`; days are in the morning of `hours`.

    "monday" is the next one, never today, whatever the locale's first day of the week. "later" is in some hours,
    rounded down to the hour. `next_block` is when the next working block begins; None: the next working day at nine.
    """
    if key == "hour":
        return int((now + timedelta(hours=1)).replace(second=0, microsecond=0).timestamp())
    if key == "later":
        return int((now + timedelta(hours=hours.later)).replace(minute=0, second=0, microsecond=0).timestamp())
    if key == "evening":
        return on_day(0, EVENING, now)
    if key == "block":
        return _block(now) if next_block is None else next_block
    return on_day({"tomorrow": 1, "week": 7, "monday": days_to(0, now)}[key], hours.morning, now)


def _block(now: datetime) -> int:
    from app.calendar.typed import read  # noqa: PLC0415  the words of five languages, once one chooses

    found = read("block", int(now.timestamp()))
    assert found is not None  # noqa: S101  a word of the table
    return found.moment()


def title_at(choice: Choice, at: int, now: datetime) -> str:
    """What a choice that means the time `at` is called, untranslated: late in the evening "later" is no more today."""
    past_midnight = datetime.fromtimestamp(at, now.tzinfo).date() != now.date()
    return N_("In a few hours") if choice == LATER and past_midnight else choice.title


def still_offered(choice: Choice, at: int, now: datetime) -> bool:
    """Whether a choice that means the time `at` is worth offering now."""
    return choice != TONIGHT or at - now.timestamp() >= _MIN_EVENING_SECONDS
