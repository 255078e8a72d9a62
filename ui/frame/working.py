"""Long work on a worker thread, with progress and result as Qt signals."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from app.base.errors import UserError

Work = Callable[[Callable[[int, int], object], threading.Event], object]
"""Runs on the worker: takes a progress callback (done, total) and a stop event, returns the result."""

_running: set[Working] = set()
"""Keeps running instances alive: a closed window must not destroy them while their thread runs."""


class Working(QObject):
    """Runs one piece of work on a daemon thread. Without a `parent` it lives until it has emitted its result."""

    progressed = Signal(object, object)
    finished = Signal(object)
    failed = Signal(object)
    """Carries the UserError that ended it, or None for a bug, which is logged."""
    _ended = Signal(object, object)

    def __init__(self, work: Work, name: str, parent: QObject | None = None) -> None:
        """`name` is the thread's name, for logs."""
        super().__init__(parent)
        self._work, self._stop = work, threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._last = -1.0

    def start(self) -> None:
        """Start the thread."""
        _running.add(self)
        self._thread.start()

    def stop(self) -> None:
        """Ask the work to stop at its next check of the event."""
        self._stop.set()

    def _progress(self, done: int, total: int) -> None:
        part = done / total if total else 0.0
        if part - self._last >= 0.005 or done >= total:  # noqa: PLR2004  one pixel of a 200 px bar
            self._last = part
            self.progressed.emit(done, total)

    def _run(self) -> None:
        try:
            self._ended.emit("finished", self._work(self._progress, self._stop))
        except UserError as why:
            self._ended.emit("failed", why.with_traceback(None))  # whose frames hold locals, passwords too
        except Exception:  # a bug: threading.excepthook logs and reports it
            self._ended.emit("failed", None)
            raise

    def _deliver(self, event: str, outcome: object) -> None:
        _running.discard(self)
        if event == "finished":
            self.finished.emit(outcome)
        else:
            self.failed.emit(outcome)
