"""The commands on who deserves a gift."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

DESERVING: tuple[Command, ...] = (
    Command(
        "deserving", N_("Who deserves one"), ("Ctrl+Shift+U",), ("delight",), "sparkles", N_("Who deserves one"),
        N_("At the right, or in the table's place where there is no room; the same key leads back"), meaning="side",
    ),
    Command(
        "not_now", N_("Not now"), ("S",), ("delight",), "hourglass", N_("Who deserves one"),
        N_("Propose this member no gift for 90 days"), meaning="snooze",
    ),
)  # fmt: skip
