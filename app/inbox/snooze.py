"""When a snoozed conversation comes back: a few choices by letter, or words. Pure, in local time."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from app.errors import UserError
from app.records import dataclass
from app.text import fold

UNTIL_REPLY = 9_223_372_036_854_775_807
"""The largest integer of SQLite: only their reply wakes it."""
_MORNING = time(9)
_MONDAY = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to snooze: the letter that is pressed after S, and its words."""

    letter: str
    key: str
    title: str


CHOICES = (
    Choice("L", "later", "Later today"),
    Choice("T", "tomorrow", "Tomorrow"),
    Choice("M", "monday", "Monday"),
    Choice("W", "week", "In a week"),
    Choice("R", "reply", "When they reply"),
)


def until(key: str, now: datetime) -> int:
    """Unix seconds of a choice's moment, seen from the aware local `now`: mornings are nine o'clock.

    "Monday" is the next one, never today, whatever day the locale's week begins with. "Later" is in three hours.
    """
    if key == "reply":
        return UNTIL_REPLY
    if key == "later":
        return int((now + timedelta(hours=3)).replace(minute=0, second=0, microsecond=0).timestamp())
    days = {"tomorrow": 1, "week": 7, "monday": (7 - now.weekday() + _MONDAY) % 7 or 7}[key]
    return _morning(now, days)


def _morning(now: datetime, days: int) -> int:
    """Nine o'clock local time so many days on; a naive local time, so that the change of clocks is minded."""
    return int(datetime.combine(now.date() + timedelta(days=days), _MORNING).astimezone().timestamp())


_IN = re.compile(r"(?:in )?(\d{1,3}) ?(h|hours?|d|days?|w|weeks?)")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_when(typed: str, now: datetime) -> int:
    """Unix seconds of what somebody typed: a choice ("tomorrow"), "3 days", a weekday, or an ISO date or time.

    UserError, naming the forms, when it is none or lies in the past.
    """
    folded = fold(typed).strip()
    keys = {choice.key: choice.key for choice in CHOICES} | {choice.title.lower(): choice.key for choice in CHOICES}
    if folded in keys:
        return until(keys[folded], now)
    span = _IN.fullmatch(folded)
    if span:
        count, unit = int(span[1]), span[2][0]
        hours, days = now + timedelta(hours=count), count * (7 if unit == "w" else 1)
        return _to_come(typed, int(hours.timestamp()) if unit == "h" else _morning(now, days), now)
    if folded in _DAYS:
        return _morning(now, (_DAYS.index(folded) - now.weekday()) % 7 or 7)
    return _to_come(typed, _from_iso(typed), now)


def _from_iso(typed: str) -> int:
    try:
        moment = datetime.fromisoformat(typed.strip())
        if len(typed.strip()) <= len("2026-12-24"):
            moment = datetime.combine(moment.date(), _MORNING)
        return int(moment.astimezone().timestamp())
    except (ValueError, OverflowError, OSError):  # the last two: a year that this system's clock does not reach
        msg = f"“{typed}” is not a time that is understood: try tomorrow, 3 days, monday or 2026-12-24."
        raise UserError(msg) from None


def _to_come(typed: str, at: int, now: datetime) -> int:
    if at <= now.timestamp():
        msg = f"{typed} has already passed. Choose a later time."
        raise UserError(msg)
    return at
