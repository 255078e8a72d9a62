"""The data types of gifts, and what follows from a gift's row alone."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.words import N_

STATE_NAMES = {
    "idea": N_("Idea"),
    "approved": N_("Approved"),
    "to_ship": N_("To ship"),
    "shipped": N_("Shipped"),
    "thanked": N_("Thanked"),
}
STATES = tuple(STATE_NAMES)
IN_WORK = STATES[:-1]
SPENT, PROMISED = ("shipped", "thanked"), ("approved", "to_ship")
OCCASION_NAMES = {
    "thank_you": N_("Thank you"),
    "made_right": N_("Made it right"),
    "surprise": N_("Surprise"),
    "milestone": N_("Milestone"),
    "winner": N_("Winner"),
    "birthday": N_("Birthday"),
}
OCCASIONS = tuple(OCCASION_NAMES)
ARRIVES_IN = 10 * 86_400
"""Seconds after shipping from which a parcel counts as arrived, even if the member has not written."""
PATIENCE = {"idea": 5, "approved": 4, "to_ship": 4, "shipped": 14}
"""Days that a gift may stay in a stage before it is overdue."""


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift; `worth` and `actual_cost` are in minor units of `currency`. The address defaults to the member's.

    `heard_at` is when the member last wrote (Unix seconds). `shipped_on` is a local date (YYYY-MM-DD) or "".
    """

    id: int
    rev: int
    member_id: int
    member: str
    conversation_id: int | None
    item: str
    why: str
    occasion: str
    worth: int
    currency: str
    state: str
    state_at: int
    created_at: int
    size: str
    qty: int
    recipient: str
    address_1: str
    address_2: str
    address_3: str
    postal_code: str
    city: str
    country: str
    customs_text: str
    declared_value: str
    card_text: str
    shipped_on: str
    carrier: str
    tracking: str
    actual_cost: int | None
    exported_at: int | None
    heard_at: int | None

    @property
    def cost(self) -> int:
        """The cost for the budget in minor units: the actual cost once known, else the worth."""
        return self.worth if self.actual_cost is None else self.actual_cost


@dataclass(frozen=True, slots=True)
class Given:
    """A member's gifts without ideas: count, the latest one, and a year's sums as (currency, minor units)."""

    count: int
    last: Gift | None
    sums: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Usual:
    """The defaults for a new gift; `worth` is formatted for an input field."""

    item: str
    worth: str
    currency: str


@dataclass(frozen=True, slots=True)
class Needs:
    """How many gifts need an address, are ready to ship, or have probably arrived and await a thank-you."""

    address: int
    to_ship: int
    to_thank: int

    @property
    def total(self) -> int:
        """The number shown in the rail."""
        return self.address + self.to_ship + self.to_thank


@dataclass(frozen=True, slots=True)
class Stock:
    """The number of an item in stock, and the number at which to order more."""

    id: int
    item: str
    on_hand: int
    reorder_at: int

    @property
    def low(self) -> bool:
        """Whether to order more."""
        return self.on_hand <= self.reorder_at


def next_state(state: str) -> str | None:
    """Return the next stage; None after the last."""
    following = STATES.index(state) + 1
    return STATES[following] if following < len(STATES) else None


def has_address(gift: Gift) -> bool:
    """Whether it has a street, and a city or a postal code."""
    return bool(gift.address_1 and (gift.city or gift.postal_code))


def lacks_address(gift: Gift) -> bool:
    """Whether it is approved or to be shipped but has no address."""
    return gift.state in PROMISED and not has_address(gift)


def cannot_ship(gift: Gift) -> bool:
    """Whether shipping comes next but there is no address: ask for one, or whether it is handed over in person."""
    return next_state(gift.state) == "shipped" and lacks_address(gift)


def to_thank(gift: Gift, now: int) -> bool:
    """Whether a shipped gift has probably arrived: the member has written since, or ARRIVES_IN has passed."""
    if gift.state != "shipped":
        return False
    return (gift.heard_at or 0) > gift.state_at or now - gift.state_at >= ARRIVES_IN


def overdue(gift: Gift, now: int) -> bool:
    """Whether it has been in its stage for longer than PATIENCE."""
    days = PATIENCE.get(gift.state)
    return days is not None and now - gift.state_at >= days * 86_400
