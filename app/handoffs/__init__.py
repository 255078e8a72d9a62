"""Hand-offs: requests to teammates, tracked until they are answered and the member has been told."""

from __future__ import annotations

from app.handoffs.desk import Handoffs, given_again, hand_over, move_conversation
from app.handoffs.likely import (
    Suggested,
    already,
    joined,
    reason,
    suggested,
    suggested_for_all,
    suggested_without_talk,
    usual_due,
)
from app.handoffs.loads import MONTH_DAYS, MONTH_LEAST, MOST_OPEN, Load
from app.handoffs.packing import USUAL_MESSAGES, Along
from app.handoffs.rows import (
    ANSWERED,
    KIND_NAMES,
    KINDS,
    NEEDS_ME,
    PRIORITIES,
    PRIORITY_NAMES,
    STATE_NAMES,
    STATES,
    STATUSES,
    Group,
    Handoff,
    given_context,
    grouped,
    may_close,
    state,
)

__all__ = [
    "ANSWERED",
    "KINDS",
    "KIND_NAMES",
    "MONTH_DAYS",
    "MONTH_LEAST",
    "MOST_OPEN",
    "NEEDS_ME",
    "PRIORITIES",
    "PRIORITY_NAMES",
    "STATES",
    "STATE_NAMES",
    "STATUSES",
    "USUAL_MESSAGES",
    "Along",
    "Group",
    "Handoff",
    "Handoffs",
    "Load",
    "Suggested",
    "already",
    "given_again",
    "given_context",
    "grouped",
    "hand_over",
    "joined",
    "may_close",
    "move_conversation",
    "reason",
    "state",
    "suggested",
    "suggested_for_all",
    "suggested_without_talk",
    "usual_due",
]
