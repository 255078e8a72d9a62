"""`member show|list|note|edit`: members and their identities; what is about two of them: `app.cli.pairs`."""

from __future__ import annotations

from argparse import Namespace

from app.base import clock, ids, money
from app.base.words import N_, counted, tr
from app.cli import involvement, member_facts, member_lists, pairs
from app.cli.arguments import ALL, Commands, limit
from app.cli.output import Output, ago, one_line, table, when
from app.cli.search import member_of
from app.cli.shapes import card_json, member_row_json, spoken
from app.members import KIND_NAMES, KINDS, Card, figures
from app.members.facts import TYPED_KINDS
from app.moderation.words import barred_there
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
    made.add_argument("--kind", choices=(*KINDS, *TYPED_KINDS), default="", help=tr("only this kind"))
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


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show a member's card."""
    return _card(bench, member_of(bench, asked.member))


def _card(bench: Workbench, number: int) -> Output:
    card = bench.card(number)
    return Output(card_json(card), card_lines(card))


def card_lines(card: Card) -> list[str]:
    """A member's card as lines for people."""
    member, now = card.member, clock.now()
    about = [
        tr(KIND_NAMES.get(member.kind, member.kind)),
        member.language,
        member.city,
        member.email,
        tr("fits the brand") if member.fits else "",
        tr("unhappy") if card.unhappy else "",
    ]
    lines = [f"{ids.display('P', member.id)}  {member.name}", "  ".join(word for word in about if word)]
    lines += [figures.line(card.figures, now)]
    lines += [barred_there(bar, bar.account, when(bar.until)) for bar in card.bars]
    lines += (
        [
            tr("Wrote {times} from {first} to {last}").format(
                times=counted(card.heard, "{count} time", "{count} times"),
                first=when(member.first_at),
                last=when(member.last_at),
            )
        ]
        if member.first_at
        else []
    )
    typical, sentence = "", tr("{conversations}, we replied in {answered} of them")
    if card.typical_reply is not None:
        typical = ago(now - card.typical_reply, now)
        sentence = tr("{conversations}, we replied in {answered} of them; typical reply time: {time}")
    lines += [
        sentence.format(
            conversations=counted(card.conversations, "{count} conversation", "{count} conversations"),
            answered=card.answered,
            time=typical,
        )
    ]
    lines += table([(f"  {name.kind}", name.handle, name.name) for name in member.identities])
    lines += [tr("Note: {note}").format(note=member.note)] if member.note else []
    lines += member_facts.fact_lines(card)
    promises = [
        (f"  {_promise(promise.kept_at, promise.dropped_why)}", promise.due_on, promise.what)
        for promise in card.promises
    ]
    for title, rows in (
        (tr("Promises"), promises),
        (tr("Gifts"), _gifts(card)),
        (tr("History"), _history(card, now)),
    ):
        lines += [title, *table(rows)] if rows else []
    return lines


def _gifts(card: Card) -> list[tuple[str, ...]]:
    return [
        (
            f"  {ids.display('G', gift.id)}",
            spoken(gift.state),
            money.display(gift.worth, gift.currency),
            f"{gift.item} ({gift.why})",
        )
        for gift in card.gifts
    ]


def _history(card: Card, now: int) -> list[tuple[str, ...]]:
    return [
        (
            f"  {ids.display('C', past.conversation_id)}",
            spoken(past.state),
            ago(past.last_at, now),
            past.account,
            one_line(f"{past.title}: {past.preview}", 80),
        )
        for past in card.history
    ]


def _promise(kept_at: int | None, dropped: str) -> str:
    if dropped:
        return tr("dropped")
    return tr("open") if kept_at is None else tr("kept")


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List members, filtered by words, kind and how far they take part."""
    kind, narrow = TYPED_KINDS.get(asked.kind, asked.kind), involvement.is_narrow(asked)
    found = member_lists.found(bench, asked, ALL if narrow else asked.limit, kind)
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
