"""The search field of the inbox list: keys that take a suggestion, and Esc that leads back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from ui.look.text import tr
from ui.widgets.search import SearchField

if TYPE_CHECKING:
    from ui.pages.inbox.suggestions import Suggestions


class InboxSearchField(SearchField):
    """While suggestions are shown, Down and Up go through them, Tab takes one, and Enter one that was gone to."""

    ended = Signal()
    """Esc: the person goes back to where they were."""
    entered = Signal()
    """The field has the focus now."""

    def __init__(self) -> None:
        """`suggestions` is set by who shows them."""
        super().__init__(tr("Search all messages"), "search")
        self.suggestions: Suggestions | None = None
        self.setToolTip(
            tr(
                "Words, or from:, to:, channel:, label:, kind:, state:, before:, after:, has:, lang:, is:."
                " A minus leaves out."
            )
        )

    def event(self, event: QEvent) -> bool:
        """Take a suggestion by Tab, before Qt moves the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Tab:
            shown = self.suggestions
            if shown is not None and not event.modifiers() and shown.take_first():
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the arrows and Enter to the suggestions first; Esc ends the search."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        elif self.suggestions is None or not self.suggestions.steer(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that somebody is going to search."""
        super().focusInEvent(event)
        self.entered.emit()
