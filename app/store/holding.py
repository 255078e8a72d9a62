"""Who has a profile's folder open: everybody who opens its file holds the folder, and a restore holds it alone.

The hold is on the folder itself, so it leaves nothing behind and ends with the process, however that ends. Where the
system knows no such hold, SQLite's own locks are what is left.
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

_PATIENCE = 5.0  # seconds: somebody who looks at a log left behind holds the folder alone for an instant
_STEP = 0.01
_TAKEN = -1


def together(folder: Path) -> int | None:
    """Hold the folder with others; what to `release`. DiskError while a backup is being restored there."""
    began = time.monotonic()
    while (held := _hold(folder, alone=False)) == _TAKEN:
        if time.monotonic() - began > _PATIENCE:
            msg = tr("A backup is being restored in {folder}. Try again when that is done.").format(folder=folder)
            raise DiskError(msg)
        time.sleep(_STEP)
    return held


def alone(folder: Path, *, from_window: bool = False) -> int | None:
    """Hold the folder alone; what to `release`, None where the system cannot. DiskError while anybody has it open.

    `from_window`: the caller is the folder's window, which has closed the file.
    """
    if not from_window and _is_locked(folder / "window.lock"):
        msg = tr("{folder} is open in a Rapport window. Close it, then try again.").format(folder=folder)
        raise DiskError(msg)
    held = _hold(folder, alone=True)
    if held == _TAKEN:
        msg = tr("{folder} is open in another Rapport window or command. Close it, then try again.").format(
            folder=folder
        )
        raise DiskError(msg)
    return held


def first(folder: Path) -> int | None:
    """Hold the folder if nobody does; what to `release`, None where somebody does or the system cannot tell."""
    held = _hold(folder, alone=True)
    return None if held == _TAKEN else held


def is_alone(folder: Path) -> bool:
    """Whether nobody holds the folder now; False where the system cannot tell."""
    held = first(folder)
    release(held)
    return held is not None


def release(held: int | None) -> None:
    """Let go."""
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
        return _TAKEN
    except OSError:
        os.close(handle)
        return None
    return handle


def _is_locked(file: Path) -> bool:
    """Whether another process has locked that file; a window does so with its own."""
    if sys.platform == "win32" or not file.exists():
        return False
    held = _hold(file, alone=True)
    if held == _TAKEN:
        return True
    release(held)
    return False
