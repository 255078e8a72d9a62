"""`hear`: add a message by hand, on an account that Rapport cannot read; `not-passed-on`: nobody passed it on."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids
from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.output import Output
from app.cli.shapes import opened_json
from app.cli.show import conversation
from app.cli.text_files import text_of
from app.intake.passing import was_not_passed_on
from app.intake.written_down import Caller
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add("hear", hear, tr("add a message by hand, on an account that Rapport can't read"))
    made.add_argument("account", metavar=tr("ACCOUNT"), help=tr("the account's name"))
    made.add_argument("--who", required=True, metavar=tr("NAME"), help=tr("who said it: a name, or P-... for a member"))
    made.add_argument(
        "--text",
        required=True,
        metavar=tr("WORDS"),
        help=tr("what was said, or lines copied out of a chat; - reads standard input"),
    )
    made.add_argument("--link", default="", metavar=tr("URL"), help=tr("a link to the message"))
    made.add_argument("--post", default="", metavar=tr("TITLE"), help=tr("the title of the post it's under"))
    made.add_argument(
        "--at", default="", metavar=tr("WHEN"), help=tr("yesterday 17:30, 2026-11-22 17:30; default: now")
    )
    made.add_argument("--answering", default="", metavar=tr("ID"), help=tr("the conversation it continues: C-..."))
    made.add_argument(
        "--passed-on-by",
        default="",
        metavar=tr("NAME"),
        help=tr("the colleague who passed it on; for e-mail, --who has an address: Anna <anna@kovacs.example>"),
    )
    made.add_argument("--note", default="", metavar=tr("WORDS"), help=tr("what the colleague said about it"))
    made.add_argument("--phone", default="", metavar=tr("NUMBER"), help=tr("their phone number, with its country code"))
    none = commands.add("not-passed-on", not_passed_on, tr("take off who passed a conversation on"))
    none.add_argument("id", metavar=tr("ID"), help=tr("C-..."))
    seen = made.add_mutually_exclusive_group()
    seen.add_argument("--private", action="store_true", help=tr("only the two of you can see it there"))
    seen.add_argument("--public", action="store_true", help=tr("others can see it there"))


def hear(bench: Workbench, asked: Namespace) -> Output:
    """Add the message and show its conversation; `undo` removes it."""
    from app.imports.exports.chats import pasted  # noqa: PLC0415  only this command needs the readers

    text = text_of("-") if asked.text == "-" else asked.text
    passed = bench.written_down.colleague(asked.passed_on_by, asked.note)
    account, caller = bench.accounts.named(asked.account).id, Caller(_who(asked.who), asked.phone, passed)
    answering = ids.number("C", asked.answering) if asked.answering else None
    chat = pasted(text) if passed is None else None
    if chat:
        return conversation(bench, bench.written_down.take_chat(account, caller, chat, answering=answering), 20)
    number = bench.written_down.take(
        account, caller, text, link=asked.link, at=_moment(bench, asked.at), post=asked.post,
        public=False if asked.private else (asked.public or None), answering=answering,
    )  # fmt: skip
    return conversation(bench, number, 20)


def not_passed_on(bench: Workbench, asked: Namespace) -> Output:
    """Say that nobody passed a conversation on; `undo` says again who did."""
    number = bench.inbox.current(ids.number(ids.CONVERSATION, asked.id))
    by = was_not_passed_on(bench.store, number).by
    said = tr("{id}: no longer passed on by {name}.").format(id=ids.display(ids.CONVERSATION, number), name=by)
    return Output(opened_json(bench.inbox.open(number, 1)), [said])


def _who(typed: str) -> str | int:
    """The member's number if a P-... id was typed, else the name."""
    return ids.number(ids.MEMBER, typed) if typed[:2].upper() == "P-" and typed[2:].isdecimal() else typed


def _moment(bench: Workbench, typed: str) -> int | None:
    """When it was said, from words or ISO 8601; Unix seconds, None for "". Raises UserError if it is not understood."""
    if not typed:
        return None
    return bench.dates.moment(typed, back=True)
