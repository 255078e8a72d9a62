"""The notice above a reply while somebody who was asked for permission has written, and nobody noted what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.look import text
from ui.look.text import tr
from ui.widgets.notice import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.inbox import Opened
    from app.workbench import Workbench

_NOTE = "note"
_MAX_TITLE_CHARS = 60


class AnsweredNotice(Notice):
    """Shown while somebody who was asked for permission has written, and nobody has noted what they said."""

    def __init__(self, bench: Workbench, note: Callable[[], object]) -> None:
        """`note` opens the form that notes it."""
        super().__init__("camera", quiet=True)
        self._bench, self._note = bench, note
        self._due = False
        self.pressed.connect(self._pressed_button)

    def show_conversation(self, opened: Opened) -> None:
        """Show it where an answer waits to be noted."""
        works = self._bench.works
        awaited = works.awaited(opened.row.id) if works.any() else []
        self._due = bool(awaited)
        if not awaited:
            self.hide()
            return
        work = awaited[0][0]
        words = tr("You asked {name} for permission to use “{title}”, and they've written since.")
        said = words.format(name=text.name(work.member), title=text.embed(work.title, _MAX_TITLE_CHARS))
        self.say(said, {_NOTE: tr("Note what they said")})
        self.buttons[_NOTE].follow("permission")

    def set_crowded(self, *, crowded: bool) -> None:
        """Make way for a finding of the voice guide, which comes first."""
        self.setVisible(self._due and not crowded)

    def _pressed_button(self, _name: str) -> None:
        self._note()
