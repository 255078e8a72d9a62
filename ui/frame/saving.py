"""Saving what is typed when typing pauses: what can't be saved, as on a full disk, is told once and tried again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.base.errors import UserError
from ui.widgets.timers import once_after

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from ui.frame.page import Frame

_AGAIN_MS = 2_000


def saved_after(frame: Frame, milliseconds: int, save: Callable[[], object], owner: QObject) -> QTimer:
    """A timer that calls `save` so long after its last start. A UserError is shown, and then it is tried again."""
    saving = _Saving(frame, save)
    saving.timer = once_after(milliseconds, saving, owner)
    saving.again = once_after(_AGAIN_MS, saving, saving.timer)
    return saving.timer


class _Saving:
    timer: QTimer
    again: QTimer

    def __init__(self, frame: Frame, save: Callable[[], object]) -> None:
        self._frame, self._save, self._refused = frame, save, False

    def __call__(self) -> None:
        self.again.stop()
        try:
            self._save()
        except UserError as why:
            if not self._refused:
                self._frame.fail(str(why))
            self._refused = True
            self.again.start()
        else:
            self._refused = False
