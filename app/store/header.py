"""Reads what a file is from its first bytes, without SQLite, which may write to a file on opening it.

In WAL mode the latest first page may still be in the write-ahead log beside the file; then that one counts.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, NamedTuple

LATEST = 15
"""The schema version of this Rapport: `PRAGMA user_version` after the last migration."""
APPLICATION_ID = 0x52505254  # "RPRT": identifies our files to `file` and to us
_MAGIC = b"SQLite format 3\0"
_HEAD = 108  # bytes: the database header (100) and the b-tree header of page 1 (https://www.sqlite.org/fileformat.html)
_LEAF = 13  # b-tree page type: leaf of a table
_LOG_HEAD, _FRAME_HEAD = 32, 24  # bytes: headers of the write-ahead log and of each frame in it
_MAX_COOKIE_GAP = 10_000  # more schema changes than any file sees between two checkpoints


class Head(NamedTuple):
    """Fields of the first page. `cookie` is the schema cookie (`PRAGMA schema_version`), which starts at random."""

    application_id: int
    version: int
    cookie: int
    is_bare: bool
    """Whether the schema table is empty."""

    @property
    def is_ours(self) -> bool:
        """Whether it is a Rapport file."""
        return self.application_id == APPLICATION_ID


def exists(path: Path) -> bool:
    """Whether there is anything at `path`; also False without permission to look."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def read(path: Path) -> Head | None:
    """Parse the file's own first page; None if it is not an SQLite file. Raises OSError if it cannot be read."""
    with path.open("rb") as content:
        return _head(content.read(_HEAD))


def latest(path: Path) -> Head | None:
    """The first page as SQLite would see it, including the write-ahead log; None if it is not an SQLite file."""
    own = read(path)
    return own if own is None or own.is_ours else in_log(path) or own


def in_log(path: Path) -> Head | None:
    """The last committed first page in the write-ahead log beside the file; None if it holds none."""
    return _logged(path).head


def has_foreign_log(path: Path, frames: int | None = None) -> bool:
    """Whether the write-ahead log certainly belongs to another file.

    Its first `frames` are read, by default all of them, for which nobody may have the file open. A log with nothing but
    first pages is that of a file which was being given a new number as it was closed (`Store.close`).
    """
    own, logged = read(path), _logged(path, frames)
    if own is None or not own.is_ours or logged.head is None or not logged.has_rows:
        return False
    return abs(own.cookie - logged.head.cookie) > _MAX_COOKIE_GAP


def log_of(path: Path) -> Path:
    """The path of the write-ahead log."""
    return path.with_name(path.name + "-wal")


def has_log(path: Path) -> bool:
    """Whether there is a non-empty write-ahead log."""
    try:
        return log_of(path).stat().st_size > 0
    except OSError:
        return False


def _head(page: bytes) -> Head | None:
    if len(page) < _HEAD or not page.startswith(_MAGIC):
        return None
    return Head(
        application_id=_number(page, 68),
        version=_number(page, 60),
        cookie=_number(page, 40),
        is_bare=page[100] == _LEAF and page[103:105] == b"\0\0",
    )


def _number(page: bytes, at: int) -> int:
    return int.from_bytes(page[at : at + 4], "big")


class _Logged(NamedTuple):
    head: Head | None
    has_rows: bool
    """Whether it holds any other page than the first."""


def _logged(path: Path, frames: int | None = None) -> _Logged:
    try:
        with log_of(path).open("rb") as content:
            return _read_log(content, frames)
    except OSError:
        return _Logged(None, has_rows=False)


def _read_log(content: BinaryIO, most: int | None) -> _Logged:
    """A frame is valid up to the last commit frame, if it repeats the salts of the log's header."""
    head = content.read(_LOG_HEAD)
    if len(head) < _LOG_HEAD:
        return _Logged(None, has_rows=False)
    size, salts = _number(head, 8) or 1 << 16, head[16:24]
    page = begun = None
    frames, has_rows = 0, False
    while len(frame := content.read(_FRAME_HEAD)) == _FRAME_HEAD and frame[8:16] == salts and frames != most:
        start = content.tell()
        frames += 1
        if _number(frame, 0) == 1:
            begun = content.read(_HEAD)
        else:
            has_rows = True
        content.seek(start + size)
        if _number(frame, 4) and content.tell() <= os.fstat(content.fileno()).st_size:
            page = begun or page
    return _Logged(None if page is None else _head(page), has_rows)
