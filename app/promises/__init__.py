"""Promises: what we said we would do for a member, until the member has heard. See `desk`, and `recognising`."""

from app.promises.desk import Promise, Promises, hand_over, move_conversation
from app.promises.drafted import Drafted, Made, drafted_from, drafted_text
from app.promises.figures import InTime
from app.promises.replying import delivered, submitted, taken_back

__all__ = [
    "Drafted", "InTime", "Made", "Promise", "Promises", "delivered", "drafted_from", "drafted_text", "hand_over",
    "move_conversation", "submitted", "taken_back",
]  # fmt: skip
