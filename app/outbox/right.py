"""The right to send: a lock per file that one process at a time holds; it is released even if the process crashes.

So its holder knows that a row in state `sending` that it did not set itself was left by a dead process.
"""

from __future__ import annotations

import os
import sys
import weakref
from pathlib import Path

from app.store.failures import sentence


class SendingRight:
    """A lock on a small file beside the community's, held until `give_back` or the end of the process."""

    def __init__(self, path: Path) -> None:
        """`path` is the community's file; the lock file is beside it, with the suffix .sending, and stays empty."""
        self._path = path.with_suffix(".sending")
        self._end: weakref.finalize[..., SendingRight] | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._end is not None

    def take(self) -> bool:
        """Try to acquire the lock without blocking; returns whether it is held. Raises UserError if the disk fails."""
        if self.held:
            return True
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as why:
            raise sentence(why, self._path) from why
        if not _lock(handle):
            os.close(handle)
            return False
        self._end = weakref.finalize(self, os.close, handle)
        return True

    def give_back(self) -> None:
        """Release the lock, so that another process can send."""
        if self._end is not None:
            self._end()
            self._end = None


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
