"""The window's own commands for text size and light or dark; what was chosen is kept in the file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.look.theme import theme

if TYPE_CHECKING:
    from app.workbench import Workbench

_STEP, _USUAL_SIZE, _SMALLEST, _LARGEST = 10, 100, 90, 200
"""Text sizes in percent."""


class Appearance(QObject):
    """`resized`: the letters have another size now."""

    resized = Signal()

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        """Over the settings of this file."""
        super().__init__(parent)
        self._settings = bench.settings

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The commands."""
        return {
            "larger": self._larger, "smaller": self._smaller, "usual_size": self._usual_size,
            "appearance_light": self._light, "appearance_dark": self._dark, "appearance_system": self._as_system,
        }  # fmt: skip

    def _larger(self) -> None:
        self._set_text_size(int(self._settings.number("text_size")) + _STEP)

    def _smaller(self) -> None:
        self._set_text_size(int(self._settings.number("text_size")) - _STEP)

    def _usual_size(self) -> None:
        self._set_text_size(_USUAL_SIZE)

    def _set_text_size(self, percent: int) -> None:
        percent = min(_LARGEST, max(_SMALLEST, percent))
        self._settings.put("text_size", percent)
        theme().choose(scale=percent / 100)
        self.resized.emit()

    def _light(self) -> None:
        self._choose_scheme("light")

    def _dark(self) -> None:
        self._choose_scheme("dark")

    def _as_system(self) -> None:
        self._choose_scheme("system")

    def _choose_scheme(self, scheme: str) -> None:
        self._settings.put("theme", scheme)
        theme().choose(scheme)
