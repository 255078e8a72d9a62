"""The commands of hand-offs and teammates: a part of the table."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

_MATE, _HANDOFF = N_("This teammate"), N_("This hand-off")
_RETURNED = N_("A file that came back")

HANDOFFS: tuple[Command, ...] = (
    Command(
        "teammates",
        N_("New teammate"),
        ("Ctrl+N",),
        ("handoffs",),
        "user-plus",
        N_("Create"),
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
        N_("What is offered next"),
        ("Ctrl+Shift+N",),
        ("handoffs",),
        "arrow-right",
        _HANDOFF,
        N_("Remind them, pass it on, or tell the member"),
        meaning="next_stage",
    ),
    Command(
        "introduce",
        N_("Warm introduction"),
        ("W",),
        ("inbox",),
        "user-plus",
        N_("This conversation"),
        N_("Name the helper to them, and hand it off, in one step"),
    ),
    Command(
        "apply_return", N_("Apply the file"), ("Ctrl+Enter",), ("handoffs",), "check", _RETURNED, meaning="send_done"
    ),
    *(
        Command(
            f"choose_{place}", title, (str(place),), ("handoffs",), "circle-dot", _RETURNED, meaning=f"have_{place}"
        )
        for place, title in enumerate((N_("Keep mine"), N_("Take theirs"), N_("Take the other one")), 1)
    ),
    Command("send_file", N_("Send a file"), ("Ctrl+Shift+E",), ("handoffs",), "file-up", N_("Create"), meaning="file"),
    Command(
        "make_files",
        N_("Make the files"),
        ("Ctrl+Shift+G",),
        ("handoffs",),
        "files",
        N_("Create"),
        N_("For each teammate with something new"),
    ),
    Command(
        "given_files", N_("Files given"), ("Shift+V",), ("handoffs",), "history", N_("Files and paper"), meaning="log"
    ),
    Command(
        "own_subject",
        N_("Who answers for a subject"),
        ("Shift+U",),
        ("handoffs",),
        "user-check",
        N_("Create"),
        N_("Hand-offs about it are offered to them first"),
    ),
    Command(
        "tell_member",
        N_("Tell the member"),
        ("R",),
        ("handoffs",),
        "reply",
        N_("This hand-off"),
        N_("Reply to them in their conversation"),
        meaning="reply",
    ),
)
