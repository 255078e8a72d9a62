"""Who deserves a gift: by what they did, or by what we owe them; and who is left out, with the reason."""

from __future__ import annotations

from app.deserving.desk import PASS_DAYS, Deserving, hand_over
from app.deserving.rows import (
    LEFT_OUT_NAMES,
    LET_DOWN,
    OCCASION_OF,
    REASONS,
    Deed,
    LeftOut,
    Offer,
    Person,
    Proposal,
    Proposals,
    Terms,
)

__all__ = [
    "LEFT_OUT_NAMES",
    "LET_DOWN",
    "OCCASION_OF",
    "PASS_DAYS",
    "REASONS",
    "Deed",
    "Deserving",
    "LeftOut",
    "Offer",
    "Person",
    "Proposal",
    "Proposals",
    "Terms",
    "hand_over",
]
