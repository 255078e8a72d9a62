"""Taking an address from the message that a member answered with: what is offered, before anything is written. Pure."""

from __future__ import annotations

from typing import NamedTuple

from app.base.errors import UserError
from app.base.scripts import GREEK, in_latin
from app.base.words import tr
from app.gifts import Gift
from app.gifts.addresses import COLUMNS
from app.gifts.reading_addresses import find

_IN_LATIN = ("recipient", "address_1", "address_2", "address_3", "city")


class Offer(NamedTuple):
    """What would be taken: for which gift, from which message and its lines, and what to say of the script."""

    gift: Gift
    message_id: int
    columns: dict[str, str]
    lines: tuple[int, ...]
    warning: str = ""

    @property
    def on_one_line(self) -> str:
        """The address on one line."""
        at = self.columns
        town = f"{at['postal_code']} {at['city']}".strip()
        parts = (*(at[name] for name in COLUMNS[:4]), town, at["country"])
        return ", ".join(filter(None, parts))

    def in_latin(self) -> Offer:
        """The same in Latin letters, as in passports."""
        spelled = {name: in_latin(text) if name in _IN_LATIN else text for name, text in self.columns.items()}
        return self._replace(columns=spelled, warning="")


def offer(gift: Gift, message_id: int, text: str) -> Offer | None:
    """The address in a message's `text`, for a gift; None if it holds none.

    Without a name there it goes to the name that the gift's parcel has already.
    """
    found = find(text)
    if found is None:
        return None
    columns = found.columns()
    columns["recipient"] = columns["recipient"] or gift.recipient
    warning = ""
    if GREEK.search(" ".join(columns.values())):
        warning = tr(
            "This address is in Greek letters, which some shippers can't print. It can be taken in Latin ones."
        )
    return Offer(gift, message_id, columns, found.lines, warning)


def nothing_in(shown: str) -> UserError:
    """No address was found in the message with this id."""
    msg = tr("There's no address in {message} that Rapport can read. Type it: gift address G-... --set KEY=VALUE.")
    return UserError(msg.format(message=shown))
