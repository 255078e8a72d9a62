"""What to ask a teammate about a gift, from what it lacks before it is with its member. Pure."""

from __future__ import annotations

from app.base.words import N_, tr
from app.gifts.rows import Gift, lacks_address, to_thank

_REQUESTS = {
    "idea": N_("Can we give {name} “{item}”?"),
    "approved": N_("Please get “{item}” for {name} ready to ship."),
    "to_ship": N_("Please ship “{item}” to {name}."),
    "shipped": N_("Has “{item}” reached {name}?"),
}
_WHERE = N_("Where should “{item}” for {name} go?")


def request(gift: Gift, now: int) -> str:
    """One sentence that asks for what the gift needs next; "" if it needs nothing that a teammate could do.

    An approved gift without an address needs that before all else. One that has probably arrived (by `now`, in Unix
    seconds) waits for our own thanks only.
    """
    if to_thank(gift, now):
        return ""
    asked = _WHERE if lacks_address(gift) else _REQUESTS.get(gift.state, "")
    return tr(asked).format(name=gift.member, item=gift.item.strip()) if asked else ""
