"""The status line under a message in the story: its state on the channel, actions in progress, possible actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.base.words import N_
from app.inbox import Alteration, Line, Opened
from app.inbox.names import in_words
from app.inbox.protection import how_protected, not_fetched
from app.inbox.quiet import SPAM, delivery, read_in, why_quiet
from app.inbox.reactions import GivenReaction, reaction_in_words
from ui.look import text
from ui.look.text import tr
from ui.shared.act import Act, What
from ui.shared.pieces import Piece, Status, action

_ALTERING = {
    ("correct", "held"): (N_("Waiting to be corrected"), "warn"),
    ("correct", "queued"): (N_("Waiting to be corrected"), "warn"),
    ("correct", "sending"): (N_("Being corrected"), "warn"),
    ("correct", "failed"): (N_("Could not be corrected"), "danger"),
    ("correct", "undecided"): (N_("Possibly corrected"), "warn"),
    ("withdraw", "held"): (N_("Waiting to be withdrawn"), "warn"),
    ("withdraw", "queued"): (N_("Waiting to be withdrawn"), "warn"),
    ("withdraw", "sending"): (N_("Being withdrawn"), "warn"),
    ("withdraw", "failed"): (N_("Could not be withdrawn"), "danger"),
    ("withdraw", "undecided"): (N_("Possibly withdrawn"), "warn"),
}
"""What is done to a message of ours, and the state of that in the outbox -> (words, tone)."""
_BY_HAND = {"held": N_("For you to post"), "queued": N_("For you to post"), "undecided": N_("Have you posted it?")}


def muted(line: Line) -> bool:
    """Whether a message is not visible on the channel (hidden, spam, deleted): it is shown dimmed."""
    return line.gone or line.upstream in ("hidden", "spam", "deleted")


def marks(line: Line, now: int) -> list[str]:
    """The marks beside a message's time: in person, edited, gone (channels do not say who removed it).

    Of ours: when it was corrected, and whether we withdrew it.
    """
    words = [tr("in person")] if line.kind == "offline" else []
    if line.undated:
        words.append(tr("date guessed"))
    if line.versions:
        words.append(tr("corrected {when}").format(when=text.stamp(line.versions[-1][1], now)))
    elif line.edited:
        words.append(tr("edited"))
    if line.withdrawn:
        words.append(tr("withdrawn"))
    elif line.gone and line.upstream != "deleted":
        words.append(tr("no longer on the channel"))
    return words


def standing(line: Line, opened: Opened, now: int) -> list[Status]:
    """The status lines of a message, each with its links; [] if it is simply visible. `now` is Unix UTC."""
    change = line.alteration
    if change is not None:
        lines = [Status({"correct": "pencil", "withdraw": "trash-2"}[change.purpose], _altering(change))]
    else:
        lines = [Status("shield", _letter(line, opened))]
    if line.upstream or line.deed or line.deeds or line.solution or line.bar:
        from ui.shared import moderated  # noqa: PLC0415  few conversations have any

        if not lines[0].pieces:
            lines = [Status("shield", moderated.of_message(line, opened))]
        lines += moderated.beside(line, opened, now)
    if line.helped:
        lines.append(Status("hand", _help(line)))
    return [one for one in lines if one.pieces]


def _help(line: Line) -> list[Piece]:
    """The status line of a message that helped another member."""
    words = tr("Helped {name}").format(name=text.name(line.helped))
    return [Piece(words, "ok"), action(tr("Didn't help"), Act(What.HELPED, message=line.id))]


def _altering(change: Alteration) -> list[Piece]:
    """The status line of a message of ours that is being corrected or withdrawn."""
    words, tone = _ALTERING[change.purpose, change.state]
    if change.state in ("held", "queued"):
        shown = [Piece(tr("New words: {text}").format(text=text.embed(change.text, 80)))] if change.text else []
        return [Piece(tr(words), tone), *shown, action(tr("Undo"), Act(What.CANCEL_CHANGE, outbox=change.id))]
    if change.state == "failed":
        return [
            Piece(f"{tr(words)}: {text.embed(change.error)}", tone),
            action(tr("Try again"), Act(What.RETRY_CHANGE, outbox=change.id)),
            action(tr("Leave it"), Act(What.CANCEL_CHANGE, outbox=change.id)),
        ]
    if change.state == "undecided":
        return [
            Piece(tr(words), tone), action(tr("See it in the outbox"), Act(What.SHOW_IN_OUTBOX, outbox=change.id)),
        ]  # fmt: skip
    return [Piece(tr(words), tone)]


def _letter(line: Line, opened: Opened) -> list[Piece]:
    """What is to be known of a letter: that it failed, needs no reply, was read by a guess, or bears a new name."""
    if line.failed:
        return [Piece(text.embed(delivery(line)), "danger")]
    if line.quiet == SPAM:
        return []
    said = [why_quiet(line), "" if line.quiet else read_in(line), how_protected(line), not_fetched(line)]
    pieces = [Piece(words) for words in said if words]
    if line.quiet:
        return pieces
    asked = next((asked for asked in opened.names if asked.message_id == line.id), None)
    if asked is not None and not line.out:
        pieces += [
            Piece(text.embed(in_words(asked)), "warn"),
            action(tr("Same person"), Act(What.SAME_PERSON, message=line.id)),
            action(tr("Another person"), Act(What.ANOTHER_PERSON, message=line.id)),
        ]
    return pieces


def reacted(line: Line) -> list[Piece]:
    """The status line of our reactions to a message; [] if there are none."""
    return [piece for one in line.reactions for piece in _reaction(one, line.id)]


def _reaction(one: GivenReaction, message: int) -> list[Piece]:
    words = reaction_in_words(one)
    if one.is_settled:
        return [Piece(words), action(tr("Take it back"), Act(What.UNREACT, message=message, verb=one.what))]
    if one.state in ("held", "queued"):
        return [Piece(words, "warn"), action(tr("Undo"), Act(What.CANCEL_REACTION, outbox=one.id))]
    if one.state == "failed":
        return [
            Piece(f"{words}: {text.embed(one.error)}", "danger"),
            action(tr("Try again"), Act(What.RETRY_REACTION, outbox=one.id)),
            action(tr("Leave it"), Act(What.CANCEL_REACTION, outbox=one.id)),
        ]
    seen = [action(tr("See it in the outbox"), Act(What.SHOW_IN_OUTBOX, outbox=one.id))]
    return [Piece(words, "warn"), *(seen if one.state == "undecided" else [])]


def elsewhere(line: Line, now: int) -> list[Piece]:
    """What was done with a letter in another mail program, and when; `now` is Unix UTC."""
    said = ((words, text.stamp(at, now) if at else "") for words, at in line.mailbox)
    return [Piece(f"{words} ({when})" if when else words) for words, when in said]


class Place(NamedTuple):
    """A reply's place in a thread: part `at` (from 1) of `of`, and the first part's outbox id."""

    at: int
    of: int
    first: int


def places(lines: Sequence[Line]) -> dict[int, Place]:
    """Map the outbox id of each part of an unsent thread to its place."""
    waiting = {line.id: line for line in lines if line.kind == "outbox"}
    parts: dict[int, Place] = {}
    for first in (line for line in waiting.values() if line.after not in waiting):
        chain = [first]
        while behind := next((line for line in waiting.values() if line.after == chain[-1].id), None):
            chain.append(behind)
        if len(chain) > 1:
            parts |= {line.id: Place(number, len(chain), first.id) for number, line in enumerate(chain, 1)}
    return parts


def mine(opened: Opened | None) -> bool:
    """Whether the person posts there by hand; call it only with an unsent reply, since it loads the outbox."""
    if opened is None:
        return False
    from app.outbox.by_hand import is_by_hand  # noqa: PLC0415  few conversations have one

    return is_by_hand(opened.row.kind, opened.account_mode)


def sending_stamp(line: Line, place: Place | None, now: int, *, mine: bool = False) -> str:
    """The status shown in place of a time for an unsent reply; `mine` if the person posts it by hand."""
    words = {
        "held": tr("Sending soon"),
        "queued": tr("Waiting to be sent"),
        "sending": tr("Sending"),
        "failed": tr("Not sent"),
        "undecided": tr("Possibly sent"),
    }.get(line.state, line.state)
    if mine and line.state in _BY_HAND:
        words = tr(_BY_HAND[line.state])
    if line.due is not None:
        words = tr("Scheduled for {when}").format(when=text.ahead(line.due, now))
    return (
        tr("{number} of {total} · {status}").format(number=place.at, total=place.of, status=words) if place else words
    )


def sending(line: Line, place: Place | None, *, mine: bool = False) -> list[Piece]:
    """The links under an unsent reply; for a thread only under its last part, acting on all parts."""
    if mine and line.state == "undecided":
        return [
            action(tr("I posted it"), Act(What.CONFIRM_POSTED, outbox=line.id)),
            action(tr("Not yet"), Act(What.NOT_POSTED, outbox=line.id)),
            action(tr("Copy and open again"), Act(What.POST, outbox=line.id)),
        ]
    if line.state not in ("held", "queued"):
        return [action(tr("See it in the outbox"), Act(What.SHOW_IN_OUTBOX, outbox=line.id))]
    if place is not None and place.at < place.of:
        return []
    number = line.id if place is None else place.first
    back = action(tr("Cancel"), Act(What.UNDO_SEND, outbox=number))
    if mine and line.state == "queued":
        return [action(tr("Copy and open the page"), Act(What.POST, outbox=number)), back]
    if line.due is None:
        return [back]
    return [
        action(tr("Send now"), Act(What.SEND_NOW, outbox=number)),
        action(tr("Reschedule"), Act(What.POSTPONE, outbox=number)),
        back,
    ]
