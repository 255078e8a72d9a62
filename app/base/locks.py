"""Advisory locks on files of a profile's folder, which the system releases when their holder dies.

One is held by the window that has the folder's file open, the other by who fetches without a window. Whoever fetches
without one takes its own lock first and looks for a window then; a window has its lock before it looks for a round. So
at least one of the two sees the other.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

WINDOW, ROUND = "window.lock", "sync.lock"


class FileLock:
    """A lock on one file, exclusive among processes and within one."""

    def __init__(self, path: Path) -> None:
        """Take nothing yet."""
        self._path = path
        self._held: int | None = None

    def take(self) -> bool:
        """Take the lock; False if somebody else has it.

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


def is_taken(path: Path) -> bool:
    """Whether somebody holds the lock on this file; a file that is not there is locked by nobody."""
    if not path.exists():
        return False
    lock = FileLock(path)
    taken = not lock.take()
    lock.free()
    return taken


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
