"""Keyboard layouts, and the presses that a person makes on each for a key of ours.

Each layout is what its unmodified and shifted keys type, row by row, by X11's key codes (the kernel's plus 8), as the
layouts `us`, `gr`, `cz`, `hu` and `is` of xkeyboard-config have them.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.commands.key_names import parts
from tests.ui.presses import press
from ui.commands.keys import LINUX

_FIRST = (10, 24, 38, 52, 51)
"""The code of the first key of each row: digits, QWERTY, ASDF (with the key left of 1 at its end), ZXCV, one more."""
_NAMED = {
    "Enter": (Qt.Key.Key_Return, "\r", 36), "Escape": (Qt.Key.Key_Escape, "\x1b", 9), "Tab": (Qt.Key.Key_Tab, "\t", 23),
    "Down": (Qt.Key.Key_Down, "", 116),
    **{f"F{number}": (Qt.Key(Qt.Key.Key_F1.value + number - 1), "", 66 + number) for number in range(1, 11)},
}  # fmt: skip
_HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier, "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}  # fmt: skip
_ASCII_END = 0x80


class Layout(NamedTuple):
    """A layout: the language that is written with it, and what its rows type."""

    name: str
    language: str
    rows: tuple[str, str, str, str, str]
    shifted: tuple[str, str, str, str, str]

    def _typed(self, code: int, *, shift: bool) -> str:
        for first, row in zip(_FIRST, self.shifted if shift else self.rows, strict=True):
            if first <= code < first + len(row):
                return row[code - first]
        return ""

    def _place(self, sign: str) -> tuple[int, bool]:
        """The key that types a sign, and whether with Shift; for a letter that none types, its place on a US board."""
        for shift, rows in ((False, self.rows), (True, self.shifted)):
            for first, row in zip(_FIRST, rows, strict=True):
                if sign in row:
                    return first + row.index(sign), shift
        return next((code, False) for code, letter in LINUX.items() if letter == sign.upper())

    def press(self, spelled: str) -> QKeyEvent:
        """What a keyboard of this layout sends for `E`, `Ctrl+Enter`, `?`: the key that has that letter on its cap."""
        names, last = parts(spelled)
        held = Qt.KeyboardModifier.NoModifier
        for name in names:
            held |= _HELD[name]
        if last in _NAMED:
            key, text, code = _NAMED[last]
            return press(key, text, code, held)
        code, shift = self._place(last.lower())
        shift = shift or "Shift" in names
        return self._event(code, held | _HELD["Shift"] if shift else held, shift=shift)

    def type(self, sign: str) -> QKeyEvent:
        """The press that types a letter or sign of the layout's own language."""
        code, shift = self._place(sign)
        return self._event(code, _HELD["Shift"] if shift else Qt.KeyboardModifier.NoModifier, shift=shift)

    def _event(self, code: int, held: Qt.KeyboardModifier, *, shift: bool) -> QKeyEvent:
        typed = self._typed(code, shift=shift)
        chord = bool(held & (_HELD["Ctrl"] | _HELD["Alt"]))
        text = typed
        if held & _HELD["Ctrl"]:  # Qt hands over what a terminal would get: nothing for letters that are not Latin
            text = chr(ord(typed.upper()) & 0x1F) if typed.isascii() and typed.isalpha() else ""
        elif chord and ord(typed) >= _ASCII_END:
            text = ""
        return press(ord(typed.upper()[0]), text, code, held)


US = Layout("us", "en", ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'`", "zxcvbnm,./", "\\"),
            ("!@#$%^&*()_+", "QWERTYUIOP{}", 'ASDFGHJKL:"~', "ZXCVBNM<>?", "|"))  # fmt: skip
GREEK = Layout("gr", "el", ("1234567890-=", ";ςερτυθιοπ[]", "ασδφγηξκλ΄'`", "ζχψωβνμ,./", "\\"),
               ("!@#$%^&*()_+", ":΅ΕΡΤΥΘΙΟΠ{}", 'ΑΣΔΦΓΗΞΚΛ¨"~', "ΖΧΨΩΒΝΜ<>?", "|"))  # fmt: skip
CZECH = Layout("cz", "cs", ("+ěščřžýáíé=´", "qwertzuiopú)", "asdfghjklů§;", "yxcvbnm,.-", "¨"),
               ("1234567890%ˇ", "QWERTZUIOP/(", 'ASDFGHJKL"!°', "YXCVBNM?:_", "'"))  # fmt: skip
HUNGARIAN = Layout("hu", "hu", ("123456789öüó", "qwertzuiopőú", "asdfghjkléá0", "yxcvbnm,.-", "ű"),
                   ("'\"+!%/=()ÖÜÓ", "QWERTZUIOPŐÚ", "ASDFGHJKLÉÁ§", "YXCVBNM?:_", "Ű"))  # fmt: skip
ICELANDIC = Layout("is", "is", ("1234567890ö-", "qwertyuiopð'", "asdfghjklæ´°", "zxcvbnm,.þ", "+"),
                   ('!"#$%&/()=Ö_', "QWERTYUIOPÐ?", "ASDFGHJKLÆ'¨", "ZXCVBNM;:Þ", "*"))  # fmt: skip
LAYOUTS = (US, GREEK, CZECH, HUNGARIAN, ICELANDIC)
