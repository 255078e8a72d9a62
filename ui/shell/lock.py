"""One window per file: an advisory file lock, which the system releases when its holder dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path


class WindowLock:
    """Held while a window has the folder's file open; command-line commands do not take it."""

    def __init__(self, folder: Path) -> None:
        """Take nothing yet."""
        self._path = folder / "window.lock"
        self._held: int | None = None

    def take(self) -> bool:
        """Take the lock; False if another window has it.

        Also True if the folder is not writable: opening the file then raises the proper error.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        if _locked(handle):
            self._held = handle
            return True
        os.close(handle)
        return False

    def free(self) -> None:
        """Release the lock."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  only there

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415  not on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
