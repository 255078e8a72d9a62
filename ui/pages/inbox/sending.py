"""Submitting a cleared reply from the inbox: to the outbox with Undo, or for posting by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base import clock
from app.inbox import called
from app.outbox.by_hand import is_by_hand
from app.outbox.cooling import mark
from ui.frame.doing import TakeBack, undoable
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.in_run import go_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inbox import Opened
    from app.inbox.addressing import Addressing
    from app.voice import Cleared
    from ui.pages.inbox.pane import Pane

_MAX_RECEIVERS_CHARS = 200  # three addresses and three in blind copy
_MAX_NAMES_SHOWN = 3  # of the members still waiting; the rest are counted


def hand_over(  # noqa: PLR0913  what the composer has to say
    pane: Pane, opened: Opened, cleared: Cleared, *, then_done: bool, at: int | None, parts: int,
    answers: int | None, addressing: Addressing | None, keep_held: bool = False, solved: str = "",
) -> None:  # fmt: skip
    """Submit a reply to the outbox; `keep_held` leaves what it answers held for approval.

    `solved` is how an unhappy or difficult conversation was solved that it closes.

    A reply that the person posts by hand is not held for Undo: posting starts at once, unless it is scheduled.
    Raises UserError if it cannot be submitted.
    """
    number, outbox = opened.row.id, pane.bench.outbox
    mine = is_by_hand(opened.row.kind, opened.account_mode)
    hold = 0 if mine else pane.bench.settings.number("hold_seconds")
    if not then_done:
        pane.list.keep_open(number)
    at, cools = pane.bench.cooling.until(cleared, at)
    made = outbox.submit(
        cleared, number, then_done=then_done, hold_seconds=hold, at=at, thread=parts > 1, answers=answers,
        addressing=addressing, keep_held=keep_held, solved=solved, tells=pane.composer.came_back.tells,
    )  # fmt: skip
    if cools:
        mark(pane.bench.store, made)
    pane.list.focus_rows()
    if then_done:
        pane.kindness.handled([opened.row.unhappy or opened.row.hard])
    if then_done:
        go_on(pane, [number])
    if mine and at is None:
        _go_on(pane, number, then_done=then_done)
        pane.frame.post(made)
        return
    words = tr("Send undone. Your draft is back.")
    back = TakeBack(pane.frame, pane.bench.store.last_action or 0, words, _ReopenConversation(pane, number))
    around = _around(pane, made)
    if at is not None or mine:
        _go_on(pane, number, then_done=then_done)
        words = cooling_words(at) if cools and at else sending_words(hold, at, parts, mine=mine)
        pane.frame.toast(around(words), back)
    else:
        pane.frame.count_down(lambda left: around(sending_words(left, None, parts)), hold, back)


def _go_on(pane: Pane, number: int, *, then_done: bool) -> None:
    """Show the next that needs a reply: one whose reply is scheduled stays in the list, as nothing was sent yet.

    Where a queue is worked through, what follows in it is shown already.
    """
    if pane.bench.run is not None:
        return
    following = pane.bench.inbox.next_needing(number) if then_done else None
    if following is not None and pane.list.filter.query.state == "needs_me":
        pane.list.show_waiting(following)


def _around(pane: Pane, made: int) -> Callable[[str], str]:
    """What the toast says besides when it is sent: to whom, and who else in a private conversation still waits."""
    entry = pane.bench.outbox.get(made)
    speakers = pane.bench.inbox.open(entry.conversation_id, 1).speakers
    answered = (called(speaker, speakers) for speaker in speakers if speaker.identity_id == entry.identity_id)
    to = text.embed(entry.to_whom if entry.boxes else next(answered, entry.to_whom), _MAX_RECEIVERS_CHARS)
    after = [tr("The comment will be approved too.")] if entry.approves else []
    if entry.then_done:
        after += filter(None, [pane.bench.inbox.several.promise_remark([entry.conversation_id])])
    # Whoever a scheduled reply goes to waits until then, and is not owed another one.
    waiting = [one for one in speakers if one.waits and one.identity_id != entry.identity_id]
    others = [] if entry.public else [called(one, speakers) for one in waiting]
    if others:
        names = ", ".join(text.name(other) for other in others[:_MAX_NAMES_SHOWN])
        if len(others) > _MAX_NAMES_SHOWN:
            names = tr("{names} and {count} more").format(names=names, count=len(others) - _MAX_NAMES_SHOWN)
        after.append(tr("You still owe {names} a reply.").format(names=names))

    def around(sentence: str) -> str:
        return " ".join([tr("To {name}. {sentence}").format(name=to, sentence=sentence), *after])

    return around


def decide(pane: Pane, number: int, *, posted: bool) -> None:
    """Record whether the person has posted a reply by hand; it is an outbox id."""
    words = tr("Marked as posted: {name}.") if posted else tr("In the outbox, under “To post by hand”: {name}.")
    with undoable(pane.frame, words.format(name=text.name(pane.bench.outbox.get(number).to_whom))):
        (pane.bench.outbox.confirm if posted else pane.bench.outbox.retry)(number)


class _ReopenConversation:
    """Shows the conversation again after Undo, with its restored draft focused."""

    def __init__(self, pane: Pane, number: int) -> None:
        self._pane, self._number = pane, number

    def __call__(self) -> None:
        self._pane.frame.go("inbox", self._number)
        self._pane.composer.write()


def cooling_words(at: int) -> str:
    """The toast for a reply that cools off until then (Unix UTC)."""
    words = tr("It cools off and goes {when}. You'll see it again before it does; “Send now” is below it.")
    return words.format(when=text.ahead(at, clock.now()))


def sending_words(hold: int, at: int | None, parts: int, *, mine: bool = False) -> str:
    """The toast for a submitted reply. `hold` is in seconds, `at` Unix UTC; `mine` if the person posts it by hand."""
    if mine and at is not None:
        return tr("Scheduled for {when}: it will be in the outbox for you to post.").format(
            when=text.ahead(at, clock.now())
        )
    if at is not None:
        when = text.ahead(at, clock.now())
        return text.counted(parts, "Scheduled for {when}.", "Scheduled for {when}, in {count} parts.", when=when)
    if parts == 1:
        return text.counted(hold, "Sending in {count} second.", "Sending in {count} seconds.")
    return text.counted(
        parts, "Sending {count} part in {seconds} seconds.", "Sending {count} parts in {seconds} seconds.", seconds=hold
    )
