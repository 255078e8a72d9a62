"""The commands of members: a part of the table, see `app.commands.table`."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

_MAKE, _MOVE, _MEMBER = N_("Create"), N_("Move"), N_("This member")
_HERE = ("members",)

MEMBERS: tuple[Command, ...] = (
    Command("add_member", N_("Add a member"), ("Ctrl+N",), _HERE, "user-plus", _MAKE, meaning="new"),
    Command("edit_member", N_("Edit this member"), ("Ctrl+E",), _HERE, "pencil", _MEMBER, meaning="edit"),
    Command("merge", N_("Merge with…"), ("Ctrl+M",), _HERE, "merge", _MEMBER),
    Command(
        "next_side", N_("People, same person, quiet or new"), ("Ctrl+Shift+U",), _HERE, "users", _MOVE, meaning="side"
    ),
    Command(
        "export_contacts",
        N_("Export members"),
        ("Ctrl+Shift+Y",),
        _HERE,
        "file-up",
        N_("Files and paper"),
        N_("To a phone, a calendar, HubSpot or Google"),
    ),
    Command("show_people", N_("All people"), (), _HERE, "users", _MOVE),
    Command("show_same", N_("Same person?"), (), _HERE, "merge", _MOVE),
    Command("show_quiet", N_("Gone quiet"), (), _HERE, "moon", _MOVE),
    Command("show_new", N_("New here"), (), _HERE, "user-plus", _MOVE),
)
"""The first side of the page is the table of everybody; the others are lists with a reason in each row."""
