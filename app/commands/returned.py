"""The commands for what teammates send back: files, and plain letters."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

_SHOWN = N_("A file that came back")

READ_BACK = Command(
    "read_back",
    N_("Read a file back"),
    ("Ctrl+Shift+I",),
    icon="file-down",
    group=N_("Create"),
    help=N_("Hand-offs or gifts that a teammate edited"),
)
RETURNED = (
    Command(
        "take_answer",
        N_("Take as a teammate's answer"),
        ("Ctrl+Shift+J",),
        ("inbox",),
        "corner-up-left",
        N_("This conversation"),
        N_("The last message answers a hand-off"),
    ),
    Command("apply_return", N_("Apply the file"), ("Ctrl+Enter",), ("handoffs",), "check", _SHOWN, meaning="send_done"),
    *(
        Command(f"choose_{place}", title, (str(place),), ("handoffs",), "circle-dot", _SHOWN, meaning=f"have_{place}")
        for place, title in enumerate((N_("Keep mine"), N_("Take theirs"), N_("Take the other one")), 1)
    ),
)
