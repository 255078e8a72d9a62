"""Whether the file holds certain bytes, wherever they lie in it: in a row, between rows, or in its log."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

_PIECE = 1 << 20
_kept: dict[tuple[int, int], int] = {}
"""Descriptors that stay open: where locks belong to the process, closing one drops SQLite's own on that file."""


def holds(file: Path, wanted: Collection[bytes]) -> bool:
    """Whether the file at `file`, or the log beside it, holds any of these. Raises OSError."""
    log = file.with_name(f"{file.name}-wal")
    return _has(file, wanted) or (log.exists() and _read(log, wanted))


def holds_closed(file: Path, wanted: Collection[bytes]) -> bool:
    """The same of a file that nobody has open. Raises OSError."""
    return _read(file, wanted)


def _has(file: Path, wanted: Collection[bytes]) -> bool:
    if os.name == "nt":
        return _read(file, wanted)
    facts = file.stat()
    key = (facts.st_dev, facts.st_ino)
    if key not in _kept:
        _kept[key] = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    return _searched(_kept[key], wanted)


def _read(file: Path, wanted: Collection[bytes]) -> bool:
    with file.open("rb") as opened:
        return _searched(opened.fileno(), wanted)


def _searched(opened: int, wanted: Collection[bytes]) -> bool:
    longest = max(map(len, wanted), default=1)
    os.lseek(opened, 0, os.SEEK_SET)
    before = b""
    while piece := os.read(opened, _PIECE):
        whole = before + piece
        if any(one in whole for one in wanted):
            return True
        before = whole[-longest:]
    return False
