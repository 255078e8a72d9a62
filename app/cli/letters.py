"""`new`, `forward`, `private`, `letter`: messages that begin a conversation, by the voice guide and the outbox."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.base import clock, ids
from app.base.errors import UserError
from app.base.message import Addressee
from app.base.words import tr
from app.cli.approving import cools
from app.cli.arguments import Commands, Parser, limit
from app.cli.output import Output, iso, one_line, table, when
from app.cli.promises import number_of, offers_json, promising, refuse_unknown
from app.cli.replies import UNSENT, entry_json, in_a_sentence, moment
from app.cli.shapes import Shape, named, venue_json
from app.cli.templates import finding_json
from app.cli.text_files import text_of
from app.cooling import BY_CHOICE
from app.inbox import addressing
from app.promises import Drafted, Made, drafted_text
from app.voice import Draft
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.outbox import LetterDraft, Reach
    from app.outbox.entry import Entry


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add("new", new, tr("write a new message to somebody, or to several"))
    _receivers(made, needed=True)
    made.add_argument("--subject", default="", metavar=tr("S"), help=tr("the subject, where the channel has one"))
    _text(made, needed=True)
    promising(made)
    _sending(made)
    made = commands.add("forward", forward, tr("forward a message by e-mail, with the files that came with it"))
    made.add_argument("id", metavar=tr("ID"), help=tr("M-..."))
    _receivers(made, needed=True)
    _text(made, needed=False)
    _sending(made)
    made = commands.add("private", private, tr("offer in a public conversation to go on in private, and begin that"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..., or M-... for the message to reply to"))
    made.add_argument("--text-file", metavar=tr("F"), help=tr("the offer; default: the template “move-to-private”"))
    made.add_argument("--language", default="", metavar=tr("L"), help=tr("the language of the offer"))
    made.add_argument("--override", default="", metavar=tr("REASON"), help=tr("the reason for sending anyway"))
    made.add_argument("--now", action="store_true", help=tr("post the offer right away"))
    group = commands.group("letter", tr("messages that are being written and aren't sent yet"))
    limit(group.add("list", show_drafts, tr("list them, the latest first")))
    group.add("discard", discard, tr("discard one; `undo` brings it back")).add_argument(
        "id", metavar=tr("N"), help=tr("its number in `letter list`")
    )


def _receivers(made: Parser, *, needed: bool) -> None:
    made.add_argument(
        "--to", action="append", required=needed, metavar=tr("WHOM"), help=tr("an address, a handle, a name or P-...")
    )
    made.add_argument("--cc", action="append", default=[], metavar=tr("A"), help=tr("an address that gets a copy"))
    made.add_argument(
        "--bcc", action="append", default=[], metavar=tr("A"), help=tr("an address that gets a copy nobody sees")
    )
    made.add_argument("--account", metavar=tr("NAME"), help=tr("the account that it's sent from"))
    made.add_argument(
        "--from", dest="sender", default="", metavar=tr("A"), help=tr("which of your addresses it comes from")
    )
    made.add_argument(
        "--together",
        action="store_true",
        help=tr("one letter to all; default: one each, but with --cc or --bcc always one letter to all"),
    )


def _text(made: Parser, *, needed: bool) -> None:
    made.add_argument(
        "--text-file", required=needed, metavar=tr("F"), help=tr("a file with the text; - reads standard input")
    )
    made.add_argument("--language", default="", metavar=tr("L"), help=tr("the language of the text"))
    made.add_argument("--attach", action="append", default=[], metavar=tr("FILE"), help=tr("a file that goes along"))


def _sending(made: Parser) -> None:
    made.add_argument("--override", default="", metavar=tr("REASON"), help=tr("the reason for sending anyway"))
    soon = made.add_mutually_exclusive_group()
    soon.add_argument("--now", action="store_true", help=tr("send right away; otherwise there is time for `undo`"))
    soon.add_argument("--at", metavar=tr("WHEN"), help=tr("send later: tomorrow, mon 9, next block, 2026-12-24 09:00"))
    soon.add_argument(
        "--cool-off", action="store_true", help=tr("hold it for 20 minutes; an angry text is held so by itself")
    )


def new(bench: Workbench, asked: Namespace) -> Output:
    """Send a new message; exit status 1 if a letter of it is failed or undecided then."""
    from app.outbox import LetterDraft  # noqa: PLC0415  only needed with letters

    draft = _addressed(bench, LetterDraft(subject=asked.subject, language=asked.language), asked)
    text = text_of(asked.text_file)
    offers = bench.promises.offers(text, [draft.language])
    made = tuple(Made(offer.what, offer.due_on) for offer in offers) if asked.promise else ()
    keeps = [number_of(typed) for typed in asked.keeps]
    refuse_unknown(bench, keeps, None, draft.member_id)
    promised = drafted_text(Drafted(made, tuple(keeps)))
    shape, lines, status = _sent(bench, draft._replace(promise=promised), text, asked)
    return Output({**shape, "promises": offers_json(offers, taken=asked.promise)}, lines, status)


def forward(bench: Workbench, asked: Namespace) -> Output:
    """Forward a message; exit status 1 if it is failed or undecided then.

    Raises UserError if a file of it is not in ours, and not attached either.
    """
    number = ids.number("M", asked.id)
    attached = {Path(path).name for path in asked.attach}
    for file in bench.attachments.left_behind(number):
        if file.name not in attached:
            msg = tr(
                "“{name}” is too large to be in Rapport's file. Save it by `attachment save {id}`, and --attach it."
            )
            raise UserError(msg.format(name=file.name, id=ids.display(ids.MESSAGE, number)))
    begun = bench.letters.forward_of(number)
    try:
        draft = _addressed(bench, begun._replace(language=asked.language or begun.language), asked)
        return Output(*_sent(bench, draft, text_of(asked.text_file) if asked.text_file else "", asked))
    except BaseException:
        bench.letters.drop(begun.id)
        raise


def _addressed(bench: Workbench, draft: LetterDraft, asked: Namespace) -> LetterDraft:
    """The draft with the receivers, the account and the sender that were given."""
    account = None if asked.account is None else bench.accounts.named(asked.account).id
    receivers = [each for whom in asked.to for each in _each(whom)]
    ways = [bench.letters.find(whom, account or draft.account_id) for whom in receivers]
    through = account or draft.account_id or ways[0].account_id
    ways = [_through(bench, way, whom, through) for way, whom in zip(ways, receivers, strict=True)]
    boxes = [Addressee(addressing.TO, way.name, way.address) for way in ways]
    for role, typed in ((addressing.CC, asked.cc), (addressing.BCC, asked.bcc)):
        boxes += [box for text in typed for box in addressing.typed(text, role)]
    member = ways[0].member_id if len(ways) == 1 else None
    language = draft.language or (bench.letters.language_of(member) if member is not None else "")
    together = asked.together or (draft.forwards_id is not None and len(boxes) == 1)
    return draft._replace(
        account_id=through,
        receivers=tuple(boxes),
        sender=asked.sender,
        together=together,
        member_id=member,
        language=language,
    )


def _each(whom: str) -> list[str]:
    """The receivers that one `--to` names: several addresses may stand in it, as in `--cc`."""
    if "@" not in whom or "," not in whom.replace(";", ",").replace("\n", ","):
        return [whom]
    return [addressing.in_field([box]) for box in addressing.typed(whom)]


def _through(bench: Workbench, way: Reach, whom: str, account_id: int) -> Reach:
    """The way to the same person through this account: one message goes out through one."""
    return way if way.account_id == account_id else bench.letters.find(whom, account_id)


def _sent(bench: Workbench, draft: LetterDraft, text: str, asked: Namespace) -> tuple[Shape, list[str], int]:
    goes = bench.letters.destination(draft)
    if goes.problem:
        raise UserError(goes.problem)
    from app.outbox.careful import caution  # noqa: PLC0415  only needed with letters

    asked_not = caution(bench.store.read, draft)
    if asked_not and not asked.override.strip():
        raise UserError(asked_not + " " + tr("To write to them all the same, give the reason with --override."))
    wordless = draft.forwards_id is not None
    from app.outbox.files import digests  # noqa: PLC0415  only needed with letters

    words = bench.letters.read_by(Draft(text, draft.language, files=digests(asked.attach)), draft)
    cleared = bench.voice.clear(words, reason=asked.override, wordless=wordless)
    at = BY_CHOICE if asked.cool_off else None if asked.at is None else moment(bench, asked.at)
    kept = bench.letters.keep(draft._replace(text=text))
    try:
        from app.outbox import of_letter  # noqa: PLC0415  only needed with letters

        for path in asked.attach:
            bench.files.add(of_letter(kept.id), Path(path), goes.kind)
        hold = 0 if asked.now else bench.settings.number("hold_seconds")
        numbers = bench.cooling.letter(cleared, kept, hold_seconds=hold, at=at)
    except BaseException:
        bench.letters.drop(kept.id)
        raise
    if asked.now and kept.account_id is not None:
        bench.sync.send(kept.account_id)
    shape, lines, status = _said(bench, numbers, goes.sentence, cleared.draft)
    return {**shape, "caution": asked_not or None}, [*lines, *filter(None, [asked_not])], status


def _said(bench: Workbench, numbers: Sequence[int], where: str, draft: Draft) -> tuple[Shape, list[str], int]:
    """The answer: what the outbox says of each letter. The JSON of one is an object, with the others in `letters`."""
    entries = [bench.outbox.get(number) for number in numbers]
    shapes = [entry_json(bench, entry) for entry in entries]
    notes = [finding_json(finding) for finding in bench.voice.look(draft)]
    together = [receiver for shape in shapes for receiver in _list(shape["receivers"])]
    shape: Shape = {**shapes[0], "receivers": together, "findings": notes, "letters": shapes}
    shape["cools_until"] = iso(entries[0].held_until) if entries[0].cools else None
    lines = [where, *(line for entry in entries for line in (in_a_sentence(entry), *cools(entry)))]
    return shape, lines, 1 if any(entry.state in UNSENT for entry in entries) else 0


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def private(bench: Workbench, asked: Namespace) -> Output:
    """Post the offer, and begin a private draft to the same person."""
    kind, number = ids.parse(asked.id)
    answers = number if kind == ids.MESSAGE else None
    conversation = bench.inbox.conversation_of(number) if kind == ids.MESSAGE else ids.number("C", asked.id)
    draft = _offer(bench, conversation, answers, asked)
    cleared = bench.voice.clear(bench.outbox.read_by(draft, conversation, answers), reason=asked.override)
    hold = 0 if asked.now else bench.settings.number("hold_seconds")
    made, begun = bench.letters.move_to_private(cleared, conversation, answers=answers, hold_seconds=hold)
    if asked.now:
        bench.sync.send(bench.outbox.get(made).account_id)
    entry, goes = bench.outbox.get(made), bench.letters.destination(begun)
    lines = [_posted(entry), goes.sentence]
    if not goes.problem:
        say_how = tr("The private message is begun (letter {number}): write it in the window, or with `new`.")
        lines.append(say_how.format(number=begun.id))
    shape = {**entry_json(bench, entry), "private": draft_json(bench, begun)}
    return Output(shape, lines, 1 if entry.state in UNSENT else 0)


def _posted(entry: Entry) -> str:
    """What becomes of the offer, with the words that stand in public then."""
    from app.outbox.by_hand import is_by_hand  # noqa: PLC0415  only needed with letters
    from app.outbox.offers import MAX_WORDS_SHOWN  # noqa: PLC0415  as above

    words = one_line(entry.text, MAX_WORDS_SHOWN)
    if is_by_hand(entry.kind, entry.mode):
        sentence = tr("{id} is in the outbox. Post it yourself, in public: “{words}”")
        return sentence.format(id=ids.display("O", entry.id), words=words)
    return tr("{sentence} In public it says: “{words}”").format(sentence=in_a_sentence(entry), words=words)


def _offer(bench: Workbench, conversation: int, answers: int | None, asked: Namespace) -> Draft:
    """The text of the offer: the one given, else the template's."""
    if asked.text_file:
        return Draft(text_of(asked.text_file), asked.language or bench.inbox.row(conversation).language)
    from app.outbox import offer  # noqa: PLC0415  only needed with letters

    return offer(bench.templates, conversation, answers, asked.language)


