"""When somebody does something here: for how many seconds keys and pointer were in use, long pauses left out.

Of a pause only the first minute counts: one reads for that long without touching anything; after it, one is away.
Noting an event is one subtraction, for each key press goes through here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QEvent

IDLE_SECONDS = 60
_KINDS = frozenset(
    (
        QEvent.Type.KeyPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel,
        QEvent.Type.TouchBegin, QEvent.Type.InputMethod,
    )
)  # fmt: skip


class Activity:
    """Counts active seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """`now` gives seconds that only go up."""
        self._now = now
        self._last, self._before = now(), 0.0

    def note(self, kind: QEvent.Type) -> None:
        """Take notice of an event of the window."""
        if kind in _KINDS:
            at = self._now()
            self._before += min(at - self._last, IDLE_SECONDS)
            self._last = at

    def seconds(self) -> float:
        """Active seconds so far, with the pause under way; only their difference means anything."""
        return self._before + min(self._now() - self._last, IDLE_SECONDS)


@cache
def activity() -> Activity:
    """That of this process."""
    return Activity()
