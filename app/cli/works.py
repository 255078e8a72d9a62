"""`work list|show|add|ask|grant|refuse|withdraw|remove`: what members made, and their permission to use it."""

from __future__ import annotations

from argparse import Namespace

from app.base import dates, ids
from app.base.errors import UserError
from app.base.words import N_, counted, tr
from app.cli.arguments import Commands, Parser, limit
from app.cli.output import Output, iso, one_line, table
from app.cli.search import member_of
from app.cli.shapes import Shape, named, person
from app.cli.text_files import text_of
from app.workbench import Workbench
from app.works import KINDS, STATE_NAMES, STATES, Work, standing
from app.works.desk import Said

_WORK = N_("W-..., from `work list`")


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("work", tr("photos, recipes and drawings of members, and permission to use them"))
    made = group.add("list", show_list, tr("list what members made, the last noted first"))
    made.add_argument("--state", choices=STATES, default="", help=tr("only those in this state"))
    made.add_argument("--member", metavar=tr("MEMBER"), help=tr("only for this member: P-... or words from the name"))
    made.add_argument("--ending", action="store_true", help=tr("only those whose permission ends within 30 days"))
    limit(made)
    made = group.add("show", show, tr("show a work, where it came and what was said"))
    made.add_argument("id", metavar=tr("ID"), help=tr(_WORK))
    made = group.add("add", note, tr("note what a member made: a message's picture or words, or a page of theirs"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..., or P-... with --kind and --title"))
    made.add_argument("--kind", choices=KINDS, default="", help=tr("default: by the message"))
    made.add_argument("--title", default="", metavar=tr("TITLE"), help=tr("default: by the message"))
    made.add_argument("--for", dest="for_what", default="", metavar=tr("WHAT"), help=tr("what you want it for"))
    made.add_argument(
        "--file", type=int, metavar=tr("N"), help=tr("the number of the message's file; default: a picture")
    )
    made.add_argument("--url", default="", metavar=tr("URL"), help=tr("with P-...: the page where it is"))
    made.add_argument("--text-file", default="", metavar=tr("F"), help=tr("with P-...: its words"))
    made = group.add("ask", ask, tr("begin the reply that asks for permission, in the member's language"))
    made.add_argument("id", metavar=tr("ID"), help=tr(_WORK))
    made.add_argument("--for", dest="for_what", default="", metavar=tr("WHAT"), help=tr("what you want it for"))
    made.add_argument("--language", default="", metavar=tr("L"), help=tr("default: the member's"))
    made.add_argument("--by-hand", action="store_true", help=tr("you've asked in another way: only note it"))
    made = group.add("grant", grant, tr("note that they gave permission"))
    _said(made)
    made.add_argument("--for", dest="for_what", default="", metavar=tr("WHAT"), help=tr("what it may be used for"))
    made.add_argument(
        "--credit",
        metavar=tr("LINE"),
        help=tr("the line of credit; '' for no credit; default: the line Rapport suggests"),
    )
    made.add_argument("--until", default="", metavar=tr("DATE"), help=tr("the last day; default: no end"))
    _said(group.add("refuse", refuse, tr("note that they don't want it used")))
    _said(group.add("withdraw", withdraw, tr("note that they took their permission back")))
    made = group.add("remove", remove, tr("take a work off the list"))
    made.add_argument("id", metavar=tr("ID"), help=tr(_WORK))


def _said(made: Parser) -> None:
    made.add_argument("id", metavar=tr("ID"), help=tr(_WORK))
    made.add_argument("--message", metavar=tr("ID"), help=tr("M-..., the message in which they said it"))
    made.add_argument("--note", default="", metavar=tr("NOTE"), help=tr("a note of yours"))


def work_json(work: Work) -> Shape:
    """A work; `state` knows today: a permission that is over is `expired`."""
    return {
        "id": ids.display(ids.WORK, work.id), "member": person(work.member_id, work.member), "kind": work.kind,
        "title": work.title, "state": standing(work), "message": named(ids.MESSAGE, work.message_id),
        "conversation": named(ids.CONVERSATION, work.conversation_id), "url": work.url or None,
        "words": work.excerpt or None, "for": work.for_what or None, "credit": work.credit or None,
        "until": work.until_on or None, "days_left": work.days_left, "noted_at": iso(work.created_at),
        "asked_at": iso(work.asked_at), "asked_by": named(ids.OUTBOX, work.asked_outbox_id),
        "said_at": iso(work.said_at), "said_in": named(ids.MESSAGE, work.said_message_id), "note": work.note or None,
    }  # fmt: skip


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List works."""
    member = None if asked.member is None else member_of(bench, asked.member)
    if asked.ending:
        found = [work for work in bench.works.ending() if member in (None, work.member_id)][: asked.limit]
    else:
        found = bench.works.listed(asked.state, member, asked.limit)
    lines = table([_cells(work) for work in found]) or [tr("No works are noted.")]
    return Output([work_json(work) for work in found], lines)


def _cells(work: Work) -> tuple[str, ...]:
    return (
        ids.display(ids.WORK, work.id), work.kind, state_words(work), work.member,
        named(ids.MESSAGE, work.message_id) or "", one_line(work.title, 80),
    )  # fmt: skip


def state_words(work: Work) -> str:
    """Where the permission stands: "permission given until 2027-05-31"."""
    words = tr(STATE_NAMES[standing(work)])
    if work.state != "granted" or not work.until_on:
        return words
    day = dates.written(work.until_on)
    if standing(work) == "expired":
        return tr("permission ended on {day}").format(day=day)
    return tr("permission given until {day}").format(day=day)


def show(bench: Workbench, asked: Namespace) -> Output:
    """Show one work."""
    return details(bench.works.get(ids.number(ids.WORK, asked.id)))


def details(work: Work) -> Output:
    """A work with all that is noted of it."""
    lines = ["  ".join(_cells(work))]
    lines += [tr("For: {what}").format(what=work.for_what)] if work.for_what else []
    lines += [tr("Credit line: {line}").format(line=work.credit)] if work.credit else []
    lines += [tr("Page: {url}").format(url=work.url)] if work.url else []
    lines += [tr("Note: {note}").format(note=work.note)] if work.note else []
    lines += [one_line(work.excerpt, 400)] if work.excerpt else []
    return Output(work_json(work), lines)


def note(bench: Workbench, asked: Namespace) -> Output:
    """Note a work of a message, or of a member."""
    kind, number = ids.parse(asked.id)
    if kind == ids.MEMBER:
        if not asked.kind or not asked.title:
            raise UserError(tr("For a member, give --kind and --title."))
        words = text_of(asked.text_file) if asked.text_file else ""
        made = bench.works.add_for(
            bench.members.get(number).id, asked.kind, asked.title, asked.for_what, url=asked.url, words=words
        )
    else:
        number = ids.number(ids.MESSAGE, asked.id)
        file = None if asked.file is None else _file(bench, number, asked.file)
        made = bench.works.add(number, asked.kind, asked.title, asked.for_what, attachment_id=file)
    return _told(bench, made, tr("Noted {id}, by {name}: {title}"))


def _file(bench: Workbench, message: int, place: int) -> int:
    """The id of a message's file by its place among them. Raises UserError."""
    files = bench.attachments.of_message(message)
    if not 1 <= place <= len(files):
        words = counted(len(files), "That message has {count} file.", "That message has {count} files.")
        raise UserError(words)
    return int(files[place - 1].id)


def ask(bench: Workbench, asked: Namespace) -> Output:
    """Begin the reply that asks, or note that they were asked."""
    number = ids.number(ids.WORK, asked.id)
    if asked.by_hand:
        if asked.for_what:
            bench.works.change(number, {"for_what": asked.for_what})
        bench.works.ask_by_hand(number)
        return _told(bench, number, tr("{id}: {name} has been asked for “{title}”."))
    begun = bench.works.ask(number, bench.templates, asked.for_what, asked.language)
    talk = ids.display(ids.CONVERSATION, begun.conversation_id)
    work = bench.works.get(number)
    whom = talk if begun.answers is None else ids.display(ids.MESSAGE, begun.answers)
    said = tr("The draft is in {conversation}, nothing is sent. `reply {id} --text-file F` sends it in your words:")
    draft = {
        "conversation": talk, "answers": named(ids.MESSAGE, begun.answers), "text": begun.draft.text,
        "language": begun.draft.language,
    }  # fmt: skip
    shape: Shape = {**work_json(work), "draft": draft}
    return Output(shape, [said.format(conversation=talk, id=whom), begun.draft.text])


def grant(bench: Workbench, asked: Namespace) -> Output:
    """Note that they gave permission."""
    number, message = ids.number(ids.WORK, asked.id), _message(asked)
    credit = bench.works.credit(number, message) if asked.credit is None else asked.credit
    bench.works.grant(number, Said(asked.for_what, credit, bench.dates.day(asked.until), message, note=asked.note))
    return _told(bench, number, tr("{id}: {name} gave permission for “{title}”."))


def refuse(bench: Workbench, asked: Namespace) -> Output:
    """Note that they don't want it used."""
    number = ids.number(ids.WORK, asked.id)
    bench.works.refuse(number, Said(message_id=_message(asked), note=asked.note))
    return _told(bench, number, tr("{id}: {name} doesn't want “{title}” used."))


def withdraw(bench: Workbench, asked: Namespace) -> Output:
    """Note that they took it back."""
    number = ids.number(ids.WORK, asked.id)
    bench.works.withdraw(number, Said(message_id=_message(asked), note=asked.note))
    return _told(bench, number, tr("{id}: {name} took back permission for “{title}”."))


def remove(bench: Workbench, asked: Namespace) -> Output:
    """Take a work off the list."""
    work = bench.works.get(ids.number(ids.WORK, asked.id))
    bench.works.remove(work.id)
    words = tr("Removed {id}: “{title}” by {name} is no longer watched for.")
    said = words.format(id=ids.display(ids.WORK, work.id), title=work.title, name=work.member)
    return Output({**work_json(work), "removed": True}, [said])


def _message(asked: Namespace) -> int | None:
    return None if asked.message is None else ids.number(ids.MESSAGE, asked.message)


def _told(bench: Workbench, number: int, sentence: str) -> Output:
    work = bench.works.get(number)
    said = sentence.format(id=ids.display(ids.WORK, work.id), name=work.member, title=work.title)
    lines = [said]
    if work.state == "granted":
        credit = tr("Credit line: {line}").format(line=work.credit) if work.credit else tr("No credit line.")
        lines += [credit, *([state_words(work)] if work.until_on else [])]
    return Output(work_json(work), lines)
