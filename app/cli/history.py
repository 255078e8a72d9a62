"""`history`: all that was between a member and us, in one line of time over all channels."""

from __future__ import annotations

from argparse import Namespace

from app.base import clock, ids
from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli.arguments import Commands, limit
from app.cli.output import Output, iso, one_line, table, when
from app.cli.search import member_of
from app.cli.shapes import Shape, named
from app.history import KINDS, Asked, Entry
from app.history.telling import title, under, words
from app.members.figures import line
from app.workbench import Workbench

_LETTERS = {"gift": ids.GIFT, "handoff": ids.HANDOFF, "work": ids.WORK}
"""By which letter the row of an entry is asked for; messages stand with their own ids."""


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add("history", show, tr("everything with a member in one line of time, over all channels"))
    made.add_argument("member", metavar=tr("MEMBER"), help=tr("P-..., or words from the name"))
    made.add_argument("--kind", choices=KINDS, action="append", default=[], help=tr("only this kind; may be repeated"))
    made.add_argument("--channel", default="", metavar=tr("KIND"), help=tr("only on channels of this kind: email"))
    made.add_argument("--words", default="", metavar=tr("WORDS"), help=tr("only what has all these words"))
    limit(made, 50)


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show the history of a member, the latest first."""
    number = member_of(bench, asked.member)
    known = bench.history.channels(number)
    if asked.channel and asked.channel not in known:
        refuse = tr("Nothing is known of them on “{channel}”. Choose from: {channels}.")
        raise UserError(refuse.format(channel=asked.channel, channels=", ".join(known) or tr("none")))
    wanted = Asked(frozenset(asked.kind), asked.channel, asked.words)
    page = bench.history.page(number, wanted, limit=asked.limit)
    member, figures = bench.members.get(number), bench.card(number).figures
    head = [f"{ids.display(ids.MEMBER, number)}  {member.name}", line(figures, clock.now()), ""]
    lines = table([_cells(entry) for entry in page.entries]) or [tr("Nothing fits.")]
    if page.after is not None:
        many = len(page.entries)
        lines.append(counted(many, "({count} entry; --limit 0: all)", "({count} entries; --limit 0: all)"))
    return Output([_json(entry) for entry in page.entries], head + lines)


def _cells(entry: Entry) -> tuple[str, ...]:
    said = ": ".join(filter(None, (title(entry), words(entry))))
    return _id(entry) or "", when(entry.at), under(entry), one_line(said, 120)


def _id(entry: Entry) -> str | None:
    if entry.kind in _LETTERS:
        return ids.display(_LETTERS[entry.kind], entry.id)
    if entry.message_id is not None:
        return ids.display(ids.MESSAGE, entry.message_id)
    return named(ids.CONVERSATION, entry.conversation_id)


def _json(entry: Entry) -> Shape:
    return {
        "kind": entry.kind, "what": entry.stage, "id": _id(entry), "at": iso(entry.at), "title": title(entry),
        "words": words(entry) or None, "with": entry.who or None, "channel": entry.account or None,
        "channel_kind": entry.channel or None, "conversation": named(ids.CONVERSATION, entry.conversation_id),
        "message": named(ids.MESSAGE, entry.message_id),
    }  # fmt: skip
