"""The commands of promises."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

_CASE, _ANSWER = N_("This conversation"), N_("Reply")

PROMISING: tuple[Command, ...] = (
    Command(
        "promise",
        N_("Promise"),
        ("D",),
        ("today", "inbox", "members", "handoffs"),
        "circle-dot",
        _CASE,
        N_("What you'll do for them, and by when; it's open until they've been told"),
    ),
    Command(
        "take_promise",
        N_("Note the promise"),
        ("Alt+P",),
        ("inbox", "letter"),
        "circle-dot",
        _ANSWER,
        N_("The one offered above Send; press again to drop it"),
    ),
    Command(
        "keeps_promise",
        N_("This keeps the promise"),
        ("Alt+K",),
        ("inbox", "letter"),
        "circle-check",
        _ANSWER,
        N_("Your words tell them; the promise is kept once they're sent"),
    ),
)
"""To note one anywhere, and the two chips above Send."""
