"""Hand-offs: what a teammate was asked, followed until it is solved and the member has been told."""

from __future__ import annotations

from app.handoffs.desk import Handoffs, hand_over
from app.handoffs.rows import (
    ANSWERED,
    KINDS,
    NEEDS_ME,
    PRIORITIES,
    STATES,
    STATUSES,
    WORDS,
    Group,
    Handoff,
    grouped,
    may_close,
    state,
)

__all__ = [
    "ANSWERED",
    "KINDS",
    "NEEDS_ME",
    "PRIORITIES",
    "STATES",
    "STATUSES",
    "WORDS",
    "Group",
    "Handoff",
    "Handoffs",
    "grouped",
    "hand_over",
    "may_close",
    "state",
]
