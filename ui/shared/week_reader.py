"""Reads the first week on a thread of its own: it counts conversations and reads the last replies."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.first_week import Overview
from ui.frame.working import Working

if TYPE_CHECKING:
    from app.workbench import Workbench

_SOON_MS = 60
OFTEN, SELDOM = 10.0, 60.0
"""Seconds between two readings of what only came in; where nothing is open there is less to be seen."""


class WeekReader(QObject):
    """Reads when it is asked to, and no more often than every few seconds unless the person has just done something."""

    told = Signal(object)
    """Carries an Overview."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        """Nothing is read until `ask`."""
        super().__init__(parent)
        self._bench = bench
        self.seconds_between = OFTEN
        self._working: Working | None = None
        self._again = False
        self._read_at = float("-inf")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._read)

    def ask(self, *, now: bool = False) -> None:
        """Read again, once for all that changes within a moment; `now` without waiting for its time."""
        wait = 0.0 if now else max(0.0, self._read_at + self.seconds_between - time.monotonic())
        left = self._timer.remainingTime()
        if left < 0 or now:
            self._timer.start(_SOON_MS + int(1_000 * wait))

    def leave(self) -> None:
        """Read no more: the file is going to be closed."""
        self._timer.stop()
        if self._working is not None:
            self._working.leave()

    def _read(self) -> None:
        if self._working is not None:
            self._again = True
            return
        week = self._bench.first_week
        self._working = Working(lambda _progress, _stop: week.overview(), "first week")
        self._working.finished.connect(self._show)
        self._working.failed.connect(self._failed)
        self._working.start()

    def _show(self, made: object) -> None:
        self._working, self._read_at = None, time.monotonic()
        if isinstance(made, Overview):
            self.told.emit(made)
        self._go_on()

    def _failed(self, _why: object) -> None:
        """The next change reads anew."""
        self._working, self._read_at = None, time.monotonic()
        self._go_on()

    def _go_on(self) -> None:
        if self._again:
            self._again = False
            self.ask(now=True)
