"""The notice above a new message to somebody who asked not to be written to: it is sent when Send is pressed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.outbox.careful import caution
from ui.look import text
from ui.look.text import tr
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.outbox import LetterDraft
    from app.workbench import Workbench


class Careful(Notice):
    """Hidden unless one of the receivers asked for no messages."""

    def __init__(self, bench: Workbench) -> None:
        """Start hidden, until `show_draft`."""
        super().__init__("hand")
        self._bench = bench
        self._said = ""

    def show_draft(self, draft: LetterDraft) -> None:
        """Say who asked not to be written to."""
        words = self._words(draft)
        if words:
            self.say(words, {})
        else:
            self.hide()

    def question(self, draft: LetterDraft) -> str:
        """What is asked at the first Send; "" once it was asked, and where nobody minds."""
        words = self._words(draft)
        if not words or words == self._said:
            return ""
        self._said = words
        return words + " " + tr("Send again to send it all the same.")

    def _words(self, draft: LetterDraft) -> str:
        words = caution(self._bench.store.read, draft)
        return text.sentence(words) if words else ""  # of no words it would make a mark of direction
