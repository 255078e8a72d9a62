"""`member show|list|note|edit`: members and their identities; what is about two of them: `app.cli.pairs`."""

from __future__ import annotations

from argparse import Namespace

from app.base import clock, ids
from app.base.words import N_, counted, tr
from app.cli import about, involvement, member_facts, member_lists, pairs
from app.cli.arguments import ALL, Commands, limit
from app.cli.member_card import card_of
from app.cli.member_kinds import add_kind
from app.cli.output import Output, ago, table
from app.cli.search import member_of
from app.cli.shapes import member_row_json
from app.workbench import Workbench

_MEMBER = N_("P-..., or words from the name")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("member", tr("members across all channels"))
    made = group.add("show", show, tr("show a member and their history across all channels"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr(_MEMBER))
    made = group.add("list", show_list, tr("list members, most recently active first"))
    made.add_argument(
        "words",
        metavar=tr("WORDS"),
        nargs="*",
        help=tr("the start of words from the name, identity, note or place; or conditions: city:Brno, label:baker"),
    )
    add_kind(made, tr("only this kind"))
    involvement.filters(made)
    member_lists.narrow(made)
    limit(made, 100)
    involvement.member_commands(group)
    pairs.add(group)
    made = group.add("note", note, tr("write or show the note about a member"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr(_MEMBER))
    made.add_argument("text", metavar=tr("TEXT"), nargs="*", help=tr("the note; leave out to show it"))
    made.add_argument("--append", action="store_true", help=tr("add a line to the existing note"))
    member_facts.add(group)
    member_lists.add(group)
    about.add(group)


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show a member's card."""
    return card_of(bench, member_of(bench, asked.member))


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List members, filtered by words, kind and how far they take part."""
    kind, narrow = asked.kind, involvement.is_narrow(asked)
    found = member_lists.matching(bench, asked, ALL if narrow else asked.limit, kind)
    if narrow:
        found = involvement.narrowed(bench, asked, found)[: asked.limit]
    rows = bench.members.rows(found)
    now = clock.now()
    cells = [
        (
            ids.display("P", row.id),
            row.name,
            ago(row.last_at, now),
            counted(row.conversations, "{count} conversation", "{count} conversations"),
            row.language,
            ", ".join(row.kinds),
        )
        for row in rows
    ]
    return Output([member_row_json(row) for row in rows], table(cells) or [tr("No matching members.")])


def note(bench: Workbench, asked: Namespace) -> Output:
    """Write the note about a member, or show it."""
    number = member_of(bench, asked.member)
    before, text = bench.members.get(number).note, " ".join(asked.text)
    if asked.text:
        bench.members.edit(number, {"note": f"{before}\n{text}".strip() if asked.append else text})
    now = bench.members.get(number)
    return Output(
        {"id": ids.display("P", number), "name": now.name, "note": now.note}, [now.note or tr("No note yet.")]
    )
