"""The notice above a reply to a member who asked not to be written to: an answer to what they wrote is still fine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.members.cautions import of_answer
from ui.look import text
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.workbench import Workbench


class Careful(Notice):
    """Hidden unless they asked."""

    def __init__(self, bench: Workbench) -> None:
        """Start hidden, until `show_conversation`."""
        super().__init__("hand", quiet=True)
        self._bench = bench

    def show_conversation(self, opened: Opened) -> None:
        """Say what the conversation's member asked for."""
        number = opened.row.member_id
        words = of_answer(self._bench.members.get(number)) if number is not None else ""
        if words:
            self.say(text.sentence(words), {})
        else:
            self.hide()
