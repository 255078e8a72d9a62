"""`reply` and `outbox`: through the same voice guide and outbox as in the window."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.base import clock, ids
from app.base.errors import UserError
from app.base.message import Addressee
from app.base.words import tr
from app.channels import windows
from app.channels.registry import channel
from app.channels.windows import Closing
from app.cli.altered import change_in_a_sentence
from app.cli.approving import approval, cools
from app.cli.arguments import Commands, Parser, limit
from app.cli.output import Output, iso, one_line, table, when
from app.cli.places import at_first_reply
from app.cli.promises import number_of, offers_json, promising, refuse_unknown
from app.cli.reply_files import along, going_along
from app.cli.shapes import Shape, named, receiver, spoken, venue_json
from app.cli.templates import finding_json, which_language
from app.cli.text_files import text_of
from app.cooling import BY_CHOICE
from app.inbox import called, default
from app.inbox.addressing import BCC, CC, TO, Addressing, head, typed
from app.mail.compose import ascii_address
from app.members.cautions import of_answer
from app.promises import Drafted, Made
from app.voice import Draft
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.outbox import Entry
    from app.promises.recognising import Offer
    from app.templates import Filled

UNSENT = ("failed", "undecided")
"""States in which a command that sends ends with status 1."""


def add(commands: Commands) -> None:
    """Add the commands."""
    made = commands.add("reply", reply, tr("reply to a conversation, through the voice guide and the outbox"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..., or M-... for the message to reply to"))
    made.add_argument(
        "--to",
        metavar=tr("WHOM"),
        help=(
            tr(
                "who gets it, among those who wrote: a name, an address, an identity, P-... or "
                "M-...; of a letter also any e-mail address; default: the last who wrote and is still waiting, or if "
                "nobody is, the last who wrote"
            )
        ),
    )
    _letter_options(made)
    source = made.add_mutually_exclusive_group(required=True)
    source.add_argument("--text-file", metavar=tr("F"), help=tr("a file with the text; - reads standard input"))
    source.add_argument("--template", metavar=tr("KEY"), help=tr("a template's text, filled in for this member"))
    made.add_argument(
        "--language",
        default="",
        metavar=tr("L"),
        help=tr("the language of the text; default: the conversation's, for a template the member's"),
    )
    made.add_argument(
        "--fill", metavar=tr("BLANK=WORDS"), action="append", default=[], help=tr("the text for a template's blank")
    )
    made.add_argument(
        "--override",
        default="",
        metavar=tr("REASON"),
        help=tr("the reason for sending anyway when the voice guide needs one"),
    )
    made.add_argument("--done", action="store_true", help=tr("also mark the conversation as done"))
    made.add_argument(
        "--solved",
        metavar=tr("REASON"),
        default="",
        help=tr("with --done: how it was solved; required if the conversation is marked unhappy or difficult"),
    )
    soon = made.add_mutually_exclusive_group()
    soon.add_argument(
        "--now",
        action="store_true",
        help=tr("send right away; otherwise there is time for `undo`, then `sync` or an open window sends it"),
    )
    soon.add_argument("--at", metavar=tr("WHEN"), help=tr("send later: tomorrow, mon 9, next block, 2026-12-24 09:00"))
    soon.add_argument(
        "--cool-off", action="store_true", help=tr("hold it for 20 minutes; an angry text is held so by itself")
    )
    made.add_argument(
        "--attach", action="append", default=[], metavar=tr("FILE"), help=tr("a file that goes along with the reply")
    )
    made.add_argument(
        "--keep-held",
        action="store_true",
        help=tr("leave the comment held for approval; otherwise it's approved when the reply is sent"),
    )
    promising(made)
    made.add_argument("--thread", action="store_true", help=tr("send a text that's too long for the channel in parts"))
    group = commands.group("outbox", tr("replies to be sent, and their status"))
    made = group.add("list", show_list, tr("list replies that are held, queued, being sent, undecided or failed"))
    made.add_argument("--all", action="store_true", help=tr("include sent and discarded replies"))
    limit(made)
    for name, says in (
        ("retry", tr("send a failed reply again, or an undecided one that didn't arrive or wasn't posted")),
        ("discard", tr("discard a reply; its text becomes the draft again, unless you have begun another draft")),
        ("confirm", tr("confirm that an undecided reply arrived, or that you posted it")),
    ):
        made = group.add(name, decide, says)
        made.add_argument("id", metavar=tr("ID"), help=tr("O-..."))
    _more_commands(group)


def _letter_options(made: Parser) -> None:
    several = made.add_mutually_exclusive_group()
    several.add_argument(
        "--all", action="store_true", help=tr("to its writer, with copies to all whom the letter names")
    )
    several.add_argument("--list", action="store_true", help=tr("to the mailing list: everybody on it reads it"))
    made.add_argument("--cc", metavar=tr("ADDRESS"), action="append", default=[], help=tr("who gets a copy"))
    made.add_argument("--bcc", metavar=tr("ADDRESS"), action="append", default=[], help=tr("who gets a blind copy"))
    made.add_argument(
        "--from",
        dest="sender",
        default="",
        metavar=tr("ADDRESS"),
        help=tr("an address of the account; default: the one that was written to"),
    )


def _more_commands(group: Commands) -> None:
    made = group.add("postpone", postpone, tr("choose another time for a held reply"))
    made.add_argument("id", metavar=tr("ID"), help=tr("O-..."))
    made.add_argument("when", metavar=tr("WHEN"), nargs="+", help=tr("2026-12-24 09:00, tomorrow, monday, 3 days"))
    group.add("send-now", send_now, tr("send a held reply now")).add_argument("id", metavar=tr("ID"), help=tr("O-..."))
    made = group.add("post", post, tr("get the text and the page of a reply that only you can post; then confirm it"))
    made.add_argument("id", metavar=tr("ID"), help=tr("O-..."))


def reply(bench: Workbench, asked: Namespace) -> Output:
    """Put a reply into the outbox, and send it with --now; exit status 1 if it is failed or undecided then."""
    number, answers, addressing = _addressed(bench, asked)
    draft = _draft(bench, number, asked, answers)
    going = replace(draft, files=going_along(bench, asked.attach, draft.template_id if asked.template else None))
    cleared = bench.voice.clear(bench.outbox.read_by(going, number, answers, addressing), reason=asked.override)
    notes = [finding_json(finding) for finding in bench.voice.look(cleared.draft)]
    hold = 0 if asked.now else bench.settings.number("hold_seconds")
    at = BY_CHOICE if asked.cool_off else None if asked.at is None else moment(bench, asked.at)
    begun, promised_there = bench.inbox.open(number, 1), bench.inbox.drafts.promised(number)
    too_late = None if not at else windows.missed(begun.row, at, clock.now())
    left = along(bench, number, begun.row.kind, asked.attach, draft.template_id if asked.template else None)
    offers = bench.promises.offers(draft.text, [draft.language])
    promised = _promised(bench, number, answers, asked, offers)
    made = bench.cooling.reply(
        cleared, number, then_done=asked.done, solved=asked.solved, hold_seconds=hold, at=at, thread=asked.thread,
        answers=answers, addressing=addressing, keep_held=asked.keep_held, promised=promised,
    )  # fmt: skip
    if begun.draft.strip() not in ("", draft.text.strip()):  # what is being written in the window is another reply
        to = begun.answering
        answered = to.message_id if to else None
        bench.inbox.keep_draft(number, begun.draft, begun.row.language, answered, begun.addressing, seen="")
        bench.inbox.drafts.note_promised(number, promised_there)
    if asked.now:
        bench.sync.send(bench.outbox.get(made).account_id)
    entry = bench.outbox.get(made)
    shape = {**entry_json(bench, entry), "parts": _parts(bench, entry), "findings": notes,
             "closes_before": iso(too_late.at if too_late is not None else None)}  # fmt: skip
    shape["cools_until"] = iso(entry.held_until) if entry.cools else None
    shape["not_attached"] = list(left)
    shape["promises"] = offers_json(offers, taken=asked.promise)
    caution = bench.outbox.caution(number)
    asked_not = _asked_not(bench, begun.row.member_id)
    shape["caution"] = asked_not or None
    lines = [
        in_a_sentence(entry),
        *cools(entry),
        *_too_late(too_late),
        *left,
        *filter(None, (caution, asked_not)),
        *approval(bench, entry),
        *_others(bench, number),
    ]
    lines += at_first_reply(bench, entry.account_id)
    return Output(shape, lines, 1 if entry.state in UNSENT else 0)


def _asked_not(bench: Workbench, member: int | None) -> str:
    """What a member who asked not to be written to is to be spared; "" for anybody else."""
    return of_answer(bench.members.get(member)) if member is not None else ""


def _too_late(end: Closing | None) -> list[str]:
    """The line that warns of a time by which the conversation is closed."""
    return [] if end is None else [windows.words_missed(end, when(end.at))]


def _promised(bench: Workbench, number: int, answers: int | None, asked: Namespace, offers: Sequence[Offer]) -> Drafted:
    """What the reply is to promise and to keep. Raises UserError for a promise that it cannot keep."""
    keeps = [number_of(typed) for typed in asked.keeps]
    if keeps:
        to = bench.inbox.receiver(number, answers) if answers is not None else None
        refuse_unknown(bench, keeps, number, to.member_id if to is not None else None)
    made = tuple(Made(offer.what, offer.due_on) for offer in offers) if asked.promise else ()
    return Drafted(made, tuple(keeps))


def _others(bench: Workbench, number: int) -> list[str]:
    """A line naming who else in a private conversation still waits for a reply; nothing for a public one."""
    opened = bench.inbox.open(number, 1)
    names = [called(speaker, opened.speakers) for speaker in opened.speakers if speaker.waits]
    return (
        [tr("You still owe {names} a reply.").format(names=", ".join(names))] if names and not opened.row.public else []
    )


def _addressed(bench: Workbench, asked: Namespace) -> tuple[int, int | None, Addressing]:
    """The conversation, the message that is answered, and whom a letter goes to besides or instead of its author."""
    free: tuple[Addressee, ...] = ()
    if asked.to is not None and "@" in asked.to:
        try:
            number, answers = _answered(bench, asked)
        except UserError:
            free = typed(asked.to)
            number, answers = _answered(bench, Namespace(id=asked.id, to=None))
    else:
        number, answers = _answered(bench, asked)
    if free and (asked.all or asked.list):
        msg = tr("--to sends it to {address}. Leave out --all and --list.").format(address=free[0].address)
        raise UserError(msg)
    copies = {role: typed("\n".join(given), role) for role, given in ((CC, asked.cc), (BCC, asked.bcc))}
    chosen = Addressing(to=free)
    to = bench.inbox.receiver(number, answers) if answers is not None else None
    unanswered = to is None and bench.inbox.row(number).state == "quiet"  # then submitting says why nothing is sent
    if asked.list and not unanswered:
        chosen = bench.inbox.letters.to_mailing_list(to)
    elif asked.all and to is not None:
        chosen = bench.inbox.letters.to_everybody(to)
    return number, answers, chosen._replace(cc=(*chosen.cc, *copies[CC]), bcc=copies[BCC], sender=asked.sender)


def _answered(bench: Workbench, asked: Namespace) -> tuple[int, int | None]:
    """The conversation, and the message whose author gets the reply (None if nobody but us has written).

    Decided once, so that a template is filled in for the same person whom the reply goes to.
    """
    kind, number = ids.parse(asked.id)
    if kind == ids.MESSAGE:
        if asked.to is not None:
            msg = tr("{id} already says who the reply goes to. Leave out --to.").format(id=asked.id)
            raise UserError(msg)
        return bench.inbox.conversation_of(number), number
    number = bench.inbox.current(ids.number("C", asked.id))
    if asked.to is not None:
        return number, bench.inbox.message_from(number, asked.to)
    to = default(bench.inbox.open(number, 1).speakers)
    return number, to.message_id if to is not None else None


def _parts(bench: Workbench, first: Entry) -> list[str]:
    """The ids of all parts of a reply, in order; just its own unless it is sent as a thread."""
    from app.outbox import OPEN, SENT  # noqa: PLC0415  only needed with replies

    after = {entry.after_id: entry.id for entry in bench.outbox.entries((*OPEN, SENT), first.conversation_id)}
    numbers = [first.id]
    while numbers[-1] in after:
        numbers.append(after[numbers[-1]])
    return [ids.display("O", number) for number in numbers]


def moment(bench: Workbench, typed: str) -> int:
    """Parse a future time (Unix seconds) from words or ISO 8601. Raises UserError if it cannot be parsed."""
    from app.inbox import is_reply  # noqa: PLC0415  as above

    if is_reply(typed):
        msg = tr("A reply can't wait for a reply. Give a time, like 2026-12-24 09:00.")
        raise UserError(msg)
    return bench.dates.moment(typed.strip())


def _draft(bench: Workbench, number: int, asked: Namespace, answers: int | None) -> Draft:
    row = bench.inbox.row(number)
    if asked.text_file:
        if asked.fill:
            msg = tr("--fill only works with --template: a text has no blanks.")
            raise UserError(msg)
        asks = bench.works.asks_in(number)  # own words for the draft that asks for permission ask for it too
        language = asked.language or row.language
        return Draft(bench.facts.fill(text_of(asked.text_file), language, number), language, asks)
    pick = bench.templates.pick(asked.template, number, asked.language, answers)
    if pick is None:
        raise UserError(which_language(bench.templates.get(asked.template)))
    text, left = _filled(pick.filled, asked.fill)
    if left:
        how = " ".join(f"--fill {name}=..." for name in dict.fromkeys(left))
        msg = tr("“{name}” still needs filling in. Use {options}").format(name=pick.template.name, options=how)
        raise UserError(msg)
    return Draft(text, pick.text.language, pick.template.id, pick.text.variant)


def _filled(filled: Filled, pairs: list[str]) -> tuple[str, list[str]]:
    """The text with the blanks filled in that were left, and the names of those that still are.

    What a value puts in is taken literally, even if it looks like a blank.
    """
    words: dict[str, str] = {}
    names = [filled.text[start:end].strip("{}") for start, end in filled.stops]
    for pair in pairs:
        blank, sign, said = pair.partition("=")
        if not sign or blank not in names:
            msg = tr(
                "“{pair}” doesn't fill in anything. Write BLANK=WORDS with a blank that's still empty in this template."
            ).format(pair=pair)
            raise UserError(msg)
        words[blank] = said
    text, past = "", 0
    for name, (start, end) in zip(names, filled.stops, strict=True):
        text += filled.text[past:start] + words.get(name, filled.text[start:end])
        past = end
    return text + filled.text[past:], [name for name in names if name not in words]


def in_a_sentence(entry: Entry) -> str:
    """What became of a message in the outbox, or of a change to one, in a sentence."""
    from app.outbox import STATES_IN_WORDS  # noqa: PLC0415  only needed with replies

    if entry.is_change:
        return change_in_a_sentence(entry)
    name = ids.display("O", entry.id)
    if entry.state == "sent":
        return tr("{id}: sent to {name}.").format(id=name, name=entry.to_whom)
    if entry.state == "held" and entry.later:
        return tr("{id}: to {name}, scheduled for {when}. `outbox postpone` and `outbox send-now` change that.").format(
            id=name, name=entry.to_whom, when=when(entry.held_until)
        )
    if entry.state == "held":
        until = when(entry.held_until)
        return tr(
            "{id}: to {name}, held until {when}; then the window or `sync` sends it. Use `undo` to cancel it."
        ).format(id=name, name=entry.to_whom, when=until)
    if entry.state == "queued":
        sentence = tr("{id}: to {name}, waiting to be sent.")
        if entry.error:
            sentence = tr("{id}: to {name}, waiting to be sent. {error}")
        return sentence.format(id=name, name=entry.to_whom, error=entry.error)
    return (
        tr("{id}: to {name}, {state}. {error}")
        .format(id=name, name=entry.to_whom, state=tr(STATES_IN_WORDS.get(entry.state, entry.state)), error=entry.error)
        .rstrip()
    )


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List the outbox."""
    from app.outbox import DISCARDED, OPEN, SENT  # noqa: PLC0415  only needed with replies

    entries = bench.outbox.entries((*OPEN, SENT, DISCARDED) if asked.all else OPEN)[: asked.limit]
    cells = [
        (
            ids.display("O", entry.id),
            entry.state,
            when(entry.created_at),
            entry.account,
            entry.to_whom,
            one_line(entry.text, 60),
            entry.error,
        )
        for entry in entries
    ]
    shapes = [entry_json(bench, entry) for entry in entries]
    return Output(shapes, table(cells) or [tr("Nothing is waiting to be sent.")])


