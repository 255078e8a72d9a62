"""Long work on a worker thread, with progress and result as Qt signals."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from app.base.errors import ClosedFileError, UserError

Work = Callable[[Callable[[int, int], object], threading.Event], object]
"""Runs on the worker: takes a progress callback (done, total) and a stop event, returns the result."""

_running: set[Working] = set()
"""Keeps running instances alive: a closed window must not destroy them while their thread runs."""
_LEAVE_SECONDS = 2.0


def leave_all(seconds: float = _LEAVE_SECONDS) -> None:
    """Stop all work, whose results nobody takes any more, and wait at most so many seconds until it has ended.

    Work that does not look at its stop event and takes longer goes on for itself; it emits nothing.
    """
    everyone = list(_running)
    for working in everyone:
        working.leave()
    until = time.monotonic() + seconds
    for working in everyone:
        if working.wait(max(0.0, until - time.monotonic())):
            _running.discard(working)  # the others stay: no thread but this one may destroy a QObject


class Working(QObject):
    """Runs one piece of work on a daemon thread. It lives until it has emitted its result, or is left."""

    progressed = Signal(object, object)
    finished = Signal(object)
    failed = Signal(object)
    """Carries the UserError that ended it, or None for a bug, which is logged."""
    _ended = Signal(object, object)

    def __init__(self, work: Work, name: str, halt: Callable[[], object] | None = None) -> None:
        """`name` is the thread's name, for logs. `halt` ends what waits for something else than the stop event."""
        super().__init__()  # without a parent, which could be deleted while the thread runs
        self._work, self._stop, self._halt = work, threading.Event(), halt
        self._left = False
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
        if self._halt is not None:
            self._halt()

    def leave(self) -> None:
        """Stop it; nothing is emitted any more."""
        self._left = True
        self.stop()

    def wait(self, seconds: float) -> bool:
        """Wait for the thread at most so many seconds; whether it has ended."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _progress(self, done: int, total: int) -> None:
        if self._left:
            return
        part = done / total if total else 0.0
        if part - self._last >= 0.005 or done >= total:  # noqa: PLR2004  one pixel of a 200 px bar
            self._last = part
            self.progressed.emit(done, total)

    def _run(self) -> None:
        try:
            self._tell("finished", self._work(self._progress, self._stop))
        except UserError as why:
            self._tell("failed", why.with_traceback(None))  # whose frames hold locals, passwords too
        except Exception as why:  # a bug: threading.excepthook logs and reports it
            self._tell("failed", None)
            if not (self._left and _is_closed(why)):
                raise

    def _tell(self, event: str, outcome: object) -> None:
        if not self._left:
            self._ended.emit(event, outcome)

    def _deliver(self, event: str, outcome: object) -> None:
        _running.discard(self)
        if self._left:
            return
        if event == "finished":
            self.finished.emit(outcome)
        else:
            self.failed.emit(outcome)


def _is_closed(why: Exception) -> bool:
    """Whether it failed because the file was closed while it was being read."""
    from app.store.failures import as_sentence  # noqa: PLC0415  only after an error

    return isinstance(as_sentence(why, Path()), ClosedFileError)
