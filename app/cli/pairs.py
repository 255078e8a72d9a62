"""`member merge|part|suggest|apart`: two members who are one person, or may be."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence

from app.base import ids
from app.base.errors import UserError
from app.base.words import N_, tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, one_line, table, when
from app.cli.search import member_of
from app.cli.shapes import card_json
from app.members import Card
from app.members.comparing import TITLES, Fact, columns_kept, value_in_words
from app.members.parting import Parting
from app.members.parting_words import went
from app.members.reasons import in_words
from app.workbench import Workbench

_LAST_WORDS = 60
"""Letters of the last message that are shown beside the other's."""
_MEMBER = N_("P-..., or words from the name")


def add(group: Commands) -> None:
    """Add the commands to those of `member`."""
    made = group.add(
        "merge", merge, tr("merge two members who are the same person: OTHER's names and history move to KEEP")
    )
    made.add_argument("keep", metavar=tr("KEEP"), help=tr(_MEMBER))
    made.add_argument("other", metavar=tr("OTHER"), help=tr(_MEMBER))
    made.add_argument("--name", metavar=tr("NAME"), help=tr("what they are called from now on"))
    made.add_argument(
        "--take",
        metavar=tr("FIELD"),
        action="append",
        default=[],
        help=tr("keep OTHER's value of this field, and put KEEP's into the note; repeat it for more"),
    )
    made.add_argument("--dry-run", action="store_true", help=tr("show both side by side and change nothing"))
    made = group.add("part", part, tr("take a member's last merge apart, at any time"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr(_MEMBER))
    made.add_argument("--dry-run", action="store_true", help=tr("show what would go to whom and change nothing"))
    made = group.add("suggest", suggest, tr("list members who may be the same person, with the reasons"))
    limit(made, 50)
    made = group.add("apart", apart, tr("say that two members are not the same person, so that nobody asks again"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr(_MEMBER))
    made.add_argument("other", metavar=tr("OTHER"), help=tr(_MEMBER))
    made.add_argument("--why", metavar=tr("TEXT"), default="", help=tr("how you know"))


def merge(bench: Workbench, asked: Namespace) -> Output:
    """Merge two members and show the result; with --dry-run, show both side by side."""
    keep, other = member_of(bench, asked.keep), member_of(bench, asked.other)
    compared = bench.pairs.compare(keep, other)
    names = bench.members.names([compared.kept, compared.gone])
    theirs = columns_kept(asked.take)
    if asked.dry_run:
        return _side_by_side(bench, compared.facts, compared.kept, compared.gone, compared.name)
    if asked.name is not None and not asked.name.strip():
        msg = tr("A member needs a name.")
        raise UserError(msg)
    bench.pairs.merge(keep, other, theirs, asked.name or "")
    card = bench.card(compared.kept)
    line = tr("{gone} has been merged into {name} ({id}). Use `member part {id}` to part them, at any time.").format(
        gone=names[compared.gone], name=card.member.name, id=ids.display("P", compared.kept)
    )
    return Output(card_json(card), [line])


def _side_by_side(bench: Workbench, facts: Sequence[Fact], kept: int, gone: int, name: str) -> Output:
    cards = [bench.card(number) for number in (kept, gone)]
    rows: list[tuple[str, ...]] = [
        (tr(TITLES[fact.column]), *(value_in_words(fact.column, value) or "–" for value in (fact.kept, fact.other)))
        for fact in facts
    ]
    more: list[tuple[str, Callable[[Card], str]]] = [
        (tr("Names"), lambda card: ", ".join(name.handle for name in card.member.identities)),
        (tr("Conversations"), lambda card: str(card.conversations)),
        (tr("Messages"), lambda card: str(card.heard)),
        (tr("Gifts"), lambda card: str(len(card.gifts))),
        (tr("Last words"), lambda card: one_line(card.history[0].preview, _LAST_WORDS) if card.history else ""),
    ]
    rows += [(title, *(told(card) or "–" for card in cards)) for title, told in more]
    head = ("", *(f"{ids.display('P', card.member.id)}  {card.member.name}" for card in cards))
    offer = tr("The fuller name is “{name}”. Where both have something, the kept one's stays unless you --take it.")
    return Output(
        {
            "dry_run": True, "name": name, "choices": [fact.column for fact in facts if fact.clashes],
            "facts": [
                {"field": fact.column, "kept": fact.kept, "other": fact.other, "clashes": fact.clashes}
                for fact in facts
            ],
            "kept": card_json(cards[0]), "other": card_json(cards[1]),
        },
        [*table([head, *rows]), "", offer.format(name=name)],
    )  # fmt: skip


def part(bench: Workbench, asked: Namespace) -> Output:
    """Take the last merge of a member apart; with --dry-run, show what would go to whom."""
    number = member_of(bench, asked.member, merged=True)
    planned = bench.pairs.plan(number) if asked.dry_run else bench.pairs.part(number)
    names = bench.members.names([planned.kept, planned.gone])
    counts = bench.pairs.counted(planned)
    sentence = tr("{gone} would be parted from {kept}, merged on {day}.") if asked.dry_run else tr(
        "{gone} is no longer merged with {kept}."
    )  # fmt: skip
    lines = [sentence.format(gone=names[planned.gone], kept=names[planned.kept], day=when(planned.at))]
    lines += [f"  {line}" for line in went(planned, counts, names[planned.kept], names[planned.gone])]
    return Output(_part_json(planned, counts, names) | {"dry_run": asked.dry_run}, lines)


def _part_json(planned: Parting, counts: dict[str, int], names: dict[int, str]) -> dict[str, object]:
    return {
        "kept": {"id": ids.display("P", planned.kept), "name": names[planned.kept]},
        "gone": {"id": ids.display("P", planned.gone), "name": names[planned.gone]},
        "moves": counts, "returns": list(planned.facts), "edited": list(planned.edited),
    }  # fmt: skip


def suggest(bench: Workbench, asked: Namespace) -> Output:
    """List pairs who may be one person, the likeliest first."""
    found = bench.pairs.suggest()[: asked.limit]
    names = bench.members.names([number for pair in found for number in (pair.one, pair.other)])
    rows = [
        (
            ids.display("P", pair.one),
            names[pair.one],
            ids.display("P", pair.other),
            names[pair.other],
            "; ".join(map(in_words, pair.reasons)),
        )
        for pair in found
    ]
    shapes = [
        {
            "one": {"id": row[0], "name": row[1]}, "other": {"id": row[2], "name": row[3]},
            "reasons": [{"code": reason.code, "words": in_words(reason)} for reason in pair.reasons],
        }
        for pair, row in zip(found, rows, strict=True)
    ]  # fmt: skip
    return Output(shapes, table(rows) or [tr("No two members look like the same person.")])


def apart(bench: Workbench, asked: Namespace) -> Output:
    """Remember that two members are not one person."""
    one, other = member_of(bench, asked.member), member_of(bench, asked.other)
    new = bench.pairs.set_apart(one, other, asked.why)
    names = bench.members.names([one, other])
    sentence = tr("{name} and {other} are two people. You won't be asked about them again.")
    shape = {"one": ids.display("P", one), "other": ids.display("P", other), "new": new}
    return Output(shape, [sentence.format(name=names[one], other=names[other])])
