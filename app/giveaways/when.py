"""Typed times of give-aways: when one opens or closes, and when somebody entered."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time, timedelta

from app.base import clock
from app.calendar import asking
from app.calendar.typed import Now, at_zone


def boundary(typed: str, now: Now, *, ends: bool) -> int | None:
    """Unix seconds of typed words, also of a day that is over; None for blank. Raises UserError.

    A day without a time is meant whole: what opens then does so at its beginning, and what `ends` at its last second.
    """
    if not typed.strip():
        return None
    found = asking.reading(typed, now)
    if found.hour is not None or found.at is not None:
        return found.moment(zone=now.zone)
    if ends:
        return at_zone(found.day + timedelta(days=1), time(), now.zone) - 1
    return at_zone(found.day, time(), now.zone)


def entered(typed: str, now: Now) -> int:
    """Unix seconds of the time in a row of a table. Raises UserError."""
    with suppress(ValueError, OverflowError):
        return clock.at_local(datetime.fromisoformat(typed))
    return asking.reading(typed, now).moment(zone=now.zone)
