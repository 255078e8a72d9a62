"""Commands for a gift that takes another way than the usual one."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

_GIFT, _DELIGHT = N_("This gift"), ("delight",)

GIFT_ENDS = (
    Command(
        "gift_stage",
        N_("Move to another stage"),
        ("Alt+M",),
        _DELIGHT,
        "list-filter",
        _GIFT,
        N_("Also back, or to an end: declined, given to charity, lapsed, lost, came back"),
    ),
    Command(
        "gift_again",
        N_("Send it again"),
        ("Alt+R",),
        _DELIGHT,
        "refresh-cw",
        _GIFT,
        N_("One that got lost or came back"),
    ),
    Command(
        "gift_choice",
        N_("Items to choose among"),
        ("Alt+C",),
        _DELIGHT,
        "gift",
        _GIFT,
        N_("What the member may choose among, and what they chose"),
    ),
)
