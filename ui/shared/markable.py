"""A list of which several rows can be marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractItemView

from ui.shared.row_marks import Marks
from ui.widgets.rowview import RowView

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from ui.widgets.rowview import RowDelegate


class Numbered(Protocol):
    """A model whose rows have ids."""

    def id_at(self, place: int) -> int | None:
        """The id of a row; None if there is none."""

    def place_of(self, number: int) -> int | None:
        """The row of an id; None, or less than 0, if it is not among the rows."""


class MarkableRows(RowView):
    """The rows of a list; several can be marked."""

    _marking = False  # Qt calls selectionCommand before __init__ has set `marks`

    def __init__(self, name: str, model: QAbstractItemModel, numbered: Numbered, delegate: RowDelegate) -> None:
        """`name` is the accessible name; `numbered` is the model again. The row height is the delegate's."""
        super().__init__(name, delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setModel(model)
        self._numbered = numbered
        self.marks = Marks(self, numbered.id_at, self._place_of)
        self._marking = True

    def _place_of(self, number: int) -> int | None:
        place = self._numbered.place_of(number)
        return None if place is None or place < 0 else place

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
        return self._numbered.id_at(place) in self.marks.ids()

    def take_for_menu(self, place: int) -> None:
        """Make the row current; on a marked one the menu is for all that are marked, and on another for that alone."""
        if not self._is_marked(place):
            self.select(place)

    def select(self, place: int, *, keep: bool = False) -> None:
        """Make a row of the list current; `keep` leaves the marks as they are."""
        flags = QItemSelectionModel.SelectionFlag
        marking = keep and self.marks.on
        if not marking:
            self.marks.forget()
        index = self.model().index(place, 0)
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate if marking else flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
