"""Ctrl+C, `kill` and a terminal that is closed end the window as closing it does: nothing is left behind.

Python runs its handlers only when the main thread gets to Python code, and an idle window is in Qt's event loop. So the
signal's number comes through a pipe that Qt listens to, which calls Python at once.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Self

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
_PIPES = os.name == "posix"  # elsewhere the window's own timer gets to Python every two seconds


class Stopping(QObject):
    """Within its block a signal ends Qt's event loop; a second one acts as it does without us."""

    def __init__(self, qt: QApplication) -> None:
        """Nothing is listened to before the block."""
        super().__init__()
        self._qt = qt
        self._before: dict[int, signal.Handlers] = {}
        self._pipe: tuple[int, int] | None = None
        self._wakes = -1
        self._bell: QSocketNotifier | None = None
        self.status = 0
        """What the process ends with: 128 and the signal's number; 0 while none has come."""

    def __enter__(self) -> Self:
        """Listen; where signals are ignored, as under nohup, they stay so."""
        numbers = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
        for number in numbers:
            before = signal.getsignal(number)
            if before != signal.SIG_IGN:
                self._before[number] = before  # type: ignore[assignment]
                signal.signal(number, self._stop)
        if _PIPES:
            self._pipe = os.pipe()
            for end in self._pipe:
                os.set_blocking(end, False)
            self._wakes = signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
            self._bell = QSocketNotifier(self._pipe[0], QSocketNotifier.Type.Read, self)
            self._bell.activated.connect(self._heard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Everything is as it was before."""
        for number, before in self._before.items():
            signal.signal(number, before)
        self._before.clear()
        if self._bell is not None and self._pipe is not None:
            self._bell.setEnabled(False)
            signal.set_wakeup_fd(self._wakes)
            for end in self._pipe:
                os.close(end)
            self._pipe = None

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        self.status = 128 + number
        for known, before in self._before.items():
            signal.signal(known, before)
        self._qt.exit(self.status)

    def _heard(self) -> None:
        """By now the handler has run: coming here was enough."""
        if self._pipe is not None:
            with suppress(BlockingIOError):
                os.read(self._pipe[0], 64)
