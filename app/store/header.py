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
    try:
        with log_of(path).open("rb") as content:
            return _last_first_page(content)
    except OSError:
        return None


def has_foreign_log(path: Path) -> bool:
    """Whether the write-ahead log certainly belongs to another file. Call it only while nobody has the file open."""
    own, logged = read(path), in_log(path)
    return own is not None and own.is_ours and logged is not None and abs(own.cookie - logged.cookie) > _MAX_COOKIE_GAP


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


def _last_first_page(content: BinaryIO) -> Head | None:
    """A frame is valid up to the last commit frame, if it repeats the salts of the log's header."""
    head = content.read(_LOG_HEAD)
    if len(head) < _LOG_HEAD:
        return None
    size, salts = _number(head, 8) or 1 << 16, head[16:24]
    page = begun = None
    while len(frame := content.read(_FRAME_HEAD)) == _FRAME_HEAD and frame[8:16] == salts:
        start = content.tell()
        if _number(frame, 0) == 1:
            begun = content.read(_HEAD)
        content.seek(start + size)
        if _number(frame, 4) and content.tell() <= os.fstat(content.fileno()).st_size:
            page = begun or page
    return None if page is None else _head(page)
