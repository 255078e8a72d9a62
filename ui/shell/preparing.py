"""Loading the pages' code ahead, while nobody waits: a page that is opened for the first time only has to be built.

A module at a time, with pauses: no key waits for more than one. Nothing is built ahead, since a page takes memory, and
has to be refreshed, from the moment on when it is there.
"""

from __future__ import annotations

from collections import deque
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from ui.frame.registry import in_rail, modules

_BEGIN_MS, _PAUSE_MS = 300, 20
"""After the first paint, when the window has begun its own work; and between one module and the next."""


class Preparing(QObject):
    """Goes through the pages of the rail from its top down."""

    def __init__(self, parent: QObject) -> None:
        """Load nothing before `start`."""
        super().__init__(parent)
        self._names: deque[str] = deque()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        """Begin in a moment."""
        self._names = deque(name for entry in in_rail() for name in modules(entry))
        self._timer.start(_BEGIN_MS)

    def _next(self) -> None:
        if self._names:
            import_module(self._names.popleft())
            self._timer.start(_PAUSE_MS)
