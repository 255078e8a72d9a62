"""The commands of facts, of embargoed subjects, and of what cools off before it goes."""

from __future__ import annotations

from app.base.words import N_
from app.commands.command import Command

_MOVE, _MAKE, _HERE, _ANSWER = N_("Move"), N_("Create"), N_("This fact"), N_("Reply")
_PAGE = ("facts",)

FACTS: tuple[Command, ...] = (
    Command(
        "facts", N_("Facts"), group=_MOVE, icon="clipboard-list",
        help=N_("Prices, opening hours, allergens: what is true, and who was told it"),
    ),
    Command(
        "embargoes", N_("Not to be told yet"), group=_MOVE, icon="clipboard-list",
        help=N_("Subjects that may not be mentioned before a certain day"),
    ),
    Command(
        "insert_fact", N_("Insert a fact"), ("Alt+F",), ("inbox", "letter"), "clipboard-list", _ANSWER,
        N_("Its value in the language of the draft; who is told it will be listed"),
    ),
    Command(
        "draft_language", N_("Mark it as the language it's in"), ("Shift+F7",), ("inbox",), "languages", _ANSWER,
        N_("Where a reply is in another language than it is marked as"),
    ),
    Command(
        "cool_off", N_("Sleep on it for 20 minutes"), ("Alt+Z",), ("inbox", "letter"), "hourglass", _ANSWER,
        N_("It is held, shown again, and can be taken back or sent now"),
    ),
    Command("new_fact", N_("New"), ("Ctrl+N",), _PAGE, "plus", _MAKE, meaning="new"),
    Command("edit_fact", N_("Change this"), ("Ctrl+E",), _PAGE, "pencil", _HERE, meaning="edit"),
    Command("still_true", N_("It still holds"), (), _PAGE, "circle-check", _HERE, N_("Look again in three months")),
    Command("drop_fact", N_("Remove this"), ("Delete",), _PAGE, "trash-2", _HERE, meaning="drop"),
    Command(
        "put_right", N_("Draft the reply"), ("R",), _PAGE, "pencil", _HERE,
        N_("What puts it right, or tells the news, in their language; you send it"), meaning="reply",
    ),
    Command("put_right_all", N_("Draft all replies"), (), _PAGE, "pencil", _HERE),
    Command(
        "correct_told", N_("Correct the message"), (), _PAGE, "pencil", _HERE,
        N_("Where the channel lets your own words be corrected"),
    ),
    Command("leave_told", N_("Leave it as it is"), (), _PAGE, "check", _HERE),
)  # fmt: skip
