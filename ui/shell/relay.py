"""The bridge from the workbench's threads to Qt: change notices, merged for 50 ms into one signal.

What the window itself has changed is told with the next pass of its loop: whoever pressed E waits for nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from app.store.changes import Changes

GATHER_MS = 50


class Relay(QObject):
    """Takes notices on any thread and emits `changed`, with an `app.store.Changes`, on the window's thread."""

    changed = Signal(object)
    _woken = Signal(bool)
    _called = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        """Construct it on the window's thread."""
        super().__init__(parent)
        self._lock = threading.Lock()
        self._home = threading.get_ident()
        self._waiting: Changes | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._emit_changes)
        self._woken.connect(self._start_timer, Qt.ConnectionType.QueuedConnection)
        self._called.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def hear(self, changes: Changes) -> None:
        """Queue a change notice; thread-safe."""
        with self._lock:
            first = self._waiting is None
            self._waiting = changes if self._waiting is None else self._waiting.merged(changes)
        own = threading.get_ident() == self._home
        if first or own:
            self._woken.emit(own)

    def call(self, work: Callable[[], object]) -> None:
        """Queue `work` to run on the window's thread; thread-safe."""
        self._called.emit(work)

    def _start_timer(self, at_once: bool) -> None:  # noqa: FBT001  a signal's
        if at_once:  # not by a timer, which runs after the painting: what was pressed would be painted twice
            self._timer.stop()
            self._emit_changes()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        elif not self._timer.isActive():
            self._timer.start(GATHER_MS)

    def _emit_changes(self) -> None:
        with self._lock:
            changes, self._waiting = self._waiting, None
        if changes is not None:
            self.changed.emit(changes)

    def _do(self, work: Callable[[], object]) -> None:
        work()
