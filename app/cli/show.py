"""`show ID`: a conversation with its messages, a message, a member with the history, a hand-off, a gift, a reply."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from app.base import ids
from app.base.errors import UserError
from app.base.words import counted, tr
from app.cli.answers import Answer, when
from app.cli.arguments import Commands, limit
from app.cli.members import card_lines
from app.cli.shapes import card, opened, spoken
from app.inbox import default
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.inbox import Line, Opened


def add(commands: Commands) -> None:
    """The command."""
    made = commands.add("show", show, "show one item by its id, with everything related to it")
    made.add_argument("id", metavar="ID", help=tr("C-12, M-512, P-7, H-0042-7K, G-0042-7K or O-3"))
    limit(made, 200)


def show(bench: Workbench, asked: Namespace) -> Answer:
    """What the id names."""
    kind, number = ids.parse(asked.id)
    if kind == "C":
        return conversation(bench, number, asked.limit)
    if kind == "M":
        return conversation(bench, bench.inbox.conversation_of(number), asked.limit)
    if kind == "P":
        found = bench.card(number)
        return Answer(card(found), card_lines(found))
    return _other(bench, kind, number)


def _other(bench: Workbench, kind: str, number: int) -> Answer:
    if kind == "G":
        from app.cli import gifts  # noqa: PLC0415  each noun shows itself

        return gifts.details(bench.gifts.get(number))
    if kind == "H":
        from app.cli import handoffs  # noqa: PLC0415  as above

        return handoffs.details(bench, bench.handoffs.get(number))
    if kind == "O":
        from app.cli import replies  # noqa: PLC0415  as above

        return replies.details(bench.outbox.get(number))
    msg = tr("Ids that start with {kind}- can't be shown.").format(kind=kind)
    raise UserError(msg)


def conversation(bench: Workbench, number: int, most: int) -> Answer:
    """A conversation, opened; that it was looked at from a shell does not make it read."""
    found = bench.inbox.open(number, most)
    return Answer(opened(found), _lines(found))


def _lines(found: Opened) -> list[str]:
    row = found.row
    about = [row.account, row.member, row.language, spoken(row.state), *(f"#{name}" for name in found.labels)]
    lines = [f"{ids.display('C', row.id)}  {row.title}".rstrip(), "  ".join(word for word in about if word)]
    lines += [found.post_title] if found.post_title and found.post_title != row.title else []
    lines += [found.url] if found.url else []
    earlier = counted(found.earlier, "({0} earlier message left out)", "({0} earlier messages left out)")
    lines += [earlier] if found.earlier else []
    for line in found.lines:
        lines += ["", *_line(line)]
    to = default(found.speakers)
    if len(found.speakers) > 1 and to is not None:
        lines += [
            "",
            (
                tr("A reply goes to {label}; `reply {id} --to WHOM` sends it to someone else.").format(
                    label=to.label, id=ids.display("C", row.id)
                )
            ),
        ]
    return lines + (["", tr("Draft: {draft}").format(draft=found.draft)] if found.draft else [])


def _line(line: Line) -> list[str]:
    if line.kind in ("handoff", "gift", "promise", "outbox"):
        word = {"handoff": "Hand-off", "gift": "Gift", "promise": "Promise", "outbox": "Reply"}[line.kind]
        whom = f" to {line.author}" if line.author else ""
        return [
            f"{when(line.at)}  {word}{whom}, {spoken(line.state)}: {line.text}",
            *([f"  {line.extra}"] if line.extra else []),
        ]
    marks = "".join(f", {word}" for word, on in (("edited", line.edited), ("deleted on the channel", line.gone)) if on)
    to = f" to {line.to}" if line.to else ""
    head = f"{when(line.at)}  {line.author or 'Somebody'}{to}{marks}"
    files = [f"  [{name}, {size:,} bytes]" for _, name, size in line.files]
    return [head, *(f"  {text}" for text in line.text.splitlines()), *files]
