"""`join`, `part`, `link`, `unlink`: conversations about one matter, and letters that belong elsewhere."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from app.base import ids
from app.base.words import tr
from app.cli.arguments import Commands
from app.cli.output import Output
from app.cli.shapes import conversation_json, opened_json
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add("join", join, tr("make two or more conversations one; the oldest keeps its id"))
    made.add_argument("id", metavar=tr("ID"), nargs="+", help=tr("C-..."))
    made = commands.add("part", part, tr("move a letter, and what answers it, to a conversation of their own"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..."))
    for name, says, on in (
        ("link", tr("link two conversations about one matter, so that each shows the other"), True),
        ("unlink", tr("remove the link between two conversations"), False),
    ):
        made = commands.add(name, partial(link, on=on), says)
        made.add_argument("id", metavar=tr("ID"), help=tr("C-..."))
        made.add_argument("other", metavar=tr("OTHER"), help=tr("C-..."))


def join(bench: Workbench, asked: Namespace) -> Output:
    """Join conversations."""
    from app.intake import to_say  # noqa: PLC0415  loaded by this command alone

    made = bench.intake.join([ids.number("C", text) for text in asked.id])
    row = bench.inbox.row(made.conversation_id)
    here = ids.display("C", row.id)
    gone = [ids.display("C", number) for number in made.gone]
    lines = [tr("{id} is part of {other} now.").format(id=name, other=here) for name in gone]
    if words := to_say(made.people, public=row.public):
        lines.append(words)
    return Output({**conversation_json(row), "joined": gone, "people": list(made.people)}, lines)


def part(bench: Workbench, asked: Namespace) -> Output:
    """Part a letter from its conversation."""
    letter = ids.number("M", asked.id)
    origin = bench.inbox.conversation_of(letter)
    row = bench.inbox.row(bench.intake.part(letter))
    sentence = tr("{letter} is in {id} now: {title}").format(
        letter=ids.display("M", letter), id=ids.display("C", row.id), title=row.title
    )
    return Output({**conversation_json(row), "parted_from": ids.display("C", origin)}, [sentence])


def link(bench: Workbench, asked: Namespace, *, on: bool) -> Output:
    """Link two conversations, or with `on` False unlink them."""
    first, second = (bench.inbox.current(ids.number("C", text)) for text in (asked.id, asked.other))
    if on:
        bench.inbox.link(first, second)
        sentence = tr("{id} and {other} are linked.")
    else:
        bench.inbox.unlink(first, second)
        sentence = tr("{id} and {other} aren't linked any more.")
    shown = sentence.format(id=ids.display("C", first), other=ids.display("C", second))
    return Output(opened_json(bench.inbox.open(first, 1)), [shown])
