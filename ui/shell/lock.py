"""One window per file: a lock that the system releases when its holder dies."""

from __future__ import annotations

import time
from pathlib import Path

from app.base.locks import WINDOW, FileLock

_TRIES, _BETWEEN_SECONDS = 5, 0.01


class WindowLock(FileLock):
    """Held while a window has the folder's file open; command-line commands do not take it."""

    def __init__(self, folder: Path) -> None:
        """Take nothing yet."""
        super().__init__(folder / WINDOW)

    def take(self) -> bool:
        """Take the lock; False if another window has it. Who only looks whether it is taken has it for an instant."""
        for _ in range(_TRIES):
            if super().take():
                return True
            time.sleep(_BETWEEN_SECONDS)
        return False
