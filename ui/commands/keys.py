"""Mapping of key presses to commands, under any keyboard layout.

The typed character is tried first, then the physical key: under a Greek layout the E key types ε, under a Czech one the
digit row types letters, and Y and Z are swapped in Czech and Hungarian (where the typed letter wins). The physical key
comes from the native scan code on Linux and the native virtual key elsewhere. QShortcut is not used: under a Greek
layout a QShortcut on G does not fire.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTextEdit,
    QWidget,
)

from ui.commands.activity import activity

_ROWS = {10: "1234567890-=", 24: "QWERTYUIOP[]", 38: "ASDFGHJKL;'`", 52: "ZXCVBNM,./"}
LINUX = {first + place: letter for first, row in _ROWS.items() for place, letter in enumerate(row)}
"""X11 and Wayland key code (the kernel's plus 8) -> the letter on a US keyboard."""
MAC = {
    0: "A", 1: "S", 2: "D", 3: "F", 4: "H", 5: "G", 6: "Z", 7: "X", 8: "C", 9: "V", 11: "B", 12: "Q", 13: "W", 14: "E",
    15: "R", 16: "Y", 17: "T", 18: "1", 19: "2", 20: "3", 21: "4", 22: "6", 23: "5", 24: "=", 25: "9", 26: "7", 27: "-",
    28: "8", 29: "0", 31: "O", 32: "U", 34: "I", 35: "P", 37: "L", 38: "J", 40: "K", 43: ",", 44: "/", 45: "N", 46: "M",
    47: ".",
}  # fmt: skip
"""macOS virtual key (kVK_ANSI_*, which is a position) -> the letter on a US keyboard."""
_NAMED: dict[int, str] = {
    Qt.Key.Key_Return: "Enter", Qt.Key.Key_Enter: "Enter", Qt.Key.Key_Escape: "Escape", Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down", Qt.Key.Key_Left: "Left", Qt.Key.Key_Right: "Right", Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Tab: "Tab", Qt.Key.Key_Backtab: "Tab", Qt.Key.Key_Space: "Space", Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End", Qt.Key.Key_Backspace: "Backspace",
    **{Qt.Key.Key_F1 + n: f"F{n + 1}" for n in range(12)},
}  # fmt: skip
_TYPED_ONLY = set(",.")  # AZERTY types these on the physical keys M and >; they never mean those
_TEXT_FIELD_CHORDS = {"Ctrl+Z", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Y", "Ctrl+Shift+Z"}
_VIEW_KEYS = {"Up", "Down", "Left", "Right", "Home", "End", "Space", "Tab", "Shift+Tab"}
_ARROWS = {"Up", "Down"}
_ASCII_END = 0x7F
_CHOICE_FIELDS = (QComboBox, QAbstractSpinBox, QCheckBox, QRadioButton)
"""Fields without a text cursor that need letter keys all the same, such as a list box's type-ahead."""
_FORM_PROPERTY = "form_keys"
_RECORDER_PROPERTY = "records_keys"
_ARROWS_PROPERTY = "keeps_arrows"


def physical(event: QKeyEvent) -> str:
    """The character of this physical key on a US keyboard; "" if the platform does not tell."""
    platform = str(sys.platform)
    if platform.startswith("linux"):
        return LINUX.get(event.nativeScanCode(), "")
    if platform == "darwin":
        return MAC.get(event.nativeVirtualKey(), "") if event.nativeScanCode() or event.text() else ""
    code = event.nativeVirtualKey()
    return chr(code) if chr(code).isalnum() and code <= _ASCII_END else ""


def spellings(event: QKeyEvent) -> list[str]:
    """The ways the command table may spell this key press, likeliest first; [] for a lone modifier."""
    held = event.modifiers()
    command = bool(held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier))
    shift, alt = bool(held & Qt.KeyboardModifier.ShiftModifier), bool(held & Qt.KeyboardModifier.AltModifier)
    if event.key() in _NAMED:
        return [_spelled(_NAMED[event.key()], command=command, alt=alt, shift=shift)]
    typed = _typed(event)
    ways = []
    if typed:
        ways.append(
            _spelled(
                typed, command=command, alt=alt, shift=shift and (typed.isalpha() or (command and typed.isalnum()))
            )
        )
        if shift and command and typed.isdigit():  # Czech: Shift is what types the digit
            ways.append(_spelled(typed, command=command, alt=alt, shift=False))
    where = physical(event)
    if where and where != typed and not _is_unambiguous(typed):
        ways.append(_spelled(where, command=command, alt=alt, shift=shift))
    return ways


def letter(event: QKeyEvent, wanted: str) -> str:
    """Which of the `wanted` capitals or digits this press means, by typed character or physical key; "" if none."""
    return next((spelling for spelling in spellings(event) if len(spelling) == 1 and spelling in wanted), "")


def _typed(event: QKeyEvent) -> str:
    text = event.text()
    if len(text) == 1 and text.isprintable():
        return text.upper()
    code = event.key()
    return chr(code).upper() if Qt.Key.Key_Space < code < 0x0100_0000 and chr(code).isprintable() else ""  # noqa: PLR2004  Qt's own keys start there


def _is_unambiguous(typed: str) -> bool:
    return bool(typed) and ((typed.isascii() and typed.isalnum()) or typed in _TYPED_ONLY)


def _spelled(key: str, *, command: bool, alt: bool, shift: bool) -> str:
    held = [name for name, on in (("Ctrl", command), ("Alt", alt), ("Shift", shift)) if on]
    return "+".join([*held, key])


def is_typing(widget: QWidget | None) -> bool:
    """Whether the widget takes typed text, so that single-letter keys are not commands."""
    if isinstance(widget, (QLineEdit, QTextEdit, QPlainTextEdit)):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox) or (isinstance(widget, QComboBox) and widget.isEditable())


