"""A person's hand on the window: keys as a keyboard sends them, text in any script, waiting with open eyes."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from tests.ui.presses import press, send
from tests.waiting import wait_until

_NAMED = {
    "Enter": Qt.Key.Key_Return,
    "Escape": Qt.Key.Key_Escape,
    "Tab": Qt.Key.Key_Tab,
    "Down": Qt.Key.Key_Down,
    "Up": Qt.Key.Key_Up,
    "F6": Qt.Key.Key_F6,
    "F8": Qt.Key.Key_F8,
    "F5": Qt.Key.Key_F5,
    "Backspace": Qt.Key.Key_Backspace,
    "Delete": Qt.Key.Key_Delete,
}
_HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}

_TURN_SECONDS = 0.005


class Hand:
    """Presses keys on whatever of the window has the focus."""

    def __init__(self, window: QWidget) -> None:
        """The window has to be shown."""
        self._window = window

    def _press(self, event: QKeyEvent) -> None:
        """As the desktop does: keys go to the window in front."""
        if not self._window.isActiveWindow() and QApplication.activePopupWidget() is None:
            self._window.activateWindow()
            QApplication.processEvents()
        send(self._window, event)

    def keys(self, *spelled: str) -> None:
        """Press keys one after the other, spelled as in `Ctrl+Enter`, `E`, `Escape`."""
        for one in spelled:
            *held, name = one.split("+") if one != "+" else [one]
            with_ = Qt.KeyboardModifier.NoModifier
            for modifier in held:
                with_ |= _HELD[modifier]
            key = _NAMED.get(name) or Qt.Key(ord(name.upper()))
            plain = len(name) == 1 and not with_ & (_HELD["Ctrl"] | _HELD["Alt"])
            typed = (name if "Shift" in held else name.lower()) if plain else ""
            self._press(press(key, typed, held=with_))

    def types(self, text: str) -> None:
        """Type a text, letter by letter, in any script."""
        for letter in text:
            key = Qt.Key.Key_Return if letter == "\n" else Qt.Key(ord(letter.upper()[0]))
            self._press(press(key, letter))

    @staticmethod
    def until(seen: Callable[[], object]) -> None:
        """Let the window live until something is so; AssertionError when it does not become so in time."""
        wait_until(seen, step=0.01, meanwhile=QApplication.processEvents)

    @staticmethod
    def rest(seconds: float = 0.1) -> None:
        """Let the window live for a moment: so long, and as many turns of its loop as fit into that on a quiet machine.

        Where the machine does other work beside, few turns fit into the time, and what follows a key would be cut off.
        """
        end, turns = time.monotonic() + seconds, round(seconds / _TURN_SECONDS)
        while time.monotonic() < end or turns > 0:
            QApplication.processEvents()
            time.sleep(_TURN_SECONDS)
            turns -= 1


def is_gone(widget: QWidget) -> bool:
    """Whether it is shown no longer: a closed form is deleted with a later turn of the loop, and then knows nothing."""
    return not isValid(widget) or not widget.isVisible()
