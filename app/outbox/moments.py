"""When a scheduled reply is sent: preset choices, or a day and a time. Pure functions in local time."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.base.clock import EVENING, MORNING, Choice, at_local, days_to, on_day
from app.base.errors import UserError
from app.base.words import N_, tr

_MIN_EVENING_SECONDS = 1_800
"""Seconds; "this evening" is not offered if it is closer than that."""

CHOICES = (
    Choice("H", "hour", N_("In 1 hour")),
    Choice("E", "evening", N_("This evening")),
    Choice("T", "tomorrow", N_("Tomorrow")),
    Choice("M", "monday", N_("Monday")),
)


def offered(now: datetime) -> list[tuple[Choice, int]]:
    """The choices available at the aware local `now`, each with its time in Unix seconds."""
    timed = [(choice, moment(choice.key, now)) for choice in CHOICES]
    return [
        (choice, at) for choice, at in timed if choice.key != "evening" or at - now.timestamp() >= _MIN_EVENING_SECONDS
    ]


def moment(key: str, now: datetime) -> int:
    """Unix seconds of a choice, relative to the aware local `now`.

    Mornings are at nine; "monday" is the next one, never today.
    """
    if key == "hour":
        return int((now + timedelta(hours=1)).replace(second=0, microsecond=0).timestamp())
    if key == "evening":
        return on_day(0, EVENING, now)
    return on_day({"tomorrow": 1, "monday": days_to(0, now)}[key], MORNING, now)


def picked(day: str, hour: str, now: datetime) -> int:
    """Unix seconds of a local date (YYYY-MM-DD) and time (HH:MM). Raises UserError if invalid or in the past."""
    try:
        at = at_local(datetime.fromisoformat(f"{day}T{hour}"))
    except (ValueError, OverflowError, OSError):
        msg = tr("“{day} {hour}” isn't a date and time. Write them like 2026-12-24 and 09:00.").format(
            day=day, hour=hour
        )
        raise UserError(msg) from None
    if at <= now.timestamp():
        msg = tr("That time has passed. Choose a later one.")
        raise UserError(msg)
    return at
