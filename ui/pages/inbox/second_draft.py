"""The notice above a draft of which another window or program has written another: both are shown, one chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base import clock
from app.base.text import preview
from app.inbox.beside import BOTH, KEEP, TAKE
from ui.frame.doing import undoable
from ui.look import text
from ui.look.text import tr
from ui.pages.inbox.about import about
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.inbox.beside import DraftBeside
    from app.workbench import Workbench
    from ui.frame.page import Frame
    from ui.pages.inbox.draft_keeper import DraftKeeper

_MAX_CHARS = 400


class SecondDraft(Notice):
    """Hidden unless there is a draft beside the conversation's own."""

    def __init__(self, bench: Workbench, frame: Frame, draft: DraftKeeper) -> None:
        """`draft` saves what is in the field before one of the two is chosen, and hears of the choice."""
        super().__init__("pencil")
        self._bench, self._frame, self._draft = bench, frame, draft
        self._other: DraftBeside | None = None
        self.pressed.connect(self._decide)

    def show_conversation(self, opened: Opened) -> None:
        """Show the latest draft beside the conversation's own, or hide."""
        self._name = about([opened.row])
        self._other = opened.beside_draft[0] if opened.beside_draft else None
        if self._other is None:
            self.hide()
            return
        age = text.spoken_age(self._other.at, clock.now())
        words = text.embed(preview(self._other.text, _MAX_CHARS))
        if opened.draft:
            sentence = tr("This reply has two drafts. The other one, from {age} ago: “{words}”.")
            buttons = {KEEP: tr("Keep the one below"), TAKE: tr("Take the other one"), BOTH: tr("Keep both, in one")}
        else:
            sentence = tr("This reply has a draft from {age} ago: “{words}”.")
            buttons = {TAKE: tr("Use it"), KEEP: tr("Drop it")}
        self.say(sentence.format(age=age, words=words), buttons)

    def _decide(self, how: str) -> None:
        if self._other is None:
            return
        number = self._other.id
        self._draft.save()
        done = {
            KEEP: tr("{name}: second draft dropped."), TAKE: tr("{name}: second draft taken."),
            BOTH: tr("{name}: drafts put together."),
        }  # fmt: skip
        with undoable(self._frame, done[how].format(name=self._name)):
            self._draft.chosen(self._bench.inbox.drafts.decide(number, how))