def show_drafts(bench: Workbench, asked: Namespace) -> Output:
    """List the messages that are being written."""
    drafts = bench.letters.drafts()[: asked.limit]
    cells = [
        (
            str(draft.id),
            when(draft.at),
            _whom(draft),
            one_line(draft.subject, 40),
            one_line(draft.text, 60),
        )
        for draft in drafts
    ]
    return Output([draft_json(bench, draft) for draft in drafts], table(cells) or [tr("Nothing is being written.")])


def _whom(draft: LetterDraft) -> str:
    """Whom a draft goes to, in a list; of a post where it is published, and that it is one."""
    from app.outbox.entry import as_a_post  # noqa: PLC0415  only needed with letters

    venue = addressing.venue_in(draft.receivers)
    if venue is None:
        return addressing.blind_apart(draft.receivers)
    return as_a_post(venue.name) if venue.name else tr("a post")


def discard(bench: Workbench, asked: Namespace) -> Output:
    """Discard a message that is being written."""
    if not asked.id.isdecimal():
        msg = tr("“{typed}” isn't the number of a draft. `letter list` shows them.").format(typed=asked.id)
        raise UserError(msg)
    draft = bench.letters.get(int(asked.id))
    bench.letters.delete(draft.id)
    return Output({"id": draft.id, "discarded": True}, [tr("Discarded. `undo` brings it back.")])


def draft_json(bench: Workbench, draft: LetterDraft) -> Shape:
    """The JSON of a message that is being written."""
    from app.outbox import of_letter  # noqa: PLC0415  only needed with letters

    goes = bench.letters.destination(draft)
    files = bench.files.attached(of_letter(draft.id)) if draft.id else ()
    venue = addressing.venue_in(draft.receivers)
    receivers = draft.receivers if venue is None else ()
    return {
        "id": draft.id, "goes": goes.sentence, "problem": goes.problem or None, "letters": goes.letters,
        "receivers": [{"role": box.role, "name": box.name, "address": box.address} for box in receivers],
        "venue": venue_json(venue),
        "subject": draft.subject, "text": draft.text, "language": draft.language, "member": named("P", draft.member_id),
        "forwards": named("M", draft.forwards_id), "linked": named("C", draft.linked_id),
        "at": iso(draft.at or clock.now()),
        "files": [{"name": file.name, "type": file.type, "size": file.size} for file in files],
    }  # fmt: skip
