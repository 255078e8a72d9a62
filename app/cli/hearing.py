"""`hear`: what was said where no program is let in, written down."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from app.base import ids
from app.base.errors import UserError
from app.base.words import tr
from app.cli.answers import Answer
from app.cli.arguments import Commands
from app.cli.show import conversation
from app.cli.templates import text_of
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """The command."""
    made = commands.add("hear", hear, "add a message by hand, on an account that Rapport can't read")
    made.add_argument("account", metavar="ACCOUNT", help="the account's name")
    made.add_argument("--who", required=True, metavar="NAME", help="who said it: a name, or P-... for a member")
    made.add_argument("--text", required=True, metavar="WORDS", help="what was said; - reads standard input")
    made.add_argument("--link", default="", metavar="URL", help="a link to the message")
    made.add_argument("--post", default="", metavar="TITLE", help="the title of the post it's under")
    made.add_argument("--at", default="", metavar="WHEN", help="2026-11-22 17:30 or ISO 8601; default: now")
    made.add_argument("--answering", default="", metavar="ID", help="the conversation it continues: C-...")
    made.add_argument("--private", action="store_true", help="only the two of you can see it there")


def hear(bench: Workbench, asked: Namespace) -> Answer:
    """The conversation that it stands in now; `undo` takes it out again."""
    said = text_of("-") if asked.text == "-" else asked.text
    number = bench.written_down.take(
        bench.accounts.named(asked.account).id, _who(asked.who), said, link=asked.link, at=_moment(asked.at),
        post=asked.post, public=not asked.private,
        answering=ids.number("C", asked.answering) if asked.answering else None,
    )  # fmt: skip
    return conversation(bench, number, 20)


def _who(typed: str) -> str | int:
    """A member's number where an id was given, else the name."""
    return ids.number(ids.MEMBER, typed) if typed[:2].upper() == "P-" and typed[2:].isdecimal() else typed


def _moment(typed: str) -> int | None:
    """A local time, or one with its zone; None where none was given, raises UserError where it cannot be read."""
    if not typed:
        return None
    try:
        return int(datetime.fromisoformat(typed).astimezone().timestamp())
    except (ValueError, OverflowError, OSError):
        msg = tr("“{typed}” isn't a time. Write it like 2026-11-22 17:30.").format(typed=typed)
        raise UserError(msg) from None
