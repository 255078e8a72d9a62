"""The counts in the rail, updated shortly after a change, one page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.frame.registry import Entry
from ui.shell.rail import Rail
from ui.shell.view_rows import ViewRows

if TYPE_CHECKING:
    from app.store.changes import Changes
    from app.workbench import Workbench

_DELAY_MS = 120


class Counting(QObject):
    """Counts one page per event loop turn, so that no repaint is delayed."""

    def __init__(self, bench: Workbench, rail: Rail, entries: Sequence[Entry]) -> None:
        """Count nothing before `start`."""
        super().__init__(rail)
        self._bench, self._rail = bench, rail
        self._entries = [entry for entry in entries if entry.counter is not None]
        self._left: list[Entry] = []
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count_next)
        self._views = ViewRows(bench, rail)

    def start(self, changes: Changes | None = None) -> None:
        """Schedule a round of counting; another follows the one under way, which may have counted what has changed.

        Saved views are counted only where `changes`, if given, may have changed what they list.
        """
        self._views.follow(changes)
        self._again = self._timer.isActive()
        if not self._again:
            self._begin()

    def _begin(self) -> None:
        self._again, self._left = False, list(self._entries)
        self._timer.start(_DELAY_MS)

    def stop(self) -> None:
        """Stop counting, before the file is closed."""
        self._timer.stop()
        self._views.stop()

    def _count_next(self) -> None:
        if self._left:
            entry = self._left.pop(0)
            if entry.counter is not None:
                self._rail.set_count(entry.row_id, entry.counter(self._bench))
            for shelf in entry.shelves:
                self._rail.set_count(f"{entry.id}/{shelf.id}", shelf.counter(self._bench))
        if self._left:
            self._timer.start(0)
        elif self._again:
            self._begin()
