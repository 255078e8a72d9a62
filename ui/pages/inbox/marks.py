"""Which conversations an action is for: the open one, or those that were marked, by keys or with the mouse.

As long as nobody marks, the current row is the one selected row, and the selection moves with it. From the first mark
on moving leaves the selection alone: it is the marks, and the current row may be one that is not among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal

from ui.widgets.rowview import RowView

_FLAGS = QItemSelectionModel.SelectionFlag


class Marks(QObject):
    """The marked rows of a list; `changed` carries how many there are, 0 when nobody marks."""

    changed = Signal(int)

    def __init__(self, rows: RowView, id_at: Callable[[int], int | None]) -> None:
        """The rows have their model already; `id_at` tells the conversation in a row."""
        super().__init__(rows)
        self._rows, self._id_at = rows, id_at
        self._marking = False
        self._known = 0
        self._selection = rows.selectionModel()
        self._selection.selectionChanged.connect(self.look)

    def _places(self) -> list[int]:
        return sorted(index.row() for index in self._selection.selectedRows())

    @property
    def on(self) -> bool:
        """Whether rows are marked."""
        return self._marking and self._selection.hasSelection()

    def ids(self) -> list[int]:
        """The marked conversations from the top; [] when nobody marks."""
        return [number for place in self._places() if (number := self._id_at(place)) is not None] if self.on else []

    def toggle(self) -> None:
        """Mark the current row, or take its mark away."""
        here = self._rows.currentIndex()
        if here.isValid():
            how = _FLAGS.Toggle if self.on else _FLAGS.ClearAndSelect
            self._marking = True
            self._selection.select(here, how | _FLAGS.Rows)
            if not self._selection.hasSelection():  # that was the last mark: the row is the current one, as before
                self._selection.select(here, _FLAGS.ClearAndSelect | _FLAGS.Rows)
            self.look()

    def extend(self, by: int) -> None:
        """Mark the current row and the next one down or up, which is then the current one."""
        here, place = self._rows.currentIndex(), self._rows.place() + by
        if here.isValid() and 0 <= place < self._rows.model().rowCount():
            there = self._rows.model().index(place, 0)
            self._marking = True
            self._selection.select(here, _FLAGS.Select | _FLAGS.Rows)
            self._selection.setCurrentIndex(there, _FLAGS.Select | _FLAGS.Rows)
            self._rows.scrollTo(there)

    def clear(self) -> bool:
        """Take all marks away; False when there were none."""
        was, here = self._marking, self._rows.currentIndex()
        self._marking = False
        if was and here.isValid():
            self._selection.select(here, _FLAGS.ClearAndSelect | _FLAGS.Rows)
        elif was:
            self._selection.clearSelection()
        self.look()
        return was

    def forget(self) -> None:
        """What is selected next is one row again, however many were marked."""
        self._marking = False

    def put_back(self, places: Iterable[int]) -> None:
        """Mark these rows, which moved or were read again, and nothing else; with none of them nobody marks."""
        chosen, model = QItemSelection(), self._rows.model()
        for place in places:
            chosen.select(model.index(place, 0), model.index(place, 0))
        if chosen.isEmpty():
            self.clear()
        else:
            self._selection.select(chosen, _FLAGS.ClearAndSelect | _FLAGS.Rows)

    def look(self) -> None:
        """Tell how many there are, if that is another number than before."""
        places = len(self._places())
        self._marking = places > 1 or (self._marking and places > 0)
        count = places if self._marking else 0
        if count != self._known:
            self._known = count
            self._rows.viewport().update()
            self.changed.emit(count)