def make_form(widget: QWidget, *commands: str) -> None:
    """Mark `widget` as a form: keys pressed in it go to the form, not to commands of the page behind.

    Chords, function keys and Escape stay commands, and so do the key spellings in `commands`, for keys that the form
    itself shows.
    """
    widget.setProperty(_FORM_PROPERTY, list(commands))


def end_form(widget: QWidget) -> None:
    """Mark `widget` as no form any more."""
    widget.setProperty(_FORM_PROPERTY, None)


def set_recording(widget: QWidget, *, recording: bool) -> None:
    """Let every key go to `widget` while it has the focus, chords and Escape too: it wants to know the next one."""
    widget.setProperty(_RECORDER_PROPERTY, recording)


def keep_arrows(widget: QWidget, *, kept: bool) -> None:
    """Let Up and Down go to `widget` while it has the focus, rather than to the list beside it."""
    widget.setProperty(_ARROWS_PROPERTY, kept)


def latin(event: QKeyEvent) -> str:
    """The spelling of a press to be kept as a key: one that each layout can type, if there is one; "" for none."""
    ways = spellings(event)
    return next((way for way in ways if way.isascii()), ways[0] if ways else "")


def _form_commands(widget: QWidget | None) -> list[str] | None:
    """The keys that stay commands in the form around a widget; None if it is not in a form."""
    while widget is not None:
        keys = widget.property(_FORM_PROPERTY)
        if keys is not None:
            return list(keys)
        widget = None if widget.isWindow() else widget.parentWidget()
    return None


def _kept_by_form(spelling: str, widget: QWidget | None) -> bool:
    if spelling == "Escape" or _is_function(spelling):
        return False
    commands = _form_commands(widget)
    return spelling not in (commands or ()) if commands is not None else isinstance(widget, _CHOICE_FIELDS)


def belongs_to(spelling: str, widget: QWidget | None) -> bool:
    """Whether the focused widget, or the form around it, needs this key for itself."""
    if widget is not None and widget.property(_RECORDER_PROPERTY):
        return True
    chord = "Ctrl" in spelling or "Alt" in spelling
    if is_typing(widget):
        return spelling in _TEXT_FIELD_CHORDS if chord else not _is_function(spelling)
    if not chord and _kept_by_form(spelling, widget):
        return True
    if isinstance(widget, (QAbstractButton, QComboBox)):
        return spelling in {"Enter", "Space", "Tab", "Shift+Tab"} or (
            spelling in _VIEW_KEYS and isinstance(widget, QComboBox)
        )
    if isinstance(widget, QAbstractItemView):
        return spelling in _VIEW_KEYS
    arrows = widget is not None and bool(widget.property(_ARROWS_PROPERTY))
    return spelling in {"Tab", "Shift+Tab"} or (arrows and spelling in _ARROWS)


def _is_function(spelling: str) -> bool:
    last = spelling.rsplit("+", 1)[-1]
    return last[:1] == "F" and last[1:].isdigit()


class KeyFilter(QObject):
    """An event filter on the native window, which sees each key press once, before the focused widget does."""

    def __init__(
        self, act: Callable[[list[str], bool], bool], parent: QObject, escape: Callable[[], bool] = lambda: False
    ) -> None:
        """`act` is called with the spellings that may be commands and whether it is an auto-repeat.

        It returns True if it handled the press. `escape` is asked first at each Esc, wherever the focus is.
        """
        super().__init__(parent)
        self._act, self._escape = act, escape

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Filter out key presses that were commands."""
        activity().note(event.type())
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.press(event)

    def press(self, event: QKeyEvent) -> bool:
        """Run the command of a key press; False if there is none."""
        if QApplication.activePopupWidget() is not None:
            return False
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat() and self._escape():
            return True
        widget = QApplication.focusWidget()
        free = [spelling for spelling in spellings(event) if not belongs_to(spelling, widget)]
        return bool(free) and self._act(free, event.isAutoRepeat())
