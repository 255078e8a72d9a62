"""The notice above a reply in a conversation that is closed at its channel: nobody can write there any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.look import text
from ui.look.text import tr
from ui.shared.act import Act, What
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.workbench import Workbench

_REOPEN = "reopen"


class ClosedNotice(Notice):
    """Hidden unless the conversation is closed there; offers to reopen it where the account may."""

    acted = Signal(object)
    """The conversation is to be reopened at its channel; carries the Act."""

    def __init__(self, bench: Workbench) -> None:
        """Start hidden, until `show_conversation`."""
        super().__init__("lock")
        self._bench = bench
        self._message = 0
        self.pressed.connect(self._pressed_button)

    def show_conversation(self, opened: Opened) -> None:
        """Say whether a reply there will be refused."""
        if not opened.row.locked:
            self.hide()
            return
        words = self._bench.outbox.caution(opened.row.id, text.isolate(opened.row.account))
        said = [line.id for line in reversed(opened.lines) if line.kind == "said"]
        self._message = next((message for message in said if "unlock" in self._bench.moderation.verbs(message)), 0)
        self.say(words, {_REOPEN: tr("Reopen it there")} if self._message else {})

    def _pressed_button(self, _name: str) -> None:
        self.acted.emit(Act(What.MODERATE, message=self._message, verb="unlock"))
