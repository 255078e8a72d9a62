"""Timers that do something once, a while after they were last started: after a pause in typing, for one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def once_after(milliseconds: int, then: Callable[[], object], owner: QObject) -> QTimer:
    """A timer that calls `then` so long after its last start; it goes with its owner, and is not started yet."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
