"""Searching all messages from the inbox list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.search import Asked, Hint, Page
from ui.pages.inbox.search_field import InboxSearchField
from ui.pages.inbox.suggestions import Suggestions

if TYPE_CHECKING:
    from app.inbox import Query
    from app.workbench import Workbench


class ListSearch(QObject):
    """The search field and its suggestions; the list it belongs to shows the hits."""

    changed = Signal()
    """Other words are to be searched for, or none."""
    left = Signal()
    """The person goes on to the list."""
    ended = Signal()
    """The person goes back to what they were at before they searched."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self._bench = bench
        self.field = InboxSearchField()
        self.suggestions = Suggestions(parent)
        self.field.suggestions = self.suggestions
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._suggest)
        self._timer.timeout.connect(self.changed)
        self.field.textChanged.connect(self._typed)
        self.field.left.connect(self._leave)
        self.field.below.connect(self._leave)
        self.field.returnPressed.connect(self._leave)
        self.field.ended.connect(self.ended)
        self.suggestions.taken.connect(self._take)

    def words(self) -> str:
        """The words searched for, as typed; "" while nothing is."""
        return self.field.text()

    def _typed(self, _words: str) -> None:
        self._timer.start()

    def _leave(self) -> None:
        self.suggestions.offer(())
        self.left.emit()

    def _suggest(self) -> None:
        there = self.field.text()
        hints = self._bench.search.hints(there, self.field.cursorPosition()) if there and self.field.hasFocus() else ()
        self.suggestions.offer(hints)

    def _take(self, hint: Hint) -> None:
        self.suggestions.offer(())  # what comes next is suggested once this is searched for
        self.field.setText(hint.text)
        self.field.setCursorPosition(hint.cursor)

    def put(self, words: str) -> None:
        """Put words into the field ("" for none) without starting a search."""
        blocked = self.field.blockSignals(True)
        self.field.setText(words)
        self.field.blockSignals(blocked)
        self._timer.stop()
        self.suggestions.offer(())

    def focus(self) -> None:
        """Focus the field and select its text."""
        self.field.setFocus()
        self.field.selectAll()


class Find:
    """Reads the hits of a search, a page at a time."""

    def __init__(self, bench: Workbench, asked: Asked, query: Query) -> None:
        """Search for what is asked, within the state, the account and the label of the query."""
        self._bench, self.asked, self._query = bench, asked, query

    def __call__(self, before: int | None) -> Page:
        """The page of hits before this message id; for None the first one."""
        return self._bench.views.page(self.asked, self._query, before)
