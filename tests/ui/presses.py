"""Key presses as keyboards of several layouts send them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

_NONE = Qt.KeyboardModifier.NoModifier


def press(
    key: int, text: str = "", code: int = 0, held: Qt.KeyboardModifier = _NONE, kind: QEvent.Type = QEvent.Type.KeyPress
) -> QKeyEvent:
    """A press as Qt would make it: Qt's key, what was typed, and X11's key code."""
    return QKeyEvent(kind, key, held, code, 0, 0, text)


def held_down(key: int, text: str = "", code: int = 0) -> QKeyEvent:
    """What follows a press while the key is held down."""
    return QKeyEvent(QEvent.Type.KeyPress, key, _NONE, code, 0, 0, text, autorep=True)


def send(widget: QWidget, event: QKeyEvent) -> None:
    """Send it the way the platform does: to the native window, which hands it to the widget with the focus."""
    window = widget.window().windowHandle()
    assert window is not None
    QApplication.sendEvent(window, event)
    QApplication.processEvents()
