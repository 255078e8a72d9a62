"""`promise add|list|keep|drop`: what we said we would do for a member, until they were told."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.base import clock, dates, ids
from app.base.errors import NotFoundError, UserError
from app.base.words import counted, tr
from app.cli.arguments import Commands, Parser, limit
from app.cli.output import Output, iso, one_line, table
from app.cli.search import member_of
from app.cli.shapes import Shape, named, person
from app.promises import Promise
from app.promises.desk import STATES
from app.workbench import Workbench

if TYPE_CHECKING:
    from app.promises.recognising import Offer


def add(commands: Commands) -> None:
    """Add the commands."""
    group = commands.group("promise", tr("what you said you'd do for a member, until you've told them"))
    made = group.add("add", new, tr("note a promise to a member, or to the member in a conversation"))
    made.add_argument("id", metavar=tr("ID"), help=tr("C-..., P-... or words from the name"))
    made.add_argument("what", metavar=tr("WHAT"), help=tr("what you promised, in a few words"))
    made.add_argument("--by", default="", metavar=tr("DATE"), help=tr("friday, in 3 days, 24.12. or 2026-11-30"))
    made.add_argument("--handoff", metavar=tr("ID"), help=tr("H-..., the hand-off that it depends on"))
    made = group.add("list", show_list, tr("list promises, the soonest due first"))
    made.add_argument("--state", choices=STATES, default="open", help=tr("default: open, including the late ones"))
    made.add_argument("--member", metavar=tr("MEMBER"), help=tr("only for this member: P-... or words from the name"))
    limit(made)
    made = group.add("keep", keep, tr("say that you've told the member; `reply --keeps` does it by a reply"))
    made.add_argument("id", metavar=tr("NUMBER"), help=tr("its number in `promise list`"))
    made = group.add("drop", drop, tr("drop a promise for a reason"))
    made.add_argument("id", metavar=tr("NUMBER"), help=tr("its number in `promise list`"))
    made.add_argument("--reason", required=True, metavar=tr("REASON"), help=tr("why you can't keep it"))


def promising(made: Parser) -> None:
    """Add the options of what a text promises and keeps."""
    made.add_argument(
        "--promise",
        action="store_true",
        help=tr("note what the text promises, with its day; `--json` shows it either way"),
    )
    made.add_argument(
        "--keeps", metavar=tr("NUMBER"), action="append", default=[],
        help=tr("the promise that it keeps, by its number in `promise list`; can be repeated"),
    )  # fmt: skip


def offers_json(offers: Sequence[Offer], *, taken: bool) -> list[Shape]:
    """What a text promises, and whether that was noted."""
    return [{"what": offer.what, "due_on": offer.due_on or None, "taken": taken} for offer in offers]


def number_of(typed: str) -> int:
    """The number of a promise as it is typed. Raises NotFoundError for anything else."""
    if not typed.strip().isdecimal():
        raise NotFoundError(tr("“{typed}” isn't the number of a promise. `promise list` has them.").format(typed=typed))
    return int(typed)


def promise_json(bench: Workbench, promise: Promise) -> Shape:
    """A promise; `late` is true once its day is over and the member has not been told.

    `in_time` is true once it was kept by its day, false once it was not, null before that and of one that was dropped.
    """
    member = bench.members.get(promise.member_id)
    return {
        "id": promise.id, "member": person(member.id, member.name),
        "conversation": named("C", promise.conversation_id), "what": promise.what, "due_on": promise.due_on or None,
        "late": promise.is_late(today()), "in_time": promise.in_time(today()), "state": promise.state,
        "made_at": iso(promise.at),
        "message": named("M", promise.message_id), "reply": named("O", promise.outbox_id),
        "handoff": None if promise.handoff_id is None else ids.display("H", promise.handoff_id),
        "kept_at": iso(promise.kept_at), "kept_by": named("M", promise.kept_message_id),
        "dropped_at": iso(promise.dropped_at), "dropped_why": promise.dropped_why or None,
    }  # fmt: skip


def today() -> str:
    """The local date, as `due_on` has it."""
    return clock.local(clock.now()).date().isoformat()


def new(bench: Workbench, asked: Namespace) -> Output:
    """Note a promise."""
    member, conversation = member_of(bench, asked.id), None
    if asked.id[:2].upper() == "C-":
        conversation = bench.inbox.current(ids.number("C", asked.id))
    due = bench.dates.day(asked.by)
    handoff = None if asked.handoff is None else bench.handoffs.get(ids.number("H", asked.handoff)).id
    made = bench.promises.get(bench.promises.add(member, asked.what, due, conversation, handoff_id=handoff))
    return _told(bench, made, tr("Promised {name}: {what}"), tr("Promised {name} by {day}: {what}"))


def show_list(bench: Workbench, asked: Namespace) -> Output:
    """List promises, and how many were kept in time."""
    member = None if asked.member is None else member_of(bench, asked.member)
    found = bench.promises.listed(asked.state, member, asked.limit)
    lines = table([_cells(bench, promise) for promise in found]) or [tr("No promises.")]
    kept = bench.promises.in_time(member)
    if kept.over:
        lines += ["", in_time_words(kept.in_time, kept.over)]
    return Output([promise_json(bench, promise) for promise in found], lines)


def in_time_words(in_time: int, over: int) -> str:
    """How many promises were kept in time, of those that are kept or late."""
    return counted(
        over, "{kept} of {count} promise kept in time", "{kept} of {count} promises kept in time", kept=in_time
    )


def _cells(bench: Workbench, promise: Promise) -> tuple[str, ...]:
    if promise.state == "kept":
        state = tr("kept")
    elif promise.state == "dropped":
        state = tr("dropped: {reason}").format(reason=one_line(promise.dropped_why, 40))
    else:
        state = tr("late") if promise.is_late(today()) else ""
    name = bench.members.get(promise.member_id).name
    place = ids.display("C", promise.conversation_id) if promise.conversation_id is not None else ""
    return str(promise.id), dates.written(promise.due_on), state, name, place, one_line(promise.what, 80)


def keep(bench: Workbench, asked: Namespace) -> Output:
    """Mark a promise as kept: they were told in another way than by a reply here."""
    number = number_of(asked.id)
    bench.promises.keep(number)
    return _told(bench, bench.promises.get(number), tr("Kept your promise to {name}: {what}"))


def drop(bench: Workbench, asked: Namespace) -> Output:
    """Drop a promise."""
    number = number_of(asked.id)
    bench.promises.drop(number, asked.reason)
    return _told(bench, bench.promises.get(number), tr("Dropped your promise to {name}: {what}"))


def _told(bench: Workbench, promise: Promise, sentence: str, dated: str = "") -> Output:
    words = dated if dated and promise.due_on else sentence
    name = bench.members.get(promise.member_id).name
    said = words.format(name=name, what=promise.what, day=dates.written(promise.due_on))
    return Output(promise_json(bench, promise), [said])


def refuse_unknown(bench: Workbench, numbers: list[int], conversation: int | None, member: int | None) -> None:
    """Raise UserError for promises that a reply there, or a new message to that member, cannot keep."""
    there = {promise.id for promise in bench.promises.to_keep(conversation, member)}
    for number in numbers:
        if number not in there:
            msg = tr("Promise {number} isn't open for this conversation or its member. `promise list` has them.")
            if conversation is None:
                msg = tr("Promise {number} isn't open for whom this goes to. `promise list` has them.")
            raise UserError(msg.format(number=number))
