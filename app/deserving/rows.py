"""The data types of who deserves a gift: what somebody did or suffered, what is known of them, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from app.base.words import N_

LET_DOWN = ("late_promise", "lost", "returned", "problem", "unhappy")
"""Reasons that make something good: no cool-down holds them back."""
OCCASION_OF = {
    "late_promise": "made_right", "lost": "made_right", "returned": "made_right", "problem": "made_right",
    "unhappy": "made_right", "mended": "thank_you", "helped": "thank_you", "anniversary": "milestone",
    "birthday": "birthday", "name_day": "surprise", "loyal": "surprise",
}  # fmt: skip
"""Each reason, the weightiest first, with the occasion of a gift for it."""
REASONS = tuple(OCCASION_OF)
LEFT_OUT_NAMES = {
    "staff": N_("on your staff"),
    "teammate": N_("a teammate"),
    "outside": N_("a supplier, an applicant or a journalist"),
    "minor": N_("under age"),
    "no_gifts": N_("asked for no gifts"),
    "no_contact": N_("asked not to be written to, and there is no address"),
    "not_now": N_("not now"),
    "idea": N_("has an idea open"),
    "cool_down": N_("had a gift lately"),
    "year": N_("has had as much this year as one person may get"),
    "public_servant": N_("a public servant who may accept no more"),
}
"""Why somebody is left out; who has several reasons is left out for the first of them."""
SUITS = {
    "made_right": ("box", "gift_card", "voucher", "swag", "card", "other"),
    "thank_you": ("swag", "gift_card", "voucher", "box", "card", "other"),
    "milestone": ("box", "swag", "gift_card", "voucher", "card", "other"),
    "birthday": ("card", "gift_card", "voucher", "swag", "box", "other"),
    "surprise": ("card", "swag", "gift_card", "voucher", "box", "other"),
}
"""The kinds of items that suit an occasion, the best first."""


class Deed(NamedTuple):
    """Why a member may deserve a gift: one of REASONS, when it happened (Unix seconds), and what it is about.

    `number` is how often they helped, how many years, or how many days late; 0 where nothing is counted. `days` is on
    how many days they wrote, or in how many days it is.
    """

    member_id: int
    kind: str
    at: int
    what: str = ""
    number: int = 0
    conversation_id: int | None = None
    days: int = 0
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a member before a gift: `app.gifts.so_far` and who they are.

    `year_sum` is what they have had this year in minor units of the gift currency, `other_sums` what has no rate to it.

    `last_at` is when they were last given one (0: never), `had` the items that they have had by id, `had_count` how
    many gifts. `passed_until` is the last day (YYYY-MM-DD) of "not now", or "".
    """

    id: int
    name: str
    language: str = ""
    kind: str = "customer"
    minor: bool = False
    do_not_gift: bool = False
    do_not_contact: bool = False
    do_not_why: str = ""
    public_servant: bool = False
    has_address: bool = False
    is_teammate: bool = False
    passed_until: str = ""
    idea: str = ""
    last_item: str = ""
    last_at: int = 0
    had_count: int = 0
    year_sum: int = 0
    other_sums: tuple[tuple[str, int], ...] = ()
    had: frozenset[int] = frozenset()


class Offer(NamedTuple):
    """An item that can be given now; `worth` in minor units of the gift currency, 0 where it is not known.

    `low` is whether it is time to order more, `sized` whether it comes in sizes, which we would have to ask for.
    """

    id: int
    name: str
    kind: str
    worth: int
    low: bool = False
    sized: bool = False


class Terms(NamedTuple):
    """What the settings say; sums in minor units of the gift currency.

    `year_worth` 0 is no limit; `servant_worth` 0 is that public servants get nothing.
    """

    cool_down_days: int
    year_worth: int
    servant_worth: int
    currency: str


class Proposal(NamedTuple):
    """A member who deserves a gift, why (the weightiest first), and an item that suits; None: none does."""

    person: Person
    deeds: tuple[Deed, ...]
    item: Offer | None

    @property
    def occasion(self) -> str:
        """The occasion of the gift."""
        return OCCASION_OF[self.deeds[0].kind]


class LeftOut(NamedTuple):
    """A member who would deserve one, and why not: one of LEFT_OUT_NAMES."""

    person: Person
    deeds: tuple[Deed, ...]
    why: str


class Proposals(NamedTuple):
    """Who deserves a gift, the weightiest reason first, and who is left out."""

    proposed: list[Proposal]
    left_out: list[LeftOut]
    terms: Terms
