"""What waits until something else is painted: it is no part of the next picture, and nobody waits for it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

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


class Gradually(QObject):
    """Takes steps one after another once a widget is painted, each in a pass of its own: no key waits for them all."""

    def __init__(self, painted: QWidget, steps: Iterable[Callable[[], object]]) -> None:
        """Start as soon as the widget is painted. What needs all of the steps calls `finish` before."""
        super().__init__(painted)
        self._left = deque(steps)
        self._painted = AfterPaint(painted, self._begin)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)
        self._painted.start()

    @property
    def waits(self) -> bool:
        """Whether any step is still to be taken."""
        return bool(self._left)

    def then(self, step: Callable[[], object]) -> None:
        """Take one more step after those that are left."""
        self._left.append(step)
        if not self._painted.waits:
            self._begin()

    def finish(self) -> None:
        """Take all steps that are left, now."""
        while self._left:
            self._next()

    def stop(self) -> None:
        """Take no more steps, and be gone."""
        self._left.clear()
        self._painted.stop()
        self._timer.stop()
        self._painted.deleteLater()
        self.deleteLater()

    def _begin(self) -> None:
        self._timer.start(0)

    def _next(self) -> None:
        if self._left:
            self._left.popleft()()
        if not self._left:
            self._timer.stop()
            self._painted.stop()
