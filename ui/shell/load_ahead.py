"""The pages' code is loaded piece by piece while nobody waits, from the window's first use on.

A page that is opened first would otherwise stand still until all of its modules are there, 40 ms for the inbox alone.
A window that nobody touches loads none of them, and stays as light as it was when it was painted.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QWindow

from ui.frame.registry import in_rail

_PAUSE_MS = 30
"""Between two pieces, and after the last key or movement of the mouse: what was asked for comes first."""
_USES = (QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


def pieces() -> Iterator[str]:
    """The modules of the rail's pages, in the order in which they are loaded: a page's parts before the page."""
    for entry in in_rail():
        yield from entry.parts
        yield f"ui.pages.{entry.id}.page"


class LoadingAhead(QObject):
    """Begins with the first key, click or movement of the mouse in a window; goes with it."""

    def __init__(self, window: QWindow) -> None:
        """Wait for the first use."""
        super().__init__(window)
        self._left = deque[str]()
        self._timer = QTimer(self)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._next)
        self._begun = False
        window.installEventFilter(self)

    @property
    def waits(self) -> bool:
        """Whether anything is still to be loaded."""
        return not self._begun or bool(self._left)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        """Begin, or pause again; never filters."""
        if event.type() in _USES:
            if not self._begun:
                self._begun = True
                self._left.extend(pieces())
            if self._left:
                self._timer.start()
            else:
                window.removeEventFilter(self)
        return False

    def _next(self) -> None:
        if self._left:
            import_module(self._left.popleft())
        if not self._left:
            self._timer.stop()
