"""What kinds of work are timed apart, and how long each takes until enough of it was timed."""

from __future__ import annotations

from collections.abc import Mapping

from app.base.words import N_
from app.inbox import ConversationRow

KIND_NAMES: Mapping[str, str] = {
    "reply": N_("Replies in public"), "private": N_("Private conversations"), "unhappy": N_("Unhappy or difficult"),
    "handoff": N_("Hand-offs"), "promise": N_("Promises"), "gift": N_("Gifts"), "thanks": N_("Thanks and greetings"),
}  # fmt: skip
KINDS = tuple(KIND_NAMES)
USUAL_MINUTES: Mapping[str, int] = {
    "reply": 3, "private": 4, "unhappy": 6, "handoff": 4, "promise": 4, "gift": 2, "thanks": 1,
}  # fmt: skip
"""Estimates of ours, for who has timed too little of their own."""


def kind_of(row: ConversationRow) -> str:
    """The kind that work on this conversation is timed under."""
    if row.unhappy or row.hard:
        return "unhappy"
    if row.handoffs:
        return "handoff"
    return "reply" if row.public else "private"


def kind_of_gift(*, to_thank: bool) -> str:
    """The kind that a step of a gift is timed under: to say thanks for it is another matter than to get it there."""
    return "thanks" if to_thank else "gift"
