"""How far members take part, kept up as they do; who is new, quiet or back; the rhythm of care; the ideal audience."""

from __future__ import annotations

from app.involvement.audience import Audience, Share
from app.involvement.desk import Involvement, Standing
from app.involvement.levels import LEVEL_NAMES, LEVELS, NONE, Deeds
from app.involvement.rhythm import Due
from app.involvement.silence import LET_BE, Newcomer, Returned, Silent

__all__ = [
    "LET_BE", "LEVELS", "LEVEL_NAMES", "NONE", "Audience", "Deeds", "Due", "Involvement", "Newcomer", "Returned",
    "Share", "Silent", "Standing",
]  # fmt: skip
