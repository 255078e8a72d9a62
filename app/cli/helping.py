"""`helper list|mark|unmark`: members who helped other members."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids
from app.base.words import counted, tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso, one_line, table, when
from app.cli.search import member_of
from app.cli.shapes import Shape, person
from app.helping import Help
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("helper", tr("which members helped others, message by message"))
    made = group.add("list", show_list, tr("list the messages in which a member helped another, the latest first"))
    made.add_argument(
        "--member", metavar=tr("MEMBER"), help=tr("only help by this member: P-... or words from the name")
    )
    made.add_argument("--received", action="store_true", help=tr("with --member: help that they got"))
    limit(made)
    made = group.add("mark", mark, tr("say that a member's message helped another member"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..."))
    made.add_argument(
        "--helped",
        metavar=tr("MEMBER"),
        help=tr("whom it helped; default: whoever asked. P-... or words from the name"),
    )
    made = group.add("unmark", unmark, tr("say that a message helped nobody; it's remembered"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..."))


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List them, and how many there are."""
    member = None if asked.member is None else member_of(bench, asked.member)
    if member is not None and asked.received:
        found = bench.helps.received(member, asked.limit)
    else:
        found = bench.helps.listed(asked.limit, member)
    lines = table(
        (ids.display(ids.MESSAGE, one.message_id), one.helper, one.helped, when(one.at), one_line(one.words, 80))
        for one in found
    )
    total = bench.helps.count() if member is None else bench.helps.tally(member)[2 if asked.received else 0]
    lines += (
        ["", counted(total, "{count} message helped somebody", "{count} messages helped somebody")] if lines else []
    )
    return Output([help_json(one) for one in found], lines or [tr("Nobody has helped anybody yet.")])


def mark(bench: Workbench, asked: Namespace) -> Output:
    """Mark a message."""
    helped = None if asked.helped is None else member_of(bench, asked.helped)
    made = bench.helps.mark(ids.number(ids.MESSAGE, asked.id), helped)
    line = tr("{helper} helped {name} ({id}).").format(
        helper=made.helper, name=made.helped, id=ids.display(ids.MESSAGE, made.message_id)
    )
    return Output(help_json(made), [line])


def unmark(bench: Workbench, asked: Namespace) -> Output:
    """Take the mark away."""
    was = bench.helps.unmark(ids.number(ids.MESSAGE, asked.id))
    shown = ids.display(ids.MESSAGE, was.message_id)
    line = tr("{id} no longer counts as help by {helper} to {name}.")
    return Output({"id": shown, "help": False}, [line.format(id=shown, helper=was.helper, name=was.helped)])


def help_json(one: Help) -> Shape:
    """One message that helped."""
    return {
        "id": ids.display(ids.MESSAGE, one.message_id),
        "conversation": ids.display(ids.CONVERSATION, one.conversation_id), "title": one.title,
        "helper": person(one.helper_id, one.helper), "helped": person(one.helped_id, one.helped),
        "at": iso(one.at), "words": one.words, "by_hand": one.by_hand,
    }  # fmt: skip
