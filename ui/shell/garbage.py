"""Cyclic garbage collection on the window's thread only.

Python's collector runs on whichever thread allocates next. On a worker it would destroy unreachable widgets, which
crashes Qt. So automatic collection is off while there are windows, and a timer on the window's thread runs it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 2_000
_frozen = False  # kept here, for gc.get_freeze_count() walks along every frozen object, 35 ms where there are many


class Sweeper(QObject):
    """Collects every 2 s the generations that are over Python's own thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Turn automatic collection off."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(sweep)

    def start(self) -> None:
        """Start collecting; freeze the objects made so far, which are permanent and would cost 15 ms each time."""
        _freeze()
        self._timer.start()

    def stop(self) -> None:
        """Stop until the next `start`."""
        self._timer.stop()


def _freeze() -> None:
    """Once in a process: what a window that was closed left behind must stay within reach of the collector."""
    global _frozen  # noqa: PLW0603  there is one collector in a process
    if not _frozen:
        _frozen = True
        gc.freeze()


def sweep() -> None:
    """Collect the oldest generation over its threshold, and with it the younger ones."""
    counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, most) in enumerate(counts) if count > most]
    if due:
        gc.collect(due[-1])
