"""What a gift is, and what can be told of one without asking the file."""

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
"""Seconds after which a parcel that nobody has spoken of counts as arrived: then it is time to hear how it was."""
PATIENCE = {"idea": 5, "approved": 4, "to_ship": 4, "shipped": 14}
"""Days that a gift may stand in a stage before its age turns amber."""


@dataclass(frozen=True, slots=True)
class Gift:
    """One gift; `worth` and `actual_cost` in minor units of `currency`. The address is the member's where it has none.

    `heard_at` is when the member last said something (Unix seconds). `shipped_on` is a local date or "".
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
        """What it counts against the budget: the actual cost once known, else the worth; minor units."""
        return self.worth if self.actual_cost is None else self.actual_cost


@dataclass(frozen=True, slots=True)
class Given:
    """What a member has had, ideas apart: the latest, and the year's sums as (currency, minor units)."""

    count: int
    last: Gift | None
    sums: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Usual:
    """What a new gift likely is; `worth` as one would type it."""

    item: str
    worth: str
    currency: str


@dataclass(frozen=True, slots=True)
class Needs:
    """How many gifts want something from the person: an address asked for, a parcel sent, a thank-you heard."""

    address: int
    to_ship: int
    to_thank: int

    @property
    def total(self) -> int:
        """The count that the rail shows."""
        return self.address + self.to_ship + self.to_thank


@dataclass(frozen=True, slots=True)
class Stock:
    """How many of a thing lie on the shelf, and from which number on to order more."""

    id: int
    item: str
    on_hand: int
    reorder_at: int

    @property
    def low(self) -> bool:
        """Whether it is time to order more."""
        return self.on_hand <= self.reorder_at


def next_state(state: str) -> str | None:
    """The stage after this one; None after the last."""
    place = STATES.index(state) + 1
    return STATES[place] if place < len(STATES) else None


def lacks_address(gift: Gift) -> bool:
    """Whether it is due to ship but has no usable address: no street, or neither place nor postal code."""
    if gift.state not in PROMISED:
        return False
    return not (gift.address_1 and (gift.city or gift.postal_code))


def to_thank(gift: Gift, now: int) -> bool:
    """Whether a shipped gift is likely there: the member has spoken since, or it has been on its way for long."""
    if gift.state != "shipped":
        return False
    return (gift.heard_at or 0) > gift.state_at or now - gift.state_at >= ARRIVES_IN


def overdue(gift: Gift, now: int) -> bool:
    """Whether it has stood in its stage for longer than the stage should take."""
    days = PATIENCE.get(gift.state)
    return days is not None and now - gift.state_at >= days * 86_400
