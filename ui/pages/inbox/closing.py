"""The notice above a reply in a conversation that its channel closes for answers after a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.base import clock
from app.channels import windows
from ui.look import text
from ui.look.text import tr
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from app.inbox import Opened
    from app.workbench import Workbench


class ClosingNotice(Notice):
    """Hidden unless the conversation closes at a known time; says when, and what is possible afterwards."""

    def __init__(self, bench: Workbench) -> None:
        """Start hidden, until `show_conversation`."""
        super().__init__("hourglass", quiet=True)
        self._bench = bench

    def show_conversation(self, opened: Opened) -> None:
        """Say when the conversation closes, as of now."""
        now = clock.now()
        end = None if opened.row.locked else windows.closing(opened.row, now)
        if end is None:
            self.hide()
            return
        before = self._bench.blocks.lateness(now).is_before_next_block(end.at)
        said = windows.words(text.day_and_time(end.at, now), before_block=before)
        if end.afterwards:
            said = tr("{first} {second}").format(first=said, second=tr(end.afterwards))
        self.say(said, {})