def decide(bench: Workbench, asked: Namespace) -> Output:
    """Retry, discard or confirm a reply and show it."""
    number = ids.number("O", asked.id)
    decisions = {"retry": bench.outbox.retry, "discard": bench.outbox.discard, "confirm": bench.outbox.confirm}
    decisions[asked.outbox_command](number)
    return details(bench, bench.outbox.get(number))


def postpone(bench: Workbench, asked: Namespace) -> Output:
    """Reschedule a held reply and show it."""
    number, at = ids.number("O", asked.id), moment(bench, " ".join(asked.when))
    bench.outbox.postpone(number, at)
    entry = bench.outbox.get(number)
    told, talk = details(bench, entry), entry.conversation_id
    end = None if entry.venue is not None else windows.missed(bench.inbox.row(talk), at, clock.now())
    first, *rest = told.lines
    return Output(told.data, [first, *_too_late(end), *rest], told.status)


def send_now(bench: Workbench, asked: Namespace) -> Output:
    """Send a held reply now; exit status 1 if it is failed or undecided then."""
    number = ids.number("O", asked.id)
    bench.outbox.send_now(number)
    bench.sync.send(bench.outbox.get(number).account_id)
    entry = bench.outbox.get(number)
    return Output(entry_json(bench, entry), [in_a_sentence(entry)], 1 if entry.state in UNSENT else 0)


