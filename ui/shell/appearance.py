"""The window's commands for text size and colour scheme, which are saved as settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.look.theme import theme

if TYPE_CHECKING:
    from app.workbench import Workbench

_STEP_PERCENT, _DEFAULT_PERCENT, _MIN_PERCENT, _MAX_PERCENT = 10, 100, 90, 200
"""Text sizes in percent."""
_PAUSE_MS = 150
"""After the last of several presses of a key the letters are set anew, once for all of them."""


class Appearance(QObject):
    """Writes down at once what was asked for; the window follows at once, or with the text size after a short pause."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        """Change the settings of this workbench."""
        super().__init__(parent)
        self._settings = bench.settings
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._begin_size)
        self._steps = QTimer(self)
        self._steps.setInterval(0)
        self._steps.timeout.connect(self._step)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The command handlers, by command id."""
        return {
            "larger": self._larger, "smaller": self._smaller, "usual_size": self._usual_size,
            "appearance_light": self._light, "appearance_dark": self._dark, "appearance_system": self._as_system,
        }  # fmt: skip

    def _larger(self) -> None:
        self._ask(int(self._settings.number("text_size")) + _STEP_PERCENT)

    def _smaller(self) -> None:
        self._ask(int(self._settings.number("text_size")) - _STEP_PERCENT)

    def _usual_size(self) -> None:
        self._ask(_DEFAULT_PERCENT)

    def _ask(self, percent: int) -> None:
        self._settings.put("text_size", min(_MAX_PERCENT, max(_MIN_PERCENT, percent)))
        self._timer.start()

    def _set_text_size(self, percent: int) -> None:
        self._ask(percent)
        self._apply_size()

    def _apply_size(self) -> None:
        self._timer.stop()
        theme().choose(scale=self._settings.number("text_size") / 100)

    def _begin_size(self) -> None:
        """Set the letters in steps, a turn of the event loop each: a key that is pressed meanwhile waits for one."""
        theme().begin(scale=self._settings.number("text_size") / 100)
        self._steps.start()

    def _step(self) -> None:
        if not theme().step():
            self._steps.stop()

    def closing(self) -> None:
        """Forget what is still to follow: the file is about to be closed."""
        self._timer.stop()
        if self._steps.isActive():
            self._steps.stop()
            theme().apply()  # what was begun belongs to all windows

    def _light(self) -> None:
        self._choose_scheme("light")

    def _dark(self) -> None:
        self._choose_scheme("dark")

    def _as_system(self) -> None:
        self._choose_scheme("system")

    def _choose_scheme(self, scheme: str) -> None:
        self._settings.put("theme", scheme)
        theme().choose(scheme)
