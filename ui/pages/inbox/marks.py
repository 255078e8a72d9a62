"""Multiple selection in the inbox list, by key or mouse.

Without marks the current row is the only selected row, and the selection moves with it. From the first mark on, the
selection is the set of marks: moving leaves it alone, and the current row need not be in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal

from ui.widgets.rowview import RowView

_FLAGS = QItemSelectionModel.SelectionFlag


class Marks(QObject):
    """The marked rows of a list; `changed` carries their number, 0 if none is marked."""

    changed = Signal(int)

    def __init__(self, rows: RowView, id_at: Callable[[int], int | None]) -> None:
        """`rows` must have its model set; `id_at` maps a row to its conversation's id."""
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
        """The ids of the marked conversations from the top; [] if none is marked."""
        return [number for place in self._places() if (number := self._id_at(place)) is not None] if self.on else []

    def toggle(self) -> None:
        """Toggle the current row's mark."""
        here = self._rows.currentIndex()
        if here.isValid():
            how = _FLAGS.Toggle if self.on else _FLAGS.ClearAndSelect
            self._marking = True
            self._selection.select(here, how | _FLAGS.Rows)
            if not self._selection.hasSelection():  # that was the last mark: back to selecting the current row
                self._selection.select(here, _FLAGS.ClearAndSelect | _FLAGS.Rows)
            self.look()

    def extend(self, by: int) -> None:
        """Mark the current row and the row `by` away, which becomes current."""
        here, place = self._rows.currentIndex(), self._rows.place() + by
        if here.isValid() and 0 <= place < self._rows.model().rowCount():
            there = self._rows.model().index(place, 0)
            self._marking = True
            self._selection.select(here, _FLAGS.Select | _FLAGS.Rows)
            self._selection.setCurrentIndex(there, _FLAGS.Select | _FLAGS.Rows)
            self._rows.scrollTo(there)

    def clear(self) -> bool:
        """Clear all marks; False if there were none."""
        was, here = self._marking, self._rows.currentIndex()
        self._marking = False
        if was and here.isValid():
            self._selection.select(here, _FLAGS.ClearAndSelect | _FLAGS.Rows)
        elif was:
            self._selection.clearSelection()
        self.look()
        return was

    def forget(self) -> None:
        """End marking without touching the selection: the next selection is a single row again."""
        self._marking = False

    def put_back(self, places: Iterable[int]) -> None:
        """Restore the marks on these rows after a reload, and on no others; with no rows, clear them."""
        chosen, model = QItemSelection(), self._rows.model()
        for place in places:
            chosen.select(model.index(place, 0), model.index(place, 0))
        if chosen.isEmpty():
            self.clear()
        else:
            self._selection.select(chosen, _FLAGS.ClearAndSelect | _FLAGS.Rows)

    def look(self) -> None:
        """Emit `changed` if the number of marks changed."""
        places = len(self._places())
        self._marking = places > 1 or (self._marking and places > 0)
        count = places if self._marking else 0
        if count != self._known:
            self._known = count
            self._rows.viewport().update()
            self.changed.emit(count)
