"""Gifts on their way from idea to story, each with a reason; items and their stock; and the yearly budgets."""

from __future__ import annotations

from app.gifts.asking import request
from app.gifts.budget import Budget, Budgets
from app.gifts.consent import NotYetError
from app.gifts.desk import Gifts, hand_over, move_conversation
from app.gifts.items import GiftItem, Items
from app.gifts.rate_book import Rates
from app.gifts.rates import Rate
from app.gifts.reasons import likely_occasion, reason
from app.gifts.rows import (
    END_NAMES,
    ENDS,
    IN_WORK,
    LEFT,
    LIST_NAMES,
    LISTS,
    OCCASION_NAMES,
    OCCASIONS,
    OVER,
    PROMISED,
    SPENT,
    STAGES,
    STATE_NAMES,
    STATES,
    Gift,
    Needs,
    Stock,
    Usual,
    awaits,
    cannot_ship,
    ends_open,
    goes_back,
    has_address,
    is_answered,
    lacks_address,
    needs_address,
    next_state,
    overdue,
    to_thank,
)
from app.gifts.so_far import Had, had, sums_in_words

__all__ = [
    "ENDS",
    "END_NAMES",
    "IN_WORK",
    "LEFT",
    "LISTS",
    "LIST_NAMES",
    "OCCASIONS",
    "OCCASION_NAMES",
    "OVER",
    "PROMISED",
    "SPENT",
    "STAGES",
    "STATES",
    "STATE_NAMES",
    "Budget",
    "Budgets",
    "Gift",
    "GiftItem",
    "Gifts",
    "Had",
    "Items",
    "Needs",
    "NotYetError",
    "Rate",
    "Rates",
    "Stock",
    "Usual",
    "awaits",
    "cannot_ship",
    "ends_open",
    "goes_back",
    "had",
    "hand_over",
    "has_address",
    "is_answered",
    "lacks_address",
    "likely_occasion",
    "move_conversation",
    "needs_address",
    "next_state",
    "overdue",
    "reason",
    "request",
    "sums_in_words",
    "to_thank",
]
