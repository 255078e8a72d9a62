"""How fairly gifts are shared, and what came of them."""

from __future__ import annotations

from app.fairness.desk import Fairness
from app.fairness.effect import DAYS, LEAST, Effect, Side
from app.fairness.shares import DIMENSION_NAMES, DIMENSIONS, TENURE_NAMES, Share, Shares

__all__ = [
    "DAYS",
    "DIMENSIONS",
    "DIMENSION_NAMES",
    "LEAST",
    "TENURE_NAMES",
    "Effect",
    "Fairness",
    "Share",
    "Shares",
    "Side",
]
