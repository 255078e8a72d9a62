"""The commands on who deserves a gift."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

DESERVING: tuple[Command, ...] = (
    Command(
        "not_now", N_("Not now"), ("S",), ("delight",), "hourglass", N_("Who deserves one"),
        N_("Propose this member no gift for 90 days"), meaning="snooze",
    ),
)  # fmt: skip
