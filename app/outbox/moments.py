"""When a reply goes out that is to go later: a few choices by letter, or a day and a time. Pure, in local time."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app.errors import UserError
from app.records import dataclass

_MORNING, _EVENING = time(9), time(18)
_SOON = timedelta(minutes=30)
"""An evening that is nearer than this is not worth a choice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One time to choose: the letter that is pressed, its key, and its words."""

    letter: str
    key: str
    title: str


CHOICES = (
    Choice("H", "hour", "In 1 hour"),
    Choice("E", "evening", "This evening"),
    Choice("T", "tomorrow", "Tomorrow"),
    Choice("M", "monday", "Monday"),
)


def offered(now: datetime) -> list[tuple[Choice, int]]:
    """The choices there are at the aware local `now`, each with its moment in Unix seconds."""
    evening = datetime.combine(now.date(), _EVENING).astimezone()
    return [(one, moment(one.key, now)) for one in CHOICES if one.key != "evening" or evening - now >= _SOON]


def moment(key: str, now: datetime) -> int:
    """Unix seconds of a choice, seen from the aware local `now`. Mornings are nine o'clock; Monday is never today."""
    if key == "hour":
        return int((now + timedelta(hours=1)).replace(second=0, microsecond=0).timestamp())
    if key == "evening":
        return int(datetime.combine(now.date(), _EVENING).astimezone().timestamp())
    days = {"tomorrow": 1, "monday": 7 - now.weekday()}[key]
    return int(datetime.combine(now.date() + timedelta(days=days), _MORNING).astimezone().timestamp())


def picked(day: str, hour: str, now: datetime) -> int:
    """Unix seconds of a local date (YYYY-MM-DD) and time (HH:MM); UserError when that is over, or is no time."""
    try:
        at = int(datetime.fromisoformat(f"{day}T{hour}").astimezone().timestamp())
    except (ValueError, OverflowError, OSError):
        msg = f"“{day} {hour}” is no date and time: write them as 2026-12-24 and 09:00."
        raise UserError(msg) from None
    if at <= now.timestamp():
        msg = "That time is over: choose a later one."
        raise UserError(msg)
    return at
