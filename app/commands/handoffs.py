"""The commands of hand-offs and teammates: a part of the table, see `app.commands.table`."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

_MATE, _HANDOFF = N_("This teammate"), N_("This hand-off")
_MAKE, _OUT = N_("Create"), N_("Files and paper")

HANDOFFS: tuple[Command, ...] = (
    Command(
        "teammates",
        N_("New teammate"),
        ("Ctrl+N",),
        ("handoffs",),
        "user-plus",
        _MAKE,
        N_("Somebody who helps you; they never log in"),
        meaning="new",
    ),
    Command("show_teammates", N_("Teammates, or hand-offs"), ("Ctrl+Shift+U",), ("handoffs",), "users", N_("Move")),
    Command("thank_teammate", N_("Thank this teammate"), ("Ctrl+Shift+L",), ("handoffs",), "heart", _MATE),
    Command(
        "drop_teammate",
        N_("Remove this teammate"),
        ("Delete",),
        ("handoffs",),
        "trash-2",
        _MATE,
        N_("Their hand-offs stay; again to bring them back"),
        meaning="drop",
    ),
    Command(
        "next_step",
        N_("Suggested next step"),
        ("Ctrl+Shift+N",),
        ("handoffs",),
        "arrow-right",
        _HANDOFF,
        N_("Remind them, pass it on, or tell the member"),
        meaning="next_stage",
    ),
    Command(
        "tell_answer",
        N_("Draft the teammate's answer"),
        ("Alt+W",),
        ("inbox",),
        "corner-up-left",
        N_("Reply"),
        N_("A teammate has answered: begin the reply that tells it"),
    ),
    Command(
        "introduce",
        N_("Warm introduction"),
        ("W",),
        ("inbox",),
        "user-plus",
        N_("This conversation"),
        N_("Tells them who will help, and hands it off, in one step"),
    ),
    Command("send_file", N_("Send a file"), ("Ctrl+Shift+E",), ("handoffs",), "file-up", _MAKE, meaning="file"),
    Command(
        "make_files",
        N_("Make the files"),
        ("Ctrl+Shift+G",),
        ("handoffs",),
        "files",
        _MAKE,
        N_("For each teammate with something new"),
    ),
    Command("given_files", N_("Files given"), ("Shift+V",), ("handoffs",), "history", _OUT, meaning="log"),
    Command(
        "own_subject",
        N_("Who's responsible for a subject"),
        ("Ctrl+U",),
        ("handoffs",),
        "user-check",
        _MAKE,
        N_("Hand-offs about it are offered to them first"),
    ),
    Command(
        "tell_member",
        N_("Tell the member"),
        ("R",),
        ("handoffs",),
        "reply",
        _HANDOFF,
        N_("Reply to them in their conversation"),
        meaning="reply",
    ),
    Command(
        "edit_handoff",
        N_("Edit"),
        ("Ctrl+E",),
        ("handoffs",),
        "pencil",
        _HANDOFF,
        N_("The hand-off, or the teammate"),
        meaning="edit",
    ),
    Command(
        "close_handoff",
        N_("Close the hand-off"),
        ("E",),
        ("handoffs",),
        "circle-check",
        _HANDOFF,
        N_("Again to reopen it"),
        meaning="done",
    ),
    Command("solved", N_("Solved"), ("Ctrl+Shift+K",), ("handoffs",), "check", _HANDOFF),
)
