"""The counts of the rail: what waits for the person on each page, asked soon, one page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.frame.registry import Entry, page_class
from ui.shell.rail import Rail

if TYPE_CHECKING:
    from app.workbench import Workbench

_AFTER_MS = 120


class Counting(QObject):
    """Asks one page after the other, each in its own turn of the event loop, so that no frame waits."""

    def __init__(self, bench: Workbench, rail: Rail, entries: Sequence[Entry]) -> None:
        """Asks nothing before `start`."""
        super().__init__(rail)
        self._bench, self._rail, self._entries = bench, rail, entries
        self._left: list[Entry] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count_next)

    def start(self) -> None:
        """Count soon; a round that has begun goes on."""
        if not self._timer.isActive():
            self._left = list(self._entries)
            self._timer.start(_AFTER_MS)

    def stop(self) -> None:
        """Ask nothing more: the file is closed next."""
        self._timer.stop()

    def _count_next(self) -> None:
        if self._left:
            entry = self._left.pop(0)
            self._rail.set_count(entry.id, page_class(entry).count(self._bench))
        if self._left:
            self._timer.start(0)
