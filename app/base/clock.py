"""Time: whole Unix seconds in UTC inside the house; zones only where a person reads or types."""

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
"""When the days begin and end that a person chooses by a letter."""


class Choice(NamedTuple):
    """A moment that is offered: the letter that is pressed for it, its key, and its words."""

    letter: str
    key: str
    title: str


def now() -> int:
    """Seconds since 1970-01-01 UTC, whole."""
    return int(time.time())


def iso(at: int) -> str:
    """ISO 8601 in UTC with a Z, as every JSON and CSV of ours writes it: `2026-11-23T16:40:00Z`."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local(at: int) -> datetime:
    """The same instant as an aware datetime in this laptop's zone."""
    return datetime.fromtimestamp(at, UTC).astimezone()


def from_iso(text: str) -> int:
    """Unix seconds of an ISO 8601 date or time; without a zone it is this laptop's time. ValueError when it is none."""
    return int(datetime.fromisoformat(text).astimezone(UTC).timestamp())


def day(text: str) -> str | None:
    """A local date as YYYY-MM-DD, None for an empty text; UserError where it is no date."""
    try:
        return date.fromisoformat(text.strip()).isoformat() if text.strip() else None
    except ValueError as why:
        msg = tr("“{text}” isn't a date. Write it like 2026-11-23.").format(text=text)
        raise UserError(msg) from why


def on_day(days: int, hour: hour_of_day, now: datetime) -> int:
    """Unix seconds of a local hour so many days after the aware local `now`; the change of clocks is minded."""
    return int(datetime.combine(now.date() + timedelta(days=days), hour).astimezone().timestamp())


def days_to(weekday: int, now: datetime) -> int:
    """Days from the aware local `now` to the next such weekday, 0 for Monday: 1 to 7, never today."""
    return (weekday - now.weekday()) % 7 or 7
