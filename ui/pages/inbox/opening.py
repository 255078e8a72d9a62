"""Which conversation is open: that of the current row, or one kept open although the list no longer has it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QTimer, Signal

if TYPE_CHECKING:
    from ui.pages.inbox.conversation_model import ConversationModel
    from ui.pages.inbox.rows import Rows

_OPEN_DELAY_MS = 150


class _Kept(NamedTuple):
    """A conversation kept open, and the row at which steps go on from it."""

    id: int
    place: int


class Opening(QObject):
    """Follows the current row; `chosen` carries the id of the conversation to open ("" for none)."""

    chosen = Signal(str)

    def __init__(self, rows: Rows, model: ConversationModel) -> None:
        """Nothing is open until a row becomes current."""
        super().__init__(rows)
        self._rows, self._model = rows, model
        self._open: int | None = None
        self._kept: _Kept | None = None
        self._delays = False
        self._timer = QTimer(self)  # hits are listed while typing, but opened only after a pause
        self._timer.setSingleShot(True)
        self._timer.setInterval(_OPEN_DELAY_MS)
        self._timer.timeout.connect(self._open_current)
        rows.selectionModel().currentRowChanged.connect(self._current_changed)

    def open(self, number: int | None) -> None:
        """Open a conversation (None for none), after a pause while `delayed`."""
        if self._delays and number is not None:
            self._timer.start()
            return
        self._timer.stop()
        self._open, self._kept = number, None
        self.chosen.emit("" if number is None else str(number))

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.open(self._model.id_at(current.row()))

    def _open_current(self) -> None:
        self._timer.stop()
        self.open(self._rows.current_id())

    @contextmanager
    def delayed(self) -> Iterator[None]:
        """Open what becomes current meanwhile only after a pause in typing."""
        self._delays = True
        try:
            yield
        finally:
            self._delays = False

    def hurry(self) -> None:
        """Open at once what a pause in typing would have opened."""
        if self._timer.isActive():
            self._open_current()

    def place(self) -> int:
        """The current row; 0 if there is none."""
        return max(0, self._rows.currentIndex().row())

    def select_place(self, place: int, *, keep: bool = False) -> None:
        """Make a row current; in an empty list open none. `keep` leaves the marks as they are."""
        if 0 <= place < self._model.rowCount():
            self._rows.select(place, keep=keep)
        elif not self._model.rowCount():
            self.open(None)

    def keep_open(self, number: int) -> None:
        """Keep the current conversation open if it leaves the list, as after a reply; steps continue from its row."""
        if self._rows.current_id() == number:
            self._kept = _Kept(number, self.place())

    def open_outside(self, number: int) -> None:
        """Mark a conversation outside this list as the open one: no row is current, and refreshes don't replace it."""
        self._timer.stop()
        self._open, self._kept = number, _Kept(number, self.place())
        self.stays_outside()

    def stays_outside(self) -> bool:
        """Whether the open conversation is kept although it is not in the list; if so, no row is current."""
        if self._kept is None or self._model.place_of(self._kept.id) is not None:
            return False
        self._rows.select_none()
        return True

    def follow(self, current: int | None, place: int, *, moved: bool) -> None:
        """After the list was re-read: let the open conversation's row be current, or what took its place.

        `current` and `place` were the current conversation and row; `moved` says whether the rows have changed.
        """
        if self._kept is not None and self._rows.current_id() != self._kept.id:  # it is in the list again
            self._rows.select_id(self._kept.id)
        if moved and (current is None or self._model.place_of(current) is None):
            self.select_place(min(place, self._model.rowCount() - 1), keep=True)
        number = self._rows.current_id()
        if number != self._open:  # Qt selects a row by itself when rows are inserted into a focused list
            self.open(number)

    def go_on(self) -> None:
        """Leave the conversation that was kept open and select the row that took its place."""
        if self._kept is not None:
            place, self._kept = self._kept.place, None
            if not self._rows.currentIndex().isValid():
                self.select_place(min(place, self._model.rowCount() - 1))

    def step(self, by: int) -> None:
        """Move so many rows down (or up, if negative)."""
        place = self._rows.currentIndex().row() + by
        if self._kept is not None and not self._rows.currentIndex().isValid():
            place = self._kept.place + min(by, 0)
        if place >= self._model.rowCount() and self._model.canFetchMore(QModelIndex()):
            self._model.fetchMore(QModelIndex())
        self.select_place(place, keep=True)
