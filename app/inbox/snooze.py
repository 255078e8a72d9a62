"""When a snoozed conversation comes back: preset choices, or typed text. Pure functions in local time."""

from __future__ import annotations

from datetime import datetime

from app.base.clock import USUAL, Choice, Hours
from app.base.text import fold
from app.base.words import N_, tr
from app.calendar import choices

UNTIL_REPLY = 9_223_372_036_854_775_807
"""SQLite's largest integer: only a new message wakes the conversation."""

REPLY = Choice("R", "reply", N_("When they reply"))
CHOICES = (choices.LATER, choices.TOMORROW, choices.BLOCK, choices.MONDAY, choices.WEEK, REPLY)


def until(key: str, now: datetime, hours: Hours = USUAL, next_block: int | None = None) -> int:
    """Unix seconds of a preset, relative to the aware local `now`; `app/calendar/choices.py` has their meaning."""
    return UNTIL_REPLY if key == "reply" else choices.until(key, now, hours, next_block)


def is_reply(typed: str) -> bool:
    """Whether the words mean "when they reply"."""
    return fold(typed).strip() in {REPLY.key, fold(REPLY.title), fold(tr(REPLY.title))}


def parse_when(typed: str, now: datetime, hours: Hours = USUAL, next_block: int | None = None) -> int:
    """Parse a typed time: a preset ("tomorrow", "reply"), or words of `app/calendar/typed.py`; returns Unix seconds.

    Raises UserError if it is not understood or in the past.
    """
    from app.calendar.asking import moment  # noqa: PLC0415  the words of five languages, once something is typed
    from app.calendar.typed import Now  # noqa: PLC0415  as above

    if is_reply(typed):
        return UNTIL_REPLY
    return moment(typed, Now(int(now.timestamp()), next_block=next_block), hours)
