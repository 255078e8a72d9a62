"""The commands of what goes on between members: help, quarrels and introductions."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

_CASE, _ANSWER, _MEMBER = N_("This conversation"), N_("Reply"), N_("This member")
_INBOX, _MEMBERS = ("inbox",), ("members",)

BETWEEN: tuple[Command, ...] = (
    Command(
        "helped",
        N_("This helped"),
        ("Alt+H",),
        _INBOX,
        "hand",
        _CASE,
        N_("The message that you read helped another member; again removes the mark"),
    ),
    Command(
        "both_sides",
        N_("Both sides of a quarrel"),
        ("Alt+B",),
        _INBOX,
        "users",
        _CASE,
        N_("What each has said there and is known for"),
    ),
    Command("write_first", N_("Write to the first of the two"), ("Alt+1",), _INBOX, "lock", _ANSWER),
    Command("write_second", N_("Write to the second of the two"), ("Alt+2",), _INBOX, "lock", _ANSWER),
    Command("settle_quarrel", N_("The quarrel is settled"), ("Alt+S",), _INBOX, "check", _CASE),
    Command(
        "no_quarrel", N_("Not a quarrel"), ("Alt+Q",), _INBOX, "x", _CASE, N_("Rapport won't report one here again")
    ),
    Command(
        "raise_quarrel",
        N_("They're quarrelling"),
        (),
        _INBOX,
        "zap",
        _CASE,
        N_("Between the last two who wrote here"),
    ),
    Command(
        "said_yes",
        N_("They'd like to meet"),
        ("Alt+G",),
        _INBOX,
        "check",
        _CASE,
        N_("Whoever wrote here said yes to the introduction"),
    ),
    Command(
        "said_no",
        N_("They'd rather not meet"),
        ("Alt+D",),
        _INBOX,
        "x",
        _CASE,
        N_("The other one never learns who said no"),
    ),
    Command(
        "write_both",
        N_("Introduce them"),
        ("Alt+E",),
        _INBOX,
        "users",
        _ANSWER,
        N_("Both said yes: begin the message that introduces them"),
    ),
    Command(
        "introduce_to",
        N_("Introduce to…"),
        ("Alt+I",),
        _MEMBERS,
        "users",
        _MEMBER,
        N_("Make them known to another member; both are asked first"),
    ),
    Command(
        "introduction_outcome",
        N_("What came of the introduction"),
        ("Alt+O",),
        _MEMBERS,
        "notebook-pen",
        _MEMBER,
    ),
)
"""In a conversation they work where there is a quarrel or an introduction to speak of; help is any member's message."""
