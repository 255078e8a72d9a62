"""When a snoozed conversation comes back: preset choices, or typed text. Pure functions in local time."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from app.base.clock import USUAL, Choice, Hours, at_local, days_to, on_day
from app.base.errors import UserError
from app.base.text import fold
from app.base.words import N_, tr

UNTIL_REPLY = 9_223_372_036_854_775_807
"""SQLite's largest integer: only a new message wakes the conversation."""

CHOICES = (
    Choice("L", "later", N_("Later today")),
    Choice("T", "tomorrow", N_("Tomorrow")),
    Choice("M", "monday", N_("Monday")),
    Choice("W", "week", N_("In a week")),
    Choice("R", "reply", N_("When they reply")),
)


def until(key: str, now: datetime, hours: Hours = USUAL) -> int:
    """Unix seconds of a preset, relative to the aware local `now`. All but "later" are in the morning of `hours`.

    "monday" is the next one, never today, whatever the locale's first day of the week. "later" is in some hours,
    rounded down to the hour.
    """
    if key == "reply":
        return UNTIL_REPLY
    if key == "later":
        return int((now + timedelta(hours=hours.later)).replace(minute=0, second=0, microsecond=0).timestamp())
    return on_day({"tomorrow": 1, "week": 7, "monday": days_to(0, now)}[key], hours.morning, now)


_IN = re.compile(r"(?:in )?(\d{1,3}) ?(h|hours?|d|days?|w|weeks?)")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def parse_when(typed: str, now: datetime, hours: Hours = USUAL) -> int:
    """Parse a typed time: a preset ("tomorrow"), "3 days", a weekday, or an ISO date or time; returns Unix seconds.

    Raises UserError if it is not understood or in the past.
    """
    folded = fold(typed).strip()
    keys = {choice.key: choice.key for choice in CHOICES} | {choice.title.lower(): choice.key for choice in CHOICES}
    if folded in keys:
        return until(keys[folded], now, hours)
    span = _IN.fullmatch(folded)
    if span:
        count, unit = int(span[1]), span[2][0]
        away, days = now + timedelta(hours=count), count * (7 if unit == "w" else 1)
        return _to_come(typed, int(away.timestamp()) if unit == "h" else on_day(days, hours.morning, now), now)
    if folded in _DAYS:
        return on_day(days_to(_DAYS.index(folded), now), hours.morning, now)
    return _to_come(typed, _from_iso(typed, hours), now)


def _from_iso(typed: str, hours: Hours) -> int:
    try:
        moment = datetime.fromisoformat(typed.strip())
        if len(typed.strip()) <= len("2026-12-24"):
            moment = datetime.combine(moment.date(), hours.morning)
        return at_local(moment)
    except (ValueError, OverflowError, OSError):  # the last two: a year outside the platform's range
        msg = tr("Rapport doesn't understand the time “{typed}”. Try tomorrow, 3 days, monday or 2026-12-24.").format(
            typed=typed
        )
        raise UserError(msg) from None


def _to_come(typed: str, at: int, now: datetime) -> int:
    if at <= now.timestamp():
        msg = tr("{typed} has already passed. Choose a later time.").format(typed=typed)
        raise UserError(msg)
    return at
