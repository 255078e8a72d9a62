"""`show ID`: show a conversation, message, member, hand-off, gift, reply, work or item by its id."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from app import gifts, handoffs, works
from app.base import ids
from app.base.errors import UserError
from app.base.words import N_, counted, tr
from app.cli.arguments import Commands, limit
from app.cli.context import with_post
from app.cli.member_card import card_lines
from app.cli.output import Output, when
from app.cli.shapes import card_json, opened_json, spoken
from app.cli.so_far import so_far_json, so_far_lines
from app.inbox import default
from app.inbox.addressing import named_in, worth_saying
from app.inbox.moderated import CLOSED
from app.inbox.names import in_words
from app.inbox.protection import how_protected, not_fetched
from app.inbox.quiet import delivery, read_in, why_quiet
from app.inbox.reactions import reaction_in_words
from app.mail.quotes import OWN, quoted_lines
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.inbox import AttachedFile, Line, Opened
    from app.inbox.left_out import LeftOut
    from app.inbox.receivers import Receiver
    from app.inbox.so_far import SoFar


_BESIDE = {
    "handoff": N_("Hand-off · {state}: {text}"),
    "gift": N_("Gift · {state}: {text}"),
    "promise": N_("Promise · {state}: {text}"),
    "work": N_("Work · {state}: {text}"),
    "outbox": N_("Reply · {state}: {text}"),
}
"""Lines of a conversation that aren't messages."""
_TO_SEND = N_("To send")  # a hand-off that no file has gone out with yet
_PROMISE_STATES = {"open": N_("open"), "kept": N_("kept"), "dropped": N_("dropped")}


