"""The columns of a gift that a person may write, and what they may hold. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base import clock, money
from app.base.errors import BugError, UserError
from app.base.words import tr
from app.gifts import addresses
from app.gifts.rows import OCCASIONS, STATE_NAMES, STATES, Gift

_TEXTS = (
    "item", "why", "size", *addresses.COLUMNS, "customs_text", "declared_value", "card_text", "carrier", "tracking",
    "charity",
)  # fmt: skip
EDITABLE = (
    *_TEXTS, "occasion", "worth", "currency", "qty", "shipped_on", "actual_cost", "conversation_id", "in_person",
    "lapses_on", "arrived_on", "again_of", "giveaway_id", "thanks_message_id", "story_message_id", "answer_message_id",
    "item_id",
)  # fmt: skip


def checked_state(state: str) -> str:
    """Return the state. Raises UserError for an unknown one."""
    if state not in STATES:
        msg = tr("“{state}” isn't a gift stage. Choose from: {stages}.").format(
            state=state, stages=", ".join(map(tr, STATE_NAMES.values()))
        )
        raise UserError(msg)
    return state


def checked(values: Mapping[str, object]) -> dict[str, Any]:
    """Return values of EDITABLE as their columns hold them. Raises UserError for one that cannot be."""
    given: dict[str, Any] = dict(values)
    if not given.keys() <= set(EDITABLE):
        raise BugError(sorted(given.keys() - set(EDITABLE)))
    given |= {name: str(given[name]).strip() for name in _TEXTS if name in given}
    for name, question in (
        ("item", tr("Enter what the gift is.")),
        ("why", tr("Enter a reason: every gift needs one.")),
    ):
        if not given.get(name, "x"):
            raise UserError(question)
    if given.get("occasion", OCCASIONS[0]) not in OCCASIONS:
        msg = tr("“{occasion}” isn't an occasion. Choose from: {occasions}.").format(
            occasion=given["occasion"], occasions=", ".join(OCCASIONS)
        )
        raise UserError(msg)
    _check_sums(given)
    if "shipped_on" in given:
        given["shipped_on"] = clock.day(str(given["shipped_on"] or ""))
    return given


def check_currency(gift: Gift, columns: Mapping[str, object]) -> None:
    """Raise UserError if a new currency has other minor units and an amount stays: 1550 cents are not 1550 yen."""
    currency = str(columns.get("currency", gift.currency))
    kept = [name for name in ("worth", "actual_cost") if name not in columns and getattr(gift, name) is not None]
    if kept and money.digits(currency) != money.digits(gift.currency):
        msg = tr(
            "Changing to {currency} changes the amounts. Enter the value in {currency} too, and "
            "the actual cost if there is one."
        ).format(currency=currency)
        raise UserError(msg)


def _check_sums(given: dict[str, Any]) -> None:
    """Validate amounts (not negative), quantity (at least 1) and currency; raises UserError."""
    if "currency" in given:
        given["currency"] = money.code(str(given["currency"]))
    for name, least in (("worth", 0), ("actual_cost", 0), ("qty", 1)):
        if given.get(name) is not None and int(given[name]) < least:
            msg = tr("{value} is too low for a gift: the minimum is {least}.").format(value=given[name], least=least)
            raise UserError(msg)
