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
    lost = before - sys.getrefcount(None)
    if sys.version_info >= (3, 12):  # None is immortal (PEP 683): 6.11 still loses one a call there, without effect
        assert sys.getrefcount(None) > 2**31
    else:
        assert abs(lost) <= 50
