"""Multiple selection in a list of rows, by key or mouse: the inbox and the members.

Without marks the current row is the only selected row, and the selection moves with it. From the first mark on, the
selection is the set of marks: moving leaves it alone, and the current row need not be in it. Marked rows that
the list does not show, as while it is searched, stay marked: they are `away` until it shows them again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, Signal

from ui.widgets.rowview import RowView

_FLAGS = QItemSelectionModel.SelectionFlag


class Marks(QObject):
    """The marked rows of a list; `changed` carries their number, 0 if none is marked."""

    changed = Signal(int)

    def __init__(
        self, rows: RowView, id_at: Callable[[int], int | None], place_of: Callable[[int], int | None]
    ) -> None:
        """`rows` must have its model set; `id_at` maps a row to its id, `place_of` the id to the row."""
        super().__init__(rows)
        self._rows, self._id_at, self._place_of = rows, id_at, place_of
        self._marking = False
        self._away: list[int] = []
        self._known = (0, 0)
        self._selection = rows.selectionModel()
        self._selection.selectionChanged.connect(self.look)
        rows.model().rowsInserted.connect(self._more_rows)

    def _places(self) -> list[int]:
        return sorted(index.row() for index in self._selection.selectedRows())

    @property
    def on(self) -> bool:
        """Whether rows are marked."""
        return self._marking and (self._selection.hasSelection() or bool(self._away))

    @property
    def away(self) -> int:
        """How many marked rows the list does not show."""
        return len(self._away) if self.on else 0

    def _here(self) -> list[int]:
        return [number for place in self._places() if (number := self._id_at(place)) is not None] if self.on else []

    def ids(self) -> list[int]:
        """The ids of the marked rows from the top, then those that are away; [] if none is marked."""
        return [*self._here(), *self._away] if self.on else []

    def toggle(self) -> None:
        """Toggle the current row's mark."""
        here = self._rows.currentIndex()
        if here.isValid():
            how = _FLAGS.Toggle if self.on else _FLAGS.ClearAndSelect
            self._marking = True
            self._selection.select(here, how | _FLAGS.Rows)
            if (
                not self._selection.hasSelection() and not self._away
            ):  # that was the last mark: back to selecting the current row
                self._selection.select(here, _FLAGS.ClearAndSelect | _FLAGS.Rows)
            self.look()

    def extend(self, by: int) -> None:
        """Mark the current row and the row `by` away, which becomes current."""
        here, place = self._rows.currentIndex(), self._rows.place() + by
        if place >= self._rows.model().rowCount() and self._rows.model().canFetchMore(QModelIndex()):
            self._rows.model().fetchMore(QModelIndex())
        if here.isValid() and 0 <= place < self._rows.model().rowCount():
            there = self._rows.model().index(place, 0)
            self._marking = True
            self._selection.select(here, _FLAGS.Select | _FLAGS.Rows)
            self._selection.setCurrentIndex(there, _FLAGS.Select | _FLAGS.Rows)
            self._rows.scrollTo(there)

    def clear(self) -> bool:
        """Clear all marks; False if there were none."""
        was, here = self._marking, self._rows.currentIndex()
        self.forget()
        if was and here.isValid():
            self._selection.select(here, _FLAGS.ClearAndSelect | _FLAGS.Rows)
        elif was:
            self._selection.clearSelection()
        self.look()
        return was

    def forget(self) -> None:
        """End marking without touching the selection: the next selection is a single row again."""
        self._marking, self._away = False, []

    def leave(self, numbers: Collection[int]) -> None:
        """Clear the marks of these: what was asked for them is done; others stay marked."""
        if self.on:
            self._put_back([number for number in self.ids() if number not in numbers])

    @contextmanager
    def kept(self, stays: Callable[[int], bool] = lambda _number: True) -> Iterator[None]:
        """Keep the marks while the list is read anew; what it no longer shows then is away.

        `stays` is asked about those that were shown and no longer are: one that does not loses its mark, as when it was
        answered meanwhile.
        """
        here, away = self._here(), list(self._away) if self.on else []
        yield
        if not here and not away:
            return
        there = [number for number in here if self._place_of(number) is not None or stays(number)]
        self._put_back([*there, *away])

    def _put_back(self, numbers: Sequence[int]) -> None:
        """Mark these, and no others; with none, clear all marks."""
        places = {number: self._place_of(number) for number in numbers}
        self._away = [number for number, place in places.items() if place is None]
        chosen, model = QItemSelection(), self._rows.model()
        for place in places.values():
            if place is not None:
                chosen.select(model.index(place, 0), model.index(place, 0))
        if not numbers:
            self.clear()
            return
        self._marking = True
        if chosen.isEmpty():
            self._selection.clearSelection()
        else:
            self._selection.select(chosen, _FLAGS.ClearAndSelect | _FLAGS.Rows)
        self.look()

    def _more_rows(self) -> None:
        """Select those that were away and are among the rows now."""
        if self.on and self._away:
            self._put_back(self.ids())

    def look(self) -> None:
        """Emit `changed` if the number of marks changed."""
        places = len(self._places())
        self._marking = places > 1 or (self._marking and (places > 0 or bool(self._away)))
        count = places + len(self._away) if self._marking else 0
        if (count, self.away) != self._known:
            self._known = (count, self.away)
            self._rows.viewport().update()
            self.changed.emit(count)