def post(bench: Workbench, asked: Namespace) -> Output:
    """Print the page to post on and the text to post; the reply is undecided until `confirm` or `retry`."""
    number = ids.number("O", asked.id)
    text, page = bench.outbox.start_posting_by_hand(number)
    shape = {**entry_json(bench, bench.outbox.get(number)), "text": text, "page": page or None}
    return Output(shape, [*([page] if page else []), *text.splitlines()])


def details(bench: Workbench, entry: Entry) -> Output:
    """Show one reply."""
    letter = bool(entry.boxes) and channel(entry.kind).by_address
    whom = head(entry.boxes, to_list=entry.to_list) if letter else ""
    about = tr("To {name} in {id}, via {account}").format(
        name=entry.to_whom, id=ids.display("C", entry.conversation_id), account=entry.account
    )
    words = [f"  {line}" for line in entry.full_text.splitlines()]
    lines = [in_a_sentence(entry), about, *([whom] if whom else []), *approval(bench, entry), *words]
    return Output(entry_json(bench, entry), lines)


def receivers(entry: Entry, members: Mapping[str, int] | None = None) -> list[Shape]:
    """The JSON of the recipients, with the address as the mail envelope has it, or the handle.

    `members` has the member of each known address. Where the one who is answered asked for replies elsewhere, they are
    still who gets it.
    """
    if entry.venue is not None:
        return []
    if entry.boxes:
        known = members or {}
        unknown = None if entry.member_id in known.values() else entry.member_id
        return [
            receiver(
                box.role, box.name, ascii_address(box.address),
                known.get(box.address.lower(), unknown if box.role == TO else None), public=entry.public,
            )
            for box in entry.boxes
        ]  # fmt: skip
    if entry.identity_id is None:
        return []
    address = ascii_address(entry.address) if channel(entry.kind).by_address else entry.address
    return [receiver("to", entry.member, address, entry.member_id, public=entry.public)]


