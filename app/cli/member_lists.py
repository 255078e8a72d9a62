"""`member lists|keep-list|remove-list|set`: lists of members that are kept, and one change for several."""

from __future__ import annotations

from argparse import Namespace

from app.base import ids
from app.base.errors import UserError
from app.base.language_names import codes
from app.base.words import N_, counted, tr
from app.cli.arguments import Commands, Parser, limit
from app.cli.member_kinds import add_kind
from app.cli.output import Output, table
from app.cli.search import member_of
from app.cli.shapes import member_row_json
from app.members import KIND_NAMES
from app.members.desk import ORDERS
from app.members.lists import MemberList
from app.members.several import edit_all
from app.workbench import Workbench

_WORDS = N_("words and conditions: city:Brno, involvement:core, label:baker, lang:cs, on:mastodon, is:fits")


def add(group: Commands) -> None:
    """Add the commands to those of members."""
    made = group.add("lists", show_lists, tr("list the lists of members that are kept"))
    limit(made)
    made = group.add("keep-list", keep, tr("keep a search for members under a name; it's looked up each time"))
    made.add_argument("name", metavar=tr("NAME"), help=tr("what the list is called"))
    made.add_argument("words", metavar=tr("WORDS"), nargs="*", help=tr(_WORDS))
    add_kind(made, tr("only this kind"))
    made = group.add("remove-list", remove, tr("forget a list; its members stay as they are"))
    made.add_argument("name", metavar=tr("NAME"), help=tr("the list's name"))
    made = group.add("set", set_all, tr("set the same for several members, as one action"))
    made.add_argument("members", metavar=tr("MEMBER"), nargs="+", help=tr("P-..., or words from the name"))
    add_kind(made, tr("their kind"))
    made.add_argument("--language", metavar=tr("LANGUAGE"), default="", help=tr("their language, by code or name"))
    made.add_argument("--city", metavar=tr("CITY"), default="", help=tr("where they live"))


def narrow(made: Parser) -> None:
    """Add `--list` and `--by` to the list of members."""
    made.add_argument("--list", metavar=tr("NAME"), default="", help=tr("only those on this list"))
    made.add_argument("--by", choices=tuple(ORDERS), default="last", help=tr("what they are sorted by"))


def matching(bench: Workbench, asked: Namespace, most: int, kind: str) -> list[int]:
    """The ids of the members that `member list` asks for. Raises UserError for what is not understood."""
    words = " ".join(asked.words)
    if asked.list:
        kept = bench.member_lists.named(asked.list)
        words, kind = f"{kept.words} {words}".strip(), kind or kept.kind
    problem = bench.members.problem(words)
    if problem:
        raise UserError(problem)
    return bench.members.find(words, most, kind, asked.by)


def show_lists(bench: Workbench, asked: Namespace) -> Output:
    """List the lists, with how many are on each now."""
    rows = [(one, len(bench.member_lists.numbers(one))) for one in bench.member_lists.every()[: asked.limit]]
    cells = [(one.name, counted(many, "{count} member", "{count} members"), _asked(one)) for one, many in rows]
    told = [{"id": one.id, "name": one.name, "words": one.words, "kind": one.kind or None, "members": many}
            for one, many in rows]  # fmt: skip
    return Output(told, table(cells) or [tr("No lists yet. Keep one with member keep-list.")])


def keep(bench: Workbench, asked: Namespace) -> Output:
    """Keep a list."""
    bench.member_lists.add(asked.name, " ".join(asked.words), asked.kind)
    kept = bench.member_lists.named(asked.name)
    many = len(bench.member_lists.numbers(kept))
    said = counted(many, "List “{name}” kept: {count} member.", "List “{name}” kept: {count} members.", name=kept.name)
    return Output({"id": kept.id, "name": kept.name, "members": many}, [said])


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Forget a list."""
    kept = bench.member_lists.named(asked.name)
    bench.member_lists.remove(kept.id)
    return Output({"id": kept.id, "name": kept.name}, [tr("List “{name}” removed.").format(name=kept.name)])


def set_all(bench: Workbench, asked: Namespace) -> Output:
    """Set the same for several members."""
    values: dict[str, object] = {}
    if asked.kind:
        values["kind"] = asked.kind
    if asked.language:
        known = codes(asked.language)
        if not known:
            raise UserError(tr("There's no language “{typed}”.").format(typed=asked.language))
        values["language"] = known[0]
    if asked.city:
        values["city"] = asked.city
    if not values:
        raise UserError(tr("Say what to set: --kind, --language or --city."))
    numbers = [member_of(bench, typed) for typed in asked.members]
    changed = edit_all(bench.store, bench.members, numbers, values)
    said = counted(len(changed), "{count} member changed.", "{count} members changed.")
    if not changed:
        said = tr("They all have that already.")
    names = [(ids.display("P", row.id), row.name) for row in bench.members.rows(changed)]
    return Output([member_row_json(row) for row in bench.members.rows(changed)], [said, *table(names)])


def _asked(kept: MemberList) -> str:
    kind = tr(KIND_NAMES[kept.kind]) if kept.kind in KIND_NAMES else ""
    return ", ".join(filter(None, (kind, kept.words)))
