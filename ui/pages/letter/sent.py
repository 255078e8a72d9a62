"""What is said when a new message or a post is on its way, and how Undo shows it again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.base import clock
from ui.frame.doing import TakeBack
from ui.look import text
from ui.look.text import tr

if TYPE_CHECKING:
    from ui.frame.page import Frame

_MAX_RECEIVERS_CHARS = 200  # in the toast: three addresses and three in blind copy


def say_sent(frame: Frame, numbers: Sequence[int], draft: int, *, hold: int, at: int | None) -> None:
    """Say where it goes and when, with Undo; `numbers` are its ids in the outbox, `draft` that of its draft.

    `hold` is in seconds, `at` the time that the person chose (Unix seconds), None for now.
    """
    action = frame.bench.store.last_action or 0
    post = frame.bench.outbox.get(numbers[0]).venue is not None
    said = _post_in_words if post else _message_in_words
    back = tr("Send undone. Your post is back.") if post else tr("Send undone. Your message is back.")
    undo = TakeBack(frame, action, back, _Reopen(frame, draft))
    if at is not None or not hold:
        frame.toast(said(frame, numbers, hold, at), undo)
    else:
        frame.count_down(partial(said, frame, numbers, at=None), hold, undo)


def _message_in_words(frame: Frame, numbers: Sequence[int], hold: int, at: int | None) -> str:
    to = text.embed(frame.bench.outbox.get(numbers[0]).to_whom, _MAX_RECEIVERS_CHARS)
    if len(numbers) > 1:
        to = text.counted(len(numbers), "{count} receiver", "{count} receivers")
    if at is not None:
        return tr("To {name}. Scheduled for {when}.").format(name=to, when=text.ahead(at, clock.now()))
    return text.counted(
        hold, "To {name}. Sending in {count} second.", "To {name}. Sending in {count} seconds.", name=to
    )


def _post_in_words(frame: Frame, numbers: Sequence[int], hold: int, at: int | None) -> str:
    entry = frame.bench.outbox.get(numbers[0])
    venue = text.embed(entry.venue.name if entry.venue is not None else "", _MAX_RECEIVERS_CHARS)
    account = text.embed(entry.account, _MAX_RECEIVERS_CHARS)
    if at is not None:
        when = text.ahead(at, clock.now())
        return tr("Post on {account}, {venue}. Scheduled for {when}.").format(account=account, venue=venue, when=when)
    return text.counted(
        hold, "Post on {account}, {venue}. Sending in {count} second.",
        "Post on {account}, {venue}. Sending in {count} seconds.", account=account, venue=venue,
    )  # fmt: skip


class _Reopen:
    """Shows the draft again after Undo."""

    def __init__(self, frame: Frame, number: int) -> None:
        self._frame, self._number = frame, number

    def __call__(self) -> None:
        drafts = self._frame.bench.letters.drafts()
        if drafts:
            known = {draft.id for draft in drafts}
            number = self._number if self._number in known else drafts[0].id
            self._frame.go("letter", ("draft", number))
