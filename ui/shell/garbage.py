"""Looking for garbage on the window's thread alone.

Python looks for unreachable cycles wherever the next object happens to be made. On a worker it would take apart widgets
that have gone out of use, and Qt does not survive that: the process dies. So looking by itself is off for as long as
there are windows, and a timer of the window's thread does it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 2_000


class Sweeper(QObject):
    """Looks every few seconds, as far as Python's own thresholds say it is due."""

    def __init__(self, parent: QObject | None = None) -> None:
        """From here on nothing is looked for but by `sweep`."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(sweep)

    def start(self) -> None:
        """Begin; what the start has made is there to stay and is not looked at again (15 ms each time)."""
        if not gc.get_freeze_count():
            gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """No more until the next `start`."""
        self._timer.stop()


def sweep() -> None:
    """Look through the oldest generation that is due, and with it the younger ones."""
    counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, most) in enumerate(counts) if count > most]
    if due:
        gc.collect(due[-1])
