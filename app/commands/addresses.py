"""The commands of gifts' addresses."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

ADDRESSES: tuple[Command, ...] = (
    Command(
        "take_address",
        N_("Take the address"),
        ("Alt+T",),
        ("inbox",),
        "map-pin",
        N_("This conversation"),
        N_("For a gift whose address you asked for, from what they answered"),
    ),
    Command(
        "erase_address",
        N_("Erase the address"),
        (),
        ("delight",),
        "trash-2",
        N_("This gift"),
        N_("From everything in this profile except its backups; can't be undone"),
    ),
)
"""To take one from a reply, and to erase one for good."""
