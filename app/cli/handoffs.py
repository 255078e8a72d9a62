"""`handoff add|list|file`: conversations handed to teammates."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from app.base import clock, ids
from app.base.errors import UserError
from app.base.words import tr
from app.cli import following, giving
from app.cli.arguments import Commands, limit
from app.cli.handoff_shape import handoff_json, state_now
from app.cli.output import Output, one_line, table, when
from app.cli.shapes import spoken
from app.cli.text_files import text_of
from app.handoffs import (
    KIND_NAMES,
    KINDS,
    PRIORITIES,
    STATE_NAMES,
    Handoff,
    Suggested,
    already,
    reason,
    suggested,
    suggested_without_talk,
)
from app.handoffs.desk import LISTS
from app.teammates import Teammate
from app.voice import Cleared, Draft
from app.workbench import Workbench


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("handoff", tr("hand-offs to teammates"))
    made = group.add("add", hand, tr("hand off a conversation, a gift or a member's matter to a teammate"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..., G-... or P-..."))
    made.add_argument(
        "--to", metavar=tr("TEAMMATE"), help=tr("a name, or the start of one; left out: the likeliest one")
    )
    made.add_argument("--add", action="store_true", help=tr("add to the hand-off that is open already"))
    made.add_argument("--kind", choices=KINDS, help=tr("default: problem if they are unhappy, else question"))
    made.add_argument("--ask", required=True, metavar=tr("TEXT"), help=tr("what you need, in one sentence"))
    made.add_argument("--needed-by", default="", metavar=tr("DATE"), help=tr("friday, in 3 days, 24.12. or 2026-11-30"))
    made.add_argument("--priority", choices=PRIORITIES, default="normal", help=tr("default: normal"))
    made.add_argument(
        "--message",
        action="append",
        default=[],
        metavar=tr("M-..."),
        help=tr("a message that goes along; else the last three"),
    )
    made.add_argument("--private", action="store_true", help=tr("include addresses and phone numbers"))
    made.add_argument(
        "--translation", default="", metavar=tr("TEXT"), help=tr("what was said, in a language that they know")
    )
    made.add_argument(
        "--introduce", action="store_true", help=tr("also tell the member who helps and by when, in the same step")
    )
    made.add_argument(
        "--text-file", metavar=tr("F"), help=tr("with --introduce: your own words; - reads standard input")
    )
    made.add_argument(
        "--override", default="", metavar=tr("REASON"), help=tr("with --introduce: the reason for sending anyway")
    )
    made = group.add("suggest", suggest, tr("suggest teammates for a conversation, likeliest first, with the reason"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..."))
    made = group.add("list", show_list, tr("list hand-offs, most urgent first"))
    made.add_argument(
        "--state", choices=tuple(spoken(name) for name in LISTS), default="open", help=tr("default: open")
    )
    made.add_argument("--to", metavar=tr("TEAMMATE"), help=tr("only this teammate's hand-offs"))
    limit(made)
    giving.add(group)
    following.add(group)


def hand(bench: Workbench, asked: Namespace) -> Output:
    """Hand a conversation off; to the stand-in if the teammate is away, which the answer mentions."""
    if asked.id[:1].upper() in ("P", "G"):
        return _without_conversation(bench, asked)
    found = _suggested(bench, asked.id, asked.ask)
    if asked.add:
        return _added(bench, found, asked)
    wanted = bench.teammates.named(asked.to) if asked.to is not None else _likeliest(found)
    whom = bench.teammates.serving(wanted.id)
    number, needed_by = bench.inbox.row(ids.number("C", asked.id)).id, bench.dates.day(asked.needed_by)
    reply = _introduction(bench, asked, number, whom.id, needed_by) if asked.introduce else None
    done = bench.following.hand_off(
        number, whom.id, asked.ask, kind=asked.kind or found.kind, needed_by=needed_by, details=_details(asked),
        reply=reply,
    )  # fmt: skip
    made = done.handoff_id
    handoff = bench.handoffs.get(made)
    sentence = tr("{id} is for {teammate}. To send it: handoff file FILE --to NAME")
    if whom.id != wanted.id:
        sentence = tr("{id} is for {teammate} ({absent} is away). To send it: handoff file FILE --to NAME")
    text = sentence.format(id=ids.display("H", made), teammate=handoff.teammate, absent=wanted.name)
    other = [already(found.open, _today())] if found.open is not None else []
    if found.press:
        other.append(tr("This is from the press, so whoever handles the press comes first."))
    if reply is not None:
        other.append(tr("{member} gets it with the next `sync`; `undo` takes both back.").format(member=handoff.member))
    return Output(
        {**handoff_json(handoff), "instead_of": wanted.name if whom.id != wanted.id else None}, [text, *other]
    )


def _details(asked: Namespace) -> dict[str, object]:
    return {
        "priority": asked.priority, "private_words": asked.private, "translation": asked.translation,
        "message_ids": [ids.number(ids.MESSAGE, one) for one in asked.message],
    }  # fmt: skip


def _introduction(bench: Workbench, asked: Namespace, number: int, teammate: int, needed_by: str) -> Cleared:
    """The reply that names the helper: own words, else the template. Raises UserError for open blanks."""
    words = bench.following.introduction(number, teammate, needed_by)
    if asked.text_file is not None:
        words = Draft(text_of(asked.text_file), words.language)
    if "{{" in words.text:
        msg = tr("There's a blank to fill in: {text} Say by when with --needed-by, or give your own with --text-file.")
        raise UserError(msg.format(text=words.text))
    read = bench.outbox.read_by(words, number, bench.following.answers(number))
    return bench.voice.clear(read, reason=asked.override)


def _without_conversation(bench: Workbench, asked: Namespace) -> Output:
    """Hand off what is about a gift, or about a member without a conversation; whom is decided as in the window."""
    if asked.message or asked.introduce:
        raise UserError(tr("--message and --introduce need a conversation: C-..."))
    about: dict[str, object] = {}
    conversation = None
    if asked.id[:1].upper() == "G":
        gift = bench.gifts.get(ids.number(ids.GIFT, asked.id))
        about, conversation = {"gift_id": gift.id}, gift.conversation_id
        member, words = bench.members.get(gift.member_id), f"{gift.item} {gift.why}"
        before = bench.handoffs.of_gift(gift.id)
    else:
        member = bench.members.get(ids.number(ids.MEMBER, asked.id))
        about, words = {"member_id": member.id}, member.note
        before = bench.handoffs.without_talk(member.id)
    found = suggested_without_talk(
        f"{words} {asked.ask}", member.language, bench.teammates.all(), before, _today(), member.kind,
        bench.responsible.all(),
    )  # fmt: skip
    if asked.add:
        return _added(bench, found, asked)
    wanted = bench.teammates.named(asked.to) if asked.to is not None else _likeliest(found)
    whom = bench.teammates.serving(wanted.id)
    done = bench.following.hand_off(
        conversation, whom.id, asked.ask, kind=asked.kind or found.kind, needed_by=bench.dates.day(asked.needed_by),
        details={**_details(asked), **about},
    )  # fmt: skip
    sentence = tr("{id} is for {teammate}. To send it: handoff file FILE --to NAME")
    shape = {**handoff_json(bench.handoffs.get(done.handoff_id)), "instead_of": None if whom == wanted else wanted.name}
    return Output(shape, [sentence.format(id=ids.display("H", done.handoff_id), teammate=whom.name)])


def _today() -> date:
    return clock.local(clock.now()).date()


def _suggested(bench: Workbench, typed: str, asked: str = "") -> Suggested:
    """What a hand-off of a conversation starts with, by the same rule as in the window."""
    opened = bench.inbox.open(ids.number("C", typed))
    kind = bench.members.get(opened.row.member_id).kind if opened.row.member_id is not None else ""
    return suggested(
        opened, bench.teammates.all(), bench.handoffs.of_conversation(opened.row.id), _today(), asked, kind,
        owners=bench.responsible.all(),
    )  # fmt: skip


def _likeliest(found: Suggested) -> Teammate:
    """The likeliest teammate. Raises UserError if there is nobody, or it is with somebody already."""
    if found.open is not None:
        msg = tr("{already} Add to it with --add, or name a teammate with --to.").format(
            already=already(found.open, _today())
        )
        raise UserError(msg)
    if not found.people:
        msg = tr("No teammates yet. Add one with `teammate add`.")
        raise UserError(msg)
    return found.people[0].teammate


def _added(bench: Workbench, found: Suggested, asked: Namespace) -> Output:
    """Add the request to the open hand-off. Raises UserError if there is none."""
    if found.open is None:
        msg = tr("No hand-off of {id} is open: leave --add out.").format(id=asked.id)
        raise UserError(msg)
    bench.handoffs.add_to(found.open.id, asked.ask)
    handoff = bench.handoffs.get(found.open.id)
    text = tr("Added to {id}, with {teammate}.").format(id=ids.display("H", handoff.id), teammate=handoff.teammate)
    return Output({**handoff_json(handoff), "instead_of": None}, [text])


def suggest(bench: Workbench, asked: Namespace) -> Output:
    """Say whom a conversation would be handed to, and why; what is open already comes first."""
    found = _suggested(bench, asked.id)
    shapes = [
        {"teammate": one.teammate.name, "team": one.teammate.team or None, "subjects": list(one.subjects),
         "speaks": one.speaks, "away": one.away, "answers_for": one.owns or None,
         "instead_of": one.instead_of.name if one.instead_of else None}
        for one in found.people
    ]  # fmt: skip
    cells = [(one.teammate.name, one.teammate.team, reason(one)) for one in found.people]
    lines = table(cells) or [tr("No teammates yet.")]
    open_ = [] if found.open is None else [already(found.open, _today()), ""]
    shape = {"open": None if found.open is None else handoff_json(found.open), "kind": found.kind, "people": shapes}
    return Output(shape, [*open_, *lines])


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List hand-offs."""
    whom = None if asked.to is None else bench.teammates.named(asked.to).id
    handoffs = bench.handoffs.listed(asked.state.replace("-", "_"), whom)[: asked.limit]
    cells = [
        (
            ids.display("H", handoff.id),
            spoken(state_now(handoff)),
            handoff.teammate,
            tr("by {date}").format(date=handoff.needed_by) if handoff.needed_by else "",
            handoff.member,
            one_line(handoff.ask, 80),
        )
        for handoff in handoffs
    ]
    return Output([handoff_json(handoff) for handoff in handoffs], table(cells) or [tr("No hand-offs found.")])


def details(bench: Workbench, handoff: Handoff) -> Output:
    """Show one hand-off."""
    rows = (
        (tr("Status"), tr(STATE_NAMES[state_now(handoff)])),
        (tr("To"), " · ".join(filter(None, (handoff.teammate, handoff.team)))),
        (tr("Kind"), tr(KIND_NAMES.get(handoff.kind, handoff.kind))),
        (tr("From"), handoff.member),
        (
            tr("About"),
            f"{ids.display('C', handoff.conversation_id)} {handoff.title}" if handoff.conversation_id else "",
        ),
        (tr("Opened"), when(handoff.opened_at)),
        (tr("Needed by"), handoff.needed_by),
        *((tr("In a file"), giving.line(one)) for one in bench.giving.given(handoff_id=handoff.id)),
        (tr("Request"), handoff.ask),
        (tr("Answer"), handoff.answer),
        (tr("Ticket"), handoff.ticket),
    )
    context = [f"  {line}" for line in handoff.context.splitlines()]
    return Output(
        handoff_json(handoff),
        [ids.display("H", handoff.id), *table([(title, value) for title, value in rows if value]), *context],
    )
