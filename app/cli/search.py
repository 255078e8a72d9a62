"""`search WORDS`: find messages that contain all the words."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from app.base import ids
from app.base.errors import NotFoundError
from app.base.words import N_, tr
from app.cli.arguments import STATES, Commands, limit, state_key
from app.cli.known import known
from app.cli.output import Output, one_line, table, when
from app.cli.shapes import hit_json
from app.search import Asked, Count, Filter, Hit, around, in_words
from app.workbench import Workbench

_MAX_CANDIDATES = 5
"""Members listed in the error when several match."""


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add(
        "search", search, (tr("find messages by words or the start of words, ignoring accents and case; newest first"))
    )
    made.add_argument(
        "words",
        metavar=tr("WORDS"),
        nargs="+",
        help=tr(
            'the start of words; "in quotation marks" for words next to each other; from:, to:, channel:, label:, '
            "kind:, state:, before:, after:, has:, lang: and is: with a value; a minus before any of these leaves out. "
            "Put the whole in 'single quotes'."
        ),
    )
    made.add_argument("--channel", metavar=tr("NAME"), help=tr("only this account"))
    made.add_argument("--member", metavar=tr("MEMBER"), help=tr("only for this member: P-... or words from the name"))
    made.add_argument("--state", choices=STATES, default="all", help=tr("only in conversations with this state"))
    made.add_argument("--label", metavar=tr("LABEL"), help=tr("only in conversations with this label"))
    made.add_argument("--count", action="store_true", help=tr("only how many messages, in how many conversations"))
    limit(made, 50)


def search(bench: Workbench, asked: Namespace) -> Output:
    """List the matching messages, or count them."""
    wanted = Filter(
        None if asked.channel is None else bench.accounts.named(asked.channel).id,
        "" if asked.state == "all" else state_key(asked.state),
        None if asked.member is None else member_of(bench, asked.member),
        "" if asked.label is None else known(N_("label"), asked.label, bench.inbox.all_labels()),
    )
    sought = bench.search.widened(bench.search.understand(" ".join(asked.words)))
    hits = bench.search.messages(sought, wanted, 1 if asked.count else asked.limit)
    count = bench.search.count_all(sought, wanted) if hits else Count()
    if asked.count:
        return Output(
            {"messages": count.messages(), "conversations": count.conversations(), "more": count.more},
            [in_words(sought, count) or tr("No messages found.")],
        )
    listed, says = hits, in_words(sought, count)
    if not hits:  # a program is told of what it asked for only
        other = bench.search.forgiven(sought, wanted)
        if other is not None:
            sought, listed = other, bench.search.messages(other, wanted, asked.limit)
            says = in_words(other, bench.search.count_all(other, wanted))
    return Output([hit_json(hit) for hit in hits], _lines(listed, sought, says))


def _lines(hits: Sequence[Hit], sought: Asked, says: str) -> list[str]:
    cells = [
        (
            when(hit.at),
            ids.display("C", hit.conversation_id),
            hit.account,
            tr("us") if hit.out else hit.member,
            one_line(around(hit.text, sought), 100),
        )
        for hit in hits
    ]
    return [*table(cells, 28), says] if cells else [tr("No messages found.")]


def member_of(bench: Workbench, typed: str, *, merged: bool = False) -> int:
    """The id of a member from P-..., from C-... (whoever wrote there), or from words that match one name only.

    An id of somebody who was merged leads to whom they are now; with `merged` it stays theirs. Raises NotFoundError if
    none or several match.
    """
    try:
        kind, number = ids.parse(typed)
    except NotFoundError:
        return _only(bench, typed)
    if kind == "C":
        member = bench.members.of_conversation(number)
        if member is not None:
            return member
    number = ids.number("P", typed)
    now = bench.members.get(number).id
    return number if merged else now


def _only(bench: Workbench, typed: str) -> int:
    numbers = bench.members.find(typed, _MAX_CANDIDATES + 1) if typed.strip() else []
    if len(numbers) == 1:
        return numbers[0]
    if not numbers:
        msg = tr("There's no member “{typed}”. Give P-... or words from the name.").format(typed=typed)
        raise NotFoundError(msg)
    shown = [f"{row.name} ({ids.display('P', row.id)})" for row in bench.members.rows(numbers[:_MAX_CANDIDATES])]
    names = ", ".join([*shown, *(["…"] if len(numbers) > _MAX_CANDIDATES else [])])
    msg = tr("“{typed}” could be several members: {names}. Choose one by its id.").format(typed=typed, names=names)
    raise NotFoundError(msg)
