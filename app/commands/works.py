"""The command of works: what members made, and permission to use it."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

WORKS: tuple[Command, ...] = (
    Command(
        "permission",
        N_("Permission to use this"),
        ("Alt+U",),
        ("inbox",),
        "camera",
        N_("This conversation"),
        N_("Ask to use a photo, a recipe or a drawing; once they've written, note what they said"),
    ),
)
"""To ask, or to note what was said."""
