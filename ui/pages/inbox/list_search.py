"""Searching all messages from the inbox list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.search import Hit
from app.views import search_filter
from ui.look.text import tr
from ui.widgets.search import SearchField

if TYPE_CHECKING:
    from app.inbox import Query
    from app.workbench import Workbench


class ListSearch(QObject):
    """The search field; the list it belongs to shows the hits."""

    changed = Signal()
    """Other words are to be searched for, or none."""
    left = Signal()
    """The person goes on to the list."""

    def __init__(self, parent: QWidget) -> None:
        """Start empty."""
        super().__init__(parent)
        self.field = SearchField(tr("Search all messages"), "search")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self.changed)
        self.field.textChanged.connect(self._typed)
        self.field.left.connect(self.left)
        self.field.below.connect(self.left)
        self.field.returnPressed.connect(self.left)

    def words(self) -> str:
        """The words searched for, as typed; "" while nothing is."""
        return self.field.text()

    def _typed(self, _words: str) -> None:
        self._timer.start()

    def put(self, words: str) -> None:
        """Put words into the field ("" for none) without starting a search."""
        blocked = self.field.blockSignals(True)
        self.field.setText(words)
        self.field.blockSignals(blocked)
        self._timer.stop()

    def focus(self) -> None:
        """Focus the field and select its text."""
        self.field.setFocus()
        self.field.selectAll()


class Find:
    """Reads the hits of a search, a page at a time."""

    def __init__(self, bench: Workbench, words: str, query: Query) -> None:
        """Search for `words` within the state, the account and the label of the query."""
        self._bench, self._words, self._filter = bench, words, search_filter(query)

    def __call__(self, before: int | None) -> list[Hit]:
        """The page of hits older than this message id; for None the newest page."""
        return self._bench.search.messages(self._words, self._filter, before=before)
