"""A lock on a profile's folder: everybody who opens its file holds it shared, a restore holds it exclusively.

It is an flock on the folder itself, so it leaves no file behind and ends with the process, even after a crash. Without
flock (Windows, some network drives) SQLite's own locks are all there is.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from app.base.errors import DiskError
from app.base.words import tr

if sys.platform != "win32":
    import fcntl

_TIMEOUT_SECONDS = 5.0  # a process that inspects a leftover log holds the folder exclusively for an instant
_POLL_SECONDS = 0.01
_BUSY = -1


def together(folder: Path) -> int | None:
    """Lock the folder shared; returns a handle for `release`. Raises DiskError while a backup is being restored."""
    began = time.monotonic()
    while (held := _hold(folder, alone=False)) == _BUSY:
        if time.monotonic() - began > _TIMEOUT_SECONDS:
            msg = tr("A backup is being restored in {folder}. Try again when that is done.").format(folder=folder)
            raise DiskError(msg)
        time.sleep(_POLL_SECONDS)
    return held


def alone(folder: Path, *, from_window: bool = False) -> int | None:
    """Lock the folder exclusively; returns a handle for `release`, None if the system cannot.

    Raises DiskError while anybody has it open. `from_window`: the caller is this folder's window, which has closed the
    file, so its window.lock is ignored.
    """
    if not from_window and _is_locked(folder / "window.lock"):
        msg = tr("{folder} is open in a Rapport window. Close it, then try again.").format(folder=folder)
        raise DiskError(msg)
    held = _hold(folder, alone=True)
    if held == _BUSY:
        msg = tr("{folder} is open in another Rapport window or command. Close it, then try again.").format(
            folder=folder
        )
        raise DiskError(msg)
    return held


def first(folder: Path) -> int | None:
    """Lock the folder exclusively if it is free; returns a handle for `release`, None if busy or unsupported."""
    held = _hold(folder, alone=True)
    return None if held == _BUSY else held


def is_alone(folder: Path) -> bool:
    """Whether nobody holds the folder now; False if unsupported."""
    held = first(folder)
    release(held)
    return held is not None


def becomes_alone(held: int | None) -> bool:
    """Whether a shared hold could be made exclusive. If not, nothing is held any more until it is released."""
    if held is None or sys.platform == "win32":
        return False
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def release(held: int | None) -> None:
    """Release the lock; no-op for None."""
    if held is not None:
        os.close(held)


def _hold(folder: Path, *, alone: bool) -> int | None:
    if sys.platform == "win32":
        return None
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return _BUSY
    except OSError:
        os.close(handle)
        return None
    return handle


def _is_locked(file: Path) -> bool:
    """Whether another process has locked this file; a window locks its window.lock."""
    if sys.platform == "win32" or not file.exists():
        return False
    held = _hold(file, alone=True)
    if held == _BUSY:
        return True
    release(held)
    return False
