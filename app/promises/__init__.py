"""Promises: what we said we would do for a member, until the member has heard. See `desk`, and `recognising`."""

from app.promises.desk import Promise, Promises, hand_over, move_conversation

__all__ = ["Promise", "Promises", "hand_over", "move_conversation"]
