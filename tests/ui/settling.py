"""Waiting for the window, and pressing one key in it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from tests.ui.presses import press, send
from tests.waiting import wait_until
from ui.shell.window import Window

_TURNS = 25
"""Of the loop, at least: beside other work a single one may take all the time there is."""


def settle(done: Callable[[], Any] = lambda: False, seconds: float = 0.15) -> None:
    """Let the window hear of changes: until `done`, at least for what notices take, and for a few turns of its loop."""
    end, turns = time.monotonic() + seconds, _TURNS
    while (time.monotonic() < end or turns > 0) and not done():
        QApplication.processEvents()
        turns -= 1


def until(done: Callable[[], object]) -> None:
    """Let the window live until `done`; the test fails where that takes too long."""
    wait_until(done, step=0.005, meanwhile=_live)


def _live() -> None:
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # as a running loop does


def key(window: Window, letter: str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press one letter's key on a US keyboard."""
    send(window, press(ord(letter.upper()), "" if held else letter.lower(), 0, held))
