"""Where what is private stands in a text."""

from __future__ import annotations

from typing import NamedTuple

from app.base.words import N_
from app.private.identity import CARD, HEALTH, IBAN, ORDER, PERSON, TAX, identity_in, orders_in
from app.private.phones import phones_in
from app.private.redacting import ADDRESSES
from app.private.streets import streets_in

EMAIL, PHONE, STREET = "email", "phone", "street"
KINDS = {
    EMAIL: N_("This is an e-mail address, and anybody could read it here."),
    PHONE: N_("This looks like a phone number, and anybody could read it here."),
    STREET: N_("This looks like somebody's address, and anybody could read it here."),
    IBAN: N_("This is the number of a bank account, and anybody could read it here."),
    CARD: N_("This looks like the number of a card, and anybody could read it here."),
    PERSON: N_("This looks like a personal identity number, and anybody could read it here."),
    TAX: N_("This looks like a tax number, and anybody could read it here."),
    HEALTH: N_("This looks like a social security number, and anybody could read it here."),
    ORDER: N_("This looks like the number of an order, and anybody could read it here."),
}
"""What is told of each kind, most certain first where two fit one piece of text."""


class Private(NamedTuple):
    """A piece of a text that is private, and its kind, one of KINDS."""

    start: int
    end: int
    kind: str


def private_in(text: str) -> list[Private]:
    """What is private in a text, in its order; no letter is told twice."""
    found = [Private(*one) for one in identity_in(text)]
    found += [Private(*one.span(), EMAIL) for pattern in ADDRESSES for one in pattern.finditer(text)]
    found += [Private(*span, ORDER) for span in orders_in(text)]
    found += [Private(*span, PHONE) for span in phones_in(text)]
    found += [Private(*span, STREET) for span in streets_in(text)]
    kept: list[Private] = []
    for one in found:  # the surest kinds come first
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept)
