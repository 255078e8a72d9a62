"""Long work off the window's thread, with its progress and its outcome brought back as signals."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from app.base.errors import UserError

Work = Callable[[Callable[[int, int], object], threading.Event], object]
"""What runs on the worker: it is given a progress callback (done, total) and the event that asks it to stop."""

_running: set[Working] = set()
"""Those that are under way: a window that was closed meanwhile must not take them apart under their thread."""


class Working(QObject):
    """Runs one piece of work on a daemon thread. Without a `parent` it lives until it has told what came of it."""

    progressed = Signal(object, object)
    finished = Signal(object)
    failed = Signal(object)
    """The UserError that ended it; None for a fault of ours, which the log has."""
    _came = Signal(object, object)

    def __init__(self, work: Work, name: str, parent: QObject | None = None) -> None:
        """`name` is the thread's, for logs."""
        super().__init__(parent)
        self._work, self._stop = work, threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._last = -1.0

    def start(self) -> None:
        """Begin."""
        _running.add(self)
        self._thread.start()

    def stop(self) -> None:
        """Ask the work to end at its next resting place."""
        self._stop.set()

    def _progress(self, done: int, total: int) -> None:
        part = done / total if total else 0.0
        if part - self._last >= 0.005 or done >= total:  # noqa: PLR2004  a line of 200 px shows no finer step
            self._last = part
            self.progressed.emit(done, total)

    def _run(self) -> None:
        try:
            self._came.emit("finished", self._work(self._progress, self._stop))
        except UserError as why:
            self._came.emit("failed", why.with_traceback(None))  # its frames hold what was worked on, passwords too
        except Exception:  # a bug: the thread's hook logs it, the window hears of it there
            self._came.emit("failed", None)
            raise

    def _deliver(self, what: str, outcome: object) -> None:
        _running.discard(self)
        if what == "finished":
            self.finished.emit(outcome)
        else:
            self.failed.emit(outcome)