def add(commands: Commands) -> None:
    """Add the command."""
    made = commands.add("show", show, tr("show a conversation, message, member, hand-off, gift or reply by its id"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-12, M-512, P-7, H-0042-7K, G-0042-7K, O-3, W-2 or I-4"))
    made.add_argument(
        "--whole", action="store_true", help=tr("show quotations as well, and what was left out of letters")
    )
    made.add_argument(
        "--post", action="store_true", help=tr("fetch the post that the comments are about, and show it too")
    )
    made.add_argument(
        "--picture", metavar=tr("FILE"), type=Path, help=tr("fetch the post, and save its picture; replaces nothing")
    )
    limit(made, 200)


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show what the id stands for. Raises UserError for a kind of id that cannot be shown."""
    kind, number = ids.parse(asked.id)
    if kind in ("C", "M"):
        talk = number if kind == "C" else bench.inbox.conversation_of(number)
        output = conversation(bench, talk, asked.limit, whole=asked.whole)
        return with_post(bench, talk, output, asked.picture) if asked.post or asked.picture else output
    if kind == "P":
        card = bench.card(number)
        return Output(card_json(card), card_lines(card))
    return _other(bench, kind, number)


def _other(bench: Workbench, kind: str, number: int) -> Output:
    if kind == "G":
        from app.cli.gifts import details  # noqa: PLC0415  loaded by this command alone

        return details(bench.gifts.get(number))
    if kind == "H":
        from app.cli.handoffs import details as handed  # noqa: PLC0415  as above

        return handed(bench, bench.handoffs.get(number))
    if kind == "O":
        from app.cli import replies  # noqa: PLC0415  as above

        return replies.details(bench, bench.outbox.get(number))
    if kind == ids.ITEM:
        from app.cli.items import details as item_details  # noqa: PLC0415  as above

        return item_details(bench, number)
    if kind == ids.WORK:
        from app.cli.works import details as work_details  # noqa: PLC0415  as above

        return work_details(bench.works.get(number))
    msg = tr("Ids that start with {kind}- can't be shown.").format(kind=kind)
    raise UserError(msg)


def conversation(bench: Workbench, number: int, most: int, *, whole: bool = False) -> Output:
    """Show a conversation with its last `most` messages, without marking it as read.

    With `whole` also what they quote, and what was left out of them.
    """
    opened = bench.inbox.open(number, most)
    told = bench.inbox.so_far(opened.row.id)
    lines, joined_into = _lines(bench, opened, told, whole=whole), None
    if opened.row.id != number:
        joined_into = ids.display("C", opened.row.id)
        asked = ids.display("C", number)
        lines = [tr("{id} was joined into {other}:").format(id=asked, other=joined_into), "", *lines]
    shape = {**opened_json(opened), "joined_into": joined_into, "so_far": so_far_json(told)}
    if whole:
        shape["left_out"] = {
            ids.display("M", line.id): [piece._asdict() for piece in _left_out(bench, line)]
            for line in opened.lines
            if line.left_out
        }
    return Output(shape, lines)


def _lines(bench: Workbench, opened: Opened, told: SoFar, *, whole: bool) -> list[str]:
    row = opened.row
    about = [row.account, row.member, row.language, spoken(row.state), *(f"#{name}" for name in opened.labels)]
    lines = [f"{ids.display('C', row.id)}  {row.title}".rstrip(), "  ".join(word for word in about if word)]
    lines += [opened.post_title] if opened.post_title and opened.post_title != row.title else []
    lines += [opened.url] if opened.url else []
    lines += [f"{tr(CLOSED).format(account=row.account)}."] if row.locked else []
    lines += [tr("Also in {account}.").format(account=name) for name in opened.also_in]
    lines += [opened.passed.sentence] if opened.passed is not None else []
    lines += [
        tr("Linked: {id} {title}").format(id=ids.display("C", link.conversation_id), title=link.title)
        for link in opened.links
    ]
    lines += so_far_lines(told, row.messages)
    earlier = counted(opened.earlier, "({count} earlier message left out)", "({count} earlier messages left out)")
    lines += [earlier] if opened.earlier else []
    for line in opened.lines:
        lines += ["", *_line(line, opened.own, opened.speakers, whole=whole)]
        for piece in _left_out(bench, line) if whole else ():
            lines += [f"  [{piece.title}]", *(f"  {words}" for words in piece.text.splitlines())]
    for asked in opened.names:
        shown = ids.display("M", asked.message_id)
        lines += [
            "",
            tr("{question} `same-person {id}` or `another-person {id}` answers.").format(
                question=in_words(asked), id=shown
            ),
        ]
    to = default(opened.speakers)
    if len(opened.speakers) > 1 and to is not None:
        lines += [
            "",
            (
                tr("A reply goes to {label}; `reply {id} --to WHOM` sends it to someone else.").format(
                    label=to.label, id=ids.display("C", row.id)
                )
            ),
        ]
    return lines + (["", tr("Draft: {draft}").format(draft=opened.draft)] if opened.draft else [])


def _state(line: Line) -> str:
    """The state of a line that isn't a message, in words."""
    if line.kind == "handoff":
        return tr(handoffs.STATE_NAMES.get(line.state, _TO_SEND))
    if line.kind == "gift":
        return tr(gifts.STATE_NAMES[line.state])
    if line.kind == "promise":
        return tr(_PROMISE_STATES[line.state])
    if line.kind == "work":
        return tr(works.STATE_NAMES[line.state])
    from app.outbox import STATES_IN_WORDS  # noqa: PLC0415  only needed with replies

    return tr(STATES_IN_WORDS[line.state])


def _left_out(bench: Workbench, line: Line) -> list[LeftOut]:
    return bench.inbox.letters.left_out(line.id) if line.left_out else []


def _said(line: Line, *, whole: bool) -> list[str]:
    """The lines of a message; what it quotes is a line in brackets, unless it is open or `whole` is asked for."""
    lines = line.text.split("\n")
    if whole or not line.pieces:
        return line.text.splitlines()
    said = list[str]()
    for piece in line.pieces:
        if piece.kind == OWN or piece.open:
            said += lines[piece.start : piece.end]
            continue
        many = quoted_lines(lines, piece)
        said.append(
            counted(many, "[{count} quoted line; --whole shows it]", "[{count} quoted lines; --whole shows them]")
        )
    return said


def notes_of(line: Line) -> tuple[str, ...]:
    """What is to be known of a letter, a sentence each; "" where there is nothing."""
    return delivery(line), why_quiet(line), read_in(line), how_protected(line), not_fetched(line)


def _moderated(line: Line) -> tuple[str, ...]:
    """What a message is at its channel: held, reported, hidden, the solution; and whether its author may write."""
    if not (line.upstream or line.solution or line.bar):
        return ()
    from app.moderation import words  # noqa: PLC0415  few messages need it

    until = line.bar.until if line.bar is not None else None
    return (
        words.upstream_in_words(line.upstream),
        tr(words.SOLUTION) if line.solution else "",
        words.barred(line.bar, when(until) if until is not None else "") if line.bar is not None else "",
    )


def _file(file: AttachedFile) -> str:
    words = counted(file.size, "{name}, {count:,} byte", "{name}, {count:,} bytes", name=file.name)
    if file.is_here:
        return words
    where = tr("in the mailbox") if file.at_server else tr("not kept, as it's larger than 10 MB")
    return f"{words}, {where}"


def _line(
    line: Line, own: Collection[str] = (), speakers: Collection[Receiver] = (), *, whole: bool = False
) -> list[str]:
    if line.kind in _BESIDE:
        sentence = tr(_BESIDE[line.kind])
        if line.kind == "handoff" and line.author:
            sentence = tr("Hand-off to {name} · {state}: {text}")
        text = sentence.format(name=line.author, state=_state(line), text=line.text)
        return [f"{when(line.at)}  {text}", *([f"  {line.extra}"] if line.extra else [])]
    author = line.author or (tr("You") if line.out else tr("Somebody"))
    whom = tr("{author} to {name}").format(author=author, name=line.to) if line.to else author
    corrected = tr("corrected {when}").format(when=when(line.versions[-1][1])) if line.versions else tr("edited")
    marks = (
        (tr("date guessed"), line.undated),
        (corrected, line.edited or line.versions),
        (tr("withdrawn") if line.withdrawn else tr("no longer on the channel"), line.gone),
    )
    shown = ids.display(ids.MESSAGE, line.id)
    head = ", ".join([f"{when(line.at)}  {shown}  {whom}", *(word for word, on in marks if on)])
    files = [f"  [{number}: {_file(file)}]" for number, file in enumerate(line.files, 1)]
    elsewhere = [f"{words} ({when(at)})" if at else words for words, at in line.mailbox]
    named = named_in(line.letter, own) if worth_saying(line.letter, own, speakers, out=line.out) else ""
    names = [f"  {named}"] if named else []
    notes = [f"  {note}" for note in (*notes_of(line), *_moderated(line), *elsewhere) if note]
    notes += [f"  {reaction_in_words(one)}" + (f": {one.error}" if one.error else "") for one in line.reactions]
    notes += ["  " + tr("Before: {text}").format(text=text) for text, _ in line.versions]
    subject = tr("Subject: {subject}").format(subject=line.subject) if line.subject else ""
    return [
        head,
        *([f"  {subject}"] if subject else []),
        *names,
        *(f"  {text}" for text in _said(line, whole=whole)),
        *(["  " + tr("[Something was left out; --whole shows it.]")] if line.left_out and not whole else []),
        *files,
        *notes,
    ]
