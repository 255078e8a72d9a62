"""How long this person takes: what was noted when a conversation was left, the medians of it, and where a week went."""

from __future__ import annotations

from app.handling.desk import ESTIMATES_KEY, Estimate, Handling, Hours, move_conversation
from app.handling.kinds import KIND_NAMES, KINDS, USUAL_MINUTES, kind_of, kind_of_gift

__all__ = [
    "ESTIMATES_KEY",
    "KINDS",
    "KIND_NAMES",
    "USUAL_MINUTES",
    "Estimate",
    "Handling",
    "Hours",
    "kind_of",
    "kind_of_gift",
    "move_conversation",
]