def entry_json(bench: Workbench, entry: Entry) -> Shape:
    """The JSON of a message in the outbox, with the files that go along."""
    files = bench.outbox.files(entry.id)
    return {
        "id": ids.display("O", entry.id),
        "purpose": entry.purpose,
        "reaction": entry.reaction or None,
        "about": named("M", entry.about_id),
        "before": entry.about_text if entry.state != "sent" else None,
        "state": spoken(entry.state),
        "conversation": named("C", entry.conversation_id),
        "channel": entry.account,
        "kind": entry.kind,
        "to": entry.to_whom,
        "text": entry.text,
        "language": entry.language,
        "key": entry.key,
        "then_done": bool(entry.then_done),
        "created_at": iso(entry.created_at),
        "held_until": iso(entry.held_until),
        "receivers": receivers(entry, bench.outbox.members_at(entry) if entry.boxes else None),
        "venue": venue_json(entry.venue),
        "from": entry.sender or None,
        "ending": entry.ending or None,
        "answers": named("M", entry.answers_id),
        "approves": named("M", entry.answers_id) if entry.approves else None,
        "later": entry.later,
        "after": named("O", entry.after_id),
        "next_at": iso(entry.next_at),
        "tried": entry.tried,
        "sent_at": iso(entry.sent_at),
        "message": named("M", entry.message_id),
        "remote_id": entry.remote_id,
        "overrides": json.loads(entry.overrides or "[]"),
        "error": entry.error or None,
        "subject": entry.subject or None,
        "forwards": named("M", entry.about_id) if entry.purpose == "forward" else None,
        "files": [{"name": file.name, "type": file.type, "size": file.size} for file in files],
    }
