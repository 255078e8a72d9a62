"""Clean shutdown on SIGINT, SIGTERM and SIGHUP, as if the window was closed.

Python runs signal handlers only when the main thread executes Python code, but an idle window waits in Qt's event loop.
So `signal.set_wakeup_fd` writes to a pipe that a QSocketNotifier watches, which gets back to Python at once.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Self

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

Handler = Callable[[int, FrameType | None], object] | int

_SIGNAL_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
_HAS_PIPES = os.name == "posix"  # elsewhere the application's timer runs Python code every 2 s


class Stopping(QObject):
    """A context manager in which a signal ends Qt's event loop; a second signal has its default effect."""

    def __init__(self, qt: QApplication) -> None:
        """Install nothing before the block is entered."""
        super().__init__()
        self._qt = qt
        self._before: dict[int, Handler] = {}
        self._pipe: tuple[int, int] | None = None
        self._previous_wakeup_fd = -1
        self._notifier: QSocketNotifier | None = None
        self._stopped = False
        self.status = 0
        """The process's exit status: 130 after Ctrl+C; 0 where the system asked for the end, as when logging out."""

    def __enter__(self) -> Self:
        """Install the handlers; ignored signals, as under nohup, stay ignored."""
        numbers = [getattr(signal, name) for name in _SIGNAL_NAMES if hasattr(signal, name)]
        for number in numbers:
            before = signal.getsignal(number)
            if before != signal.SIG_IGN:
                self._before[number] = signal.SIG_DFL if before is None else before  # None: not installed by Python
                signal.signal(number, self._handle)
        if _HAS_PIPES:
            self._pipe = os.pipe()
            for end in self._pipe:
                os.set_blocking(end, False)
            self._previous_wakeup_fd = signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
            self._notifier = QSocketNotifier(self._pipe[0], QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._drain_pipe)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Restore the previous handlers."""
        for number, before in self._before.items():
            signal.signal(number, before)
        self._before.clear()
        if self._notifier is not None and self._pipe is not None:
            self._notifier.setEnabled(False)
            signal.set_wakeup_fd(self._previous_wakeup_fd)
            for end in self._pipe:
                os.close(end)
            self._pipe = None

    def status_of(self, loop: Callable[[], int]) -> int:
        """Run the event loop, unless a signal has arrived already; the exit status of the process."""
        ended = 0 if self._stopped else loop()
        return self.status if self._stopped else ended

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        self._stopped, self.status = True, 128 + number if number == signal.SIGINT else 0
        for known, before in self._before.items():
            signal.signal(known, before)
        self._qt.exit(self.status)

    def _drain_pipe(self) -> None:
        """Drain the pipe; the signal handler has run by now, since this call returned to Python."""
        if self._pipe is not None:
            with suppress(BlockingIOError):
                os.read(self._pipe[0], 64)
