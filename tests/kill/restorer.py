"""Those that are killed: each restores a backup in a copy of a profile, until it is about to do its nth line.

They are forks of one process that has imported all it needs, so that each costs milliseconds.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from app.base.paths import Profile
from app.safety import backup

WATCHED = (
    "/app/store/restore.py",
    "/app/store/holding.py",
    "/app/store/making.py",
    "/app/safety/backup.py",
    "/shutil.py",
)
_NEVER = 1 << 30


class Counting:
    """Counts the lines that are about to run in the modules that restore; kills this process before the nth."""

    def __init__(self, last: int) -> None:
        self.last, self.lines = last, 0

    def __call__(self, frame: FrameType, event: str, _given: Any) -> Counting | None:
        if not frame.f_code.co_filename.endswith(WATCHED):
            return None
        if event == "line":
            self.lines += 1
            if self.lines == self.last:
                os.kill(os.getpid(), 9)
        return self


def restore(folder: Path, file: Path, last: int) -> int:
    """Restore, killed before that line; the number of lines if it came to the end."""
    counting = Counting(last)
    sys.settrace(counting)
    try:
        backup.bring_back(Profile(folder), file)
    finally:
        sys.settrace(None)
    return counting.lines


def run(model: Path, into: Path, points: int) -> None:
    """Make a copy of `model` in `into` for each of so many points, and be killed there in it; says the lines in all."""
    whole = into / "whole"
    shutil.copytree(model, whole)
    lines = restore(whole, the_backup(whole), _NEVER)
    for point in range(points):
        last = 1 + point * (lines - 1) // (points - 1)
        folder = into / f"{last:04}"
        shutil.copytree(model, folder)
        number = os.fork()
        if not number:
            restore(folder, the_backup(folder), last)
            os._exit(0)
        os.waitpid(number, 0)
    print(lines, flush=True)  # noqa: T201  the parent reads it


def the_backup(folder: Path) -> Path:
    """The one backup of a profile."""
    (found,) = Profile(folder).backups.glob("*.rapport")
    return found


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
