"""Time: whole Unix seconds in UTC everywhere; time zones only where a person reads or types a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour_of_day
from typing import NamedTuple

from app.base.errors import UserError
from app.base.words import tr

Clock = Callable[[], int]
MORNING, EVENING = hour_of_day(9), hour_of_day(18)
"""Local times of day that relative choices such as "tomorrow" stand for."""


class Hours(NamedTuple):
    """When a morning begins, and how many hours "later today" is away."""

    morning: hour_of_day = MORNING
    later: int = 3


USUAL = Hours()


class Choice(NamedTuple):
    """A point in time offered in a menu: the letter to press, an identifier, and the label."""

    letter: str
    key: str
    title: str


def now() -> int:
    """The current time in whole Unix seconds."""
    return int(time.time())


def iso(at: int) -> str:
    """ISO 8601 in UTC with a Z, as in all our JSON and CSV: `2026-11-23T16:40:00Z`."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local(at: int) -> datetime:
    """The time as an aware datetime in the system's zone."""
    return datetime.fromtimestamp(at, UTC).astimezone()


def at_local(moment: datetime) -> int:
    """Unix seconds of a date and time, local if it has no zone; the only place where local times become those.

    An hour that the clocks skip is read as they show it then: 02:30 on that night is 03:30. An hour that comes twice is
    the first one. Raises ValueError, OverflowError or OSError for a year beyond the platform's range.
    """
    if moment.tzinfo is not None:
        return int(moment.timestamp())
    first, second = (int(moment.replace(fold=fold).astimezone().timestamp()) for fold in (0, 1))
    shown = local(first).replace(tzinfo=None)
    return first if shown == moment.replace(microsecond=0, fold=0) else max(first, second)


def from_iso(text: str) -> int:
    """Unix seconds of an ISO 8601 date or time, in local time if it has no zone. Raises ValueError if invalid."""
    return at_local(datetime.fromisoformat(text))


def day(text: str) -> str | None:
    """Validate a local date; returns YYYY-MM-DD, or None for blank text. Raises UserError if it is not a date."""
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else None
    except ValueError as why:
        msg = tr("“{text}” isn't a date. Write it like 2026-11-23.").format(text=text)
        raise UserError(msg) from why


def on_day(days: int, hour: hour_of_day, now: datetime) -> int:
    """Unix seconds of a local time of day, `days` after the aware local `now`; correct across DST changes."""
    return at_local(datetime.combine(now.date() + timedelta(days=days), hour))


def days_to(weekday: int, now: datetime) -> int:
    """Days from the aware local `now` to the next such weekday (0 is Monday): 1 to 7, never today."""
    return (weekday - now.weekday()) % 7 or 7
