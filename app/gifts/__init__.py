"""Gifts in their stages (idea, approved, to ship, shipped, thanked), each with a reason, and the yearly budgets."""

from __future__ import annotations

from app.gifts.asking import request
from app.gifts.budget import Budget, Budgets
from app.gifts.desk import Gifts, hand_over, move_conversation
from app.gifts.reasons import likely_occasion, reason
from app.gifts.rows import (
    IN_WORK,
    OCCASION_NAMES,
    OCCASIONS,
    SPENT,
    STATE_NAMES,
    STATES,
    Gift,
    Given,
    Needs,
    Stock,
    Usual,
    cannot_ship,
    has_address,
    lacks_address,
    next_state,
    overdue,
    to_thank,
)

__all__ = [
    "IN_WORK",
    "OCCASIONS",
    "OCCASION_NAMES",
    "SPENT",
    "STATES",
    "STATE_NAMES",
    "Budget",
    "Budgets",
    "Gift",
    "Gifts",
    "Given",
    "Needs",
    "Stock",
    "Usual",
    "cannot_ship",
    "hand_over",
    "has_address",
    "lacks_address",
    "likely_occasion",
    "move_conversation",
    "next_state",
    "overdue",
    "reason",
    "request",
    "to_thank",
]
