"""The notice above a draft of which another window or program has written another: both are shown, one chooses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.base import clock
from app.base.text import preview
from app.inbox.beside import BOTH, KEEP, TAKE
from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.notice import Notice

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.inbox.beside import DraftBeside
    from app.workbench import Workbench
    from ui.frame.page import Frame

_MAX_CHARS = 400


class SecondDraft(Notice):
    """Hidden unless there is a draft beside the conversation's own."""

    def __init__(self, bench: Workbench, frame: Frame, keep: Callable[[], object]) -> None:
        """`keep` saves what is in the field, before one of the two is chosen."""
        super().__init__("pencil")
        self._bench, self._frame, self._keep = bench, frame, keep
        self._other: DraftBeside | None = None
        self.pressed.connect(self._decide)

    def show_conversation(self, opened: Opened) -> None:
        """Show the latest draft beside the conversation's own, or hide."""
        self._other = opened.beside_draft[0] if opened.beside_draft else None
        if self._other is None:
            self.hide()
            return
        age = text.spoken_age(self._other.at, clock.now())
        words = text.embed(preview(self._other.text, _MAX_CHARS))
        if opened.draft:
            sentence = tr("Elsewhere, {age} ago, another draft of this reply was written: “{words}”. Yours is below.")
            buttons = {KEEP: tr("Keep mine"), TAKE: tr("Take the other"), BOTH: tr("Put it below mine")}
        else:
            sentence = tr("Elsewhere, {age} ago, a draft of this reply was written: “{words}”.")
            buttons = {TAKE: tr("Use it"), KEEP: tr("Drop it")}
        self.say(sentence.format(age=age, words=words), buttons)

    def _decide(self, how: str) -> None:
        if self._other is None:
            return
        number = self._other.id
        self._keep()
        done = {KEEP: tr("Second draft dropped."), TAKE: tr("Second draft taken."), BOTH: tr("Drafts put together.")}
        with undoable(self._frame, done[how]):
            self._bench.inbox.drafts.decide(number, how)
