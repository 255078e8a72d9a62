"""The data types of gifts, and what follows from a gift's row alone."""

from __future__ import annotations

from dataclasses import dataclass

from app.base.words import N_, tr

STAGE_NAMES = {
    "idea": N_("Idea"),
    "approved": N_("Approved"),
    "asked": N_("Address requested"),
    "address_in": N_("Address received"),
    "to_ship": N_("To ship"),
    "shipped": N_("Shipped"),
    "arrived": N_("Arrived"),
    "thanked": N_("Thanked"),
    "story": N_("Story told"),
}
STAGES = tuple(STAGE_NAMES)
"""The way of a gift, in order."""
END_NAMES = {
    "declined": N_("Declined"),
    "charity": N_("Given to charity"),
    "lapsed": N_("Lapsed"),
    "lost": N_("Lost"),
    "returned": N_("Came back"),
}
ENDS = tuple(END_NAMES)
"""Where a gift may end instead, from any stage that leads there (see `ends_open`)."""
STATE_NAMES = STAGE_NAMES | END_NAMES
STATES = tuple(STATE_NAMES)
LEFT = ("shipped", "arrived", "thanked", "story", "lost")
"""States in which it has left us, and is no longer in the stock."""
SPENT = (*LEFT, "charity")
"""States in which the money is spent: also for what got lost, and for what went to charity instead."""
PROMISED = ("approved", "asked", "address_in", "to_ship")
HAD = (*PROMISED, "shipped", "arrived", "thanked", "story", "charity")
"""States of a gift that a member has had or is to have: not an idea, and none that they declined or never got."""
OVER = ("thanked", "story", *ENDS)
"""States in which nothing more needs to be done."""
IN_WORK = tuple(stage for stage in STAGES if stage not in OVER)
LIST_NAMES = {
    "in_work": N_("In progress"),
    "idea": N_("Idea"),
    "prepared": N_("Approved"),
    "to_ship": N_("To ship"),
    "on_the_way": N_("Shipped"),
    "enjoyed": N_("Thanked"),
    "ended": N_("Ended"),
}
LISTS = {
    "in_work": IN_WORK,
    "idea": ("idea",),
    "prepared": ("approved", "asked", "address_in"),
    "to_ship": ("to_ship",),
    "on_the_way": ("shipped", "arrived"),
    "enjoyed": ("thanked", "story"),
    "ended": ENDS,
}
"""The states that are listed together."""
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
PATIENCE = {"idea": 5, "approved": 4, "asked": 10, "address_in": 2, "to_ship": 4, "shipped": 14, "arrived": 14}
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
    item_id: int | None = None
    again_of: int | None = None
    giveaway_id: int | None = None
    in_person: bool = False
    lapses_on: str = ""
    asked_at: int | None = None
    answer_message_id: int | None = None
    charity: str = ""
    arrived_on: str = ""
    thanks_message_id: int | None = None
    story_message_id: int | None = None
    address_erased_at: int | None = None
    address_message_id: int | None = None
    erase_on: str = ""
    by_mail: int = 0
    """Whether only a code goes out: a voucher, or a gift card of which no stock is kept."""

    @property
    def cost(self) -> int:
        """The cost for the budget in minor units: the actual cost once known, else the worth."""
        return self.worth if self.actual_cost is None else self.actual_cost


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


def next_state(gift: Gift, now: int | None = None) -> str | None:
    """Return the next stage on its way; None after the last, and at an end.

    An approved gift goes past the two stages about its address if it has one, needs none, or is handed over in
    person. One that has probably arrived by `now` (Unix seconds) needs no word about that: its thanks come
    next.
    """
    if gift.state not in STAGES or gift.state == STAGES[-1]:
        return None
    if now is not None and to_thank(gift, now):
        return "thanked"
    if gift.state == "approved" and (gift.in_person or gift.by_mail or has_address(gift)):
        return "to_ship"
    return STAGES[STAGES.index(gift.state) + 1]


def ends_open(gift: Gift) -> tuple[str, ...]:
    """Where a gift may end from here. Only who was offered it declines; only what left us is lost or comes back."""
    if gift.state in PROMISED:
        return ("declined", "charity", "lapsed")
    if gift.state == "lost":
        return ("returned",)
    return ("lost", "returned") if gift.state in ("shipped", "arrived") else ()


def goes_back(gift: Gift, state: str) -> str:
    """A sentence that asks before a gift is put back: to before it left us, or on from an end; "" if it is not."""
    if state not in STAGES or (gift.state not in ENDS and gift.state not in LEFT):
        return ""
    if gift.state in ENDS:
        sentence = tr("“{item}” for {member} ended as “{end}”: this takes it up again.")
    elif state not in LEFT:
        sentence = tr("“{item}” for {member} has left already: this takes it back to “{stage}”.")
    else:
        return ""
    return sentence.format(
        item=gift.item, member=gift.member, end=tr(STATE_NAMES[gift.state]), stage=tr(STATE_NAMES[state])
    )


def has_address(gift: Gift) -> bool:
    """Whether it has a street, and a city or a postal code."""
    return bool(gift.address_1 and (gift.city or gift.postal_code))


def lacks_address(gift: Gift) -> bool:
    """Whether it is approved, or further on its way to be shipped, but has no address."""
    return gift.state in PROMISED and not (gift.in_person or gift.by_mail) and not has_address(gift)


def is_answered(gift: Gift) -> bool:
    """Whether the member has written since the address was requested, so that the person is to look."""
    asked_at = gift.state_at if gift.asked_at is None else gift.asked_at
    return gift.state == "asked" and (gift.heard_at or 0) > asked_at


def needs_address(gift: Gift) -> bool:
    """Whether the person has to see to the address: it lacks one, and the member is not the one to answer first."""
    return lacks_address(gift) and (gift.state != "asked" or is_answered(gift))


def awaits(gift: Gift) -> str:
    """Return what its next stage waits for: "ask" (for the address), "address" (to be entered), or "" for nothing.

    Without that it would stand at "Address requested" though nobody was asked, or at "Address received" without one.
    """
    if not lacks_address(gift):
        return ""
    return "ask" if gift.state == "approved" else "address"


def cannot_ship(gift: Gift) -> bool:
    """Whether shipping comes next but there is no address: ask for one, or whether it is handed over in person."""
    return next_state(gift) == "shipped" and lacks_address(gift)


def to_thank(gift: Gift, now: int) -> bool:
    """Whether a gift has arrived, or probably has: the member has written since it left, or ARRIVES_IN has passed."""
    if gift.state != "shipped":
        return gift.state == "arrived"
    return (gift.heard_at or 0) > gift.state_at or now - gift.state_at >= ARRIVES_IN


def overdue(gift: Gift, now: int) -> bool:
    """Whether it has been in its stage for longer than PATIENCE."""
    days = PATIENCE.get(gift.state)
    return days is not None and now - gift.state_at >= days * 86_400
