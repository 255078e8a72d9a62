"""A small disk of a test alone, which can be filled and made read-only: a tmpfs, which only root may mount."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_BLOCK = 4_096


class Disk:
    """A file system of some megabytes."""

    def __init__(self, path: Path) -> None:
        """`path` is where it is mounted."""
        self.path = path
        self._filling = path / "filling"

    @property
    def free(self) -> int:
        """So many bytes are free."""
        volume = os.statvfs(self.path)
        return volume.f_bfree * volume.f_frsize

    def fill(self, *, leave: int = 0) -> None:
        """Write until only so many bytes are free."""
        with self._filling.open("ab") as file:
            while self.free > leave:
                file.write(bytes(_BLOCK))
                file.flush()

    def make_room(self) -> None:
        """Delete what filled it."""
        self._filling.unlink()

    def make_read_only(self, *, on: bool = True) -> None:
        """Let nothing be written to it, or again everything. No file may be open for writing."""
        _run("mount", "-o", f"remount,{'ro' if on else 'rw'}", str(self.path))


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Disk]:
    """Mount one there; skips the test where that is not allowed."""
    folder.mkdir()
    if os.name != "posix" or shutil.which("mount") is None:
        pytest.skip("small disks are mounted on Linux alone")
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder))
    except (subprocess.CalledProcessError, OSError):
        pytest.skip("only root may mount a small disk")
    try:
        yield Disk(folder)
    finally:
        _run("umount", "-l", str(folder))


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
