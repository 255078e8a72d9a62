"""`kind add|list|remove`: the shelf of kind words."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids
from app.base.words import tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso, table, when
from app.cli.shapes import Shape, named, person
from app.kind_words import KindWord
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("kind", tr("keep kind words that somebody wrote, to read them again"))
    made = group.add("add", keep, tr("keep a message on the shelf of kind words"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..., or C-... for the last message of a conversation"))
    limit(group.add("list", show_list, tr("list the kind words, the last kept first")))
    made = group.add("remove", remove, tr("take a message off the shelf; it stays in its conversation"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..."))


def keep(bench: Workbench, asked: Namespace) -> Output:
    """Keep a message."""
    number = _message(bench, asked.id)
    who = bench.kind_words.keep(number)
    shown = ids.display(ids.MESSAGE, number)
    return Output({"id": shown, "kept": True}, [tr("Kept the kind words of {name} ({id}).").format(name=who, id=shown)])


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Take one off the shelf."""
    number = _message(bench, asked.id)
    who = bench.kind_words.remove(number)
    shown = ids.display(ids.MESSAGE, number)
    words = tr("Took the words of {name} off the shelf ({id}).").format(name=who, id=shown)
    return Output({"id": shown, "kept": False}, [words])


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List them."""
    every = bench.kind_words.every()[: asked.limit]
    lines = table([ids.display(ids.MESSAGE, one.message_id), one.who, when(one.at), one.words] for one in every)
    return Output([_json(one) for one in every], lines or [tr("No kind words are kept yet.")])


def _json(one: KindWord) -> Shape:
    return {
        "id": ids.display(ids.MESSAGE, one.message_id), "conversation": named(ids.CONVERSATION, one.conversation_id),
        "member": person(one.member_id, one.who), "who": one.who, "words": one.words, "at": iso(one.at),
        "kept_at": iso(one.kept_at),
    }  # fmt: skip


def _message(bench: Workbench, typed: str) -> int:
    kind, number = ids.parse(typed)
    if kind == ids.CONVERSATION:
        return bench.kind_words.latest_of(bench.inbox.current(number))
    return ids.number(ids.MESSAGE, typed)
