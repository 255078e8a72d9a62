"""The rows of the inbox list: which one is current, and which are marked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView

from ui.look.text import tr
from ui.shared.row_marks import Marks
from ui.widgets.rowview import RowView

if TYPE_CHECKING:
    from ui.pages.inbox.conversation_delegate import ConversationDelegate
    from ui.pages.inbox.conversation_model import ConversationModel


class Rows(RowView):
    """The list's rows; several can be marked."""

    _marking = False  # Qt calls selectionCommand before __init__ has set `marks`

    def __init__(self, model: ConversationModel, delegate: ConversationDelegate) -> None:
        """Take the row height from the delegate."""
        super().__init__(tr("Conversations"), delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self._conversations = model
        self.marks = Marks(self, model.id_at, model.place_of)
        self._marking = True

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Moving by key leaves the marks alone."""
        if self._marking and self.marks.on and (event is None or event.type() == QEvent.Type.KeyPress):
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A plain click selects one row and ends marking; the other button leaves marks alone on a marked row."""
        place = self.indexAt(event.position().toPoint()).row()
        if event.button() == Qt.MouseButton.RightButton and self._is_marked(place):
            return
        if not event.modifiers():
            self.marks.forget()
        super().mousePressEvent(event)

    def _is_marked(self, place: int) -> bool:
        return self._conversations.id_at(place) in self.marks.ids()

    def take_for_menu(self, place: int) -> None:
        """Make the row current; on a marked one the menu is for all that are marked, and on another for that alone."""
        if not self._is_marked(place):
            self.select(place)

    def current_id(self) -> int | None:
        """The id of the conversation in the current row; None if there is none."""
        return self._conversations.id_at(self.currentIndex().row())

    def select(self, place: int, *, keep: bool = False) -> None:
        """Make a row of the list current; `keep` leaves the marks as they are."""
        flags = QItemSelectionModel.SelectionFlag
        marking = keep and self.marks.on
        if not marking:
            self.marks.forget()
        index = self._conversations.index(place, 0)
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate if marking else flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def select_id(self, number: int, *, keep: bool = False) -> bool:
        """Make a conversation current; False if it is not among the fetched rows."""
        place = self._conversations.place_of(number)
        if place is None:
            return False
        self.select(place, keep=keep)
        return True

    def select_none(self) -> None:
        """Make no row current, silently."""
        was = self.currentIndex().isValid() or self.selectionModel().hasSelection()
        with self.silent():
            # even if no row is current: otherwise Qt selects the first row on focus in (observed)
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        if was:
            self.viewport().update()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Emit no signal of another current row or selection meanwhile."""
        selection = self.selectionModel()
        blocked = selection.blockSignals(True)
        try:
            yield
        finally:
            selection.blockSignals(blocked)
