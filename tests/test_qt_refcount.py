"""PySide6 6.12.0 loses a reference to None at each void call on Python 3.11 and aborts; the pin avoids it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer


def test_void_calls_keep_the_references_to_none() -> None:
    thing, timer = QObject(), QTimer()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("x")
        timer.setInterval(5)
    assert abs(sys.getrefcount(None) - before) <= 50
