"""What waits until something else is painted: it is no part of the next picture, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_UNPAINTED_MS = 200
"""After so long it is done all the same: what is hidden is not painted."""


class AfterPaint(QObject):
    """Calls `then` once a widget has been painted, with the next pass of the loop. It goes with the widget."""

    def __init__(self, painted: QWidget, then: Callable[[], object]) -> None:
        """Wait for nothing before `start`."""
        super().__init__(painted)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(then)
        painted.installEventFilter(self)

    def start(self) -> None:
        """Wait for the next painting; once, however often it is asked for until then."""
        self._timer.start(_UNPAINTED_MS)

    def stop(self) -> None:
        """Wait no more."""
        self._timer.stop()

    @property
    def waits(self) -> bool:
        """Whether it is still to be done."""
        return self._timer.isActive()

    def eventFilter(self, _painted: QObject, event: QEvent) -> bool:
        """The painting itself comes first, and is shown."""
        if event.type() == QEvent.Type.Paint and self._timer.isActive():
            self._timer.start(0)
        return False
