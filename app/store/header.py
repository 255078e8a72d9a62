"""What a file is, read from its first bytes and without SQLite, which writes to a file by merely opening it.

In write-ahead mode the latest first page may still be in the log beside the file: then it counts.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, NamedTuple

LATEST = 3
"""The schema that this Rapport writes: `PRAGMA user_version` after the last migration."""
APPLICATION_ID = 0x52505254  # "RPRT": lets `file` and us tell our files from any other SQLite file
_MAGIC = b"SQLite format 3\0"
_HEAD = 108  # bytes: the file's header, and the head of the first page's tree
_LEAF = 13
_LOG_HEAD, _FRAME_HEAD = 32, 24
_FAR = 10_000  # changes of the schema that no file sees between two foldings of its log


class Head(NamedTuple):
    """What the first page says. `cookie` counts changes of the schema, from a number of the file's own."""

    application_id: int
    version: int
    cookie: int
    is_bare: bool
    """No table is in it."""

    @property
    def is_ours(self) -> bool:
        """Whether a Rapport made it."""
        return self.application_id == APPLICATION_ID


def exists(path: Path) -> bool:
    """Whether there is anything at `path`; False, too, where one may not look."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def read(path: Path) -> Head | None:
    """The file's own first page; None where it is no SQLite file. OSError where it cannot be read."""
    with path.open("rb") as content:
        return _head(content.read(_HEAD))


def latest(path: Path) -> Head | None:
    """The first page as SQLite would see it, with the log beside the file; None where it is no SQLite file."""
    own = read(path)
    return own if own is None or own.is_ours else in_log(path) or own


def in_log(path: Path) -> Head | None:
    """The latest first page in the log beside the file; None where the log holds none."""
    try:
        with log_of(path).open("rb") as content:
            return _last_first_page(content)
    except OSError:
        return None


def has_foreign_log(path: Path) -> bool:
    """Whether the log beside the file surely belongs to another one; to be asked while nobody has the file open."""
    own, logged = read(path), in_log(path)
    return own is not None and own.is_ours and logged is not None and abs(own.cookie - logged.cookie) > _FAR


def log_of(path: Path) -> Path:
    """The write-ahead log's place."""
    return path.with_name(path.name + "-wal")


def has_log(path: Path) -> bool:
    """Whether there is a log with something in it."""
    try:
        return log_of(path).stat().st_size > 0
    except OSError:
        return False


def _head(page: bytes) -> Head | None:
    if len(page) < _HEAD or not page.startswith(_MAGIC):
        return None
    return Head(
        application_id=_number(page, 68), version=_number(page, 60), cookie=_number(page, 40),
        is_bare=page[100] == _LEAF and page[103:105] == b"\0\0",
    )  # fmt: skip


def _number(page: bytes, at: int) -> int:
    return int.from_bytes(page[at : at + 4], "big")


def _last_first_page(content: BinaryIO) -> Head | None:
    """Frames count up to the last one that ends a transaction, and only with the salts of the log's head."""
    head = content.read(_LOG_HEAD)
    if len(head) < _LOG_HEAD:
        return None
    size, salts = _number(head, 8) or 1 << 16, head[16:24]
    found = begun = None
    while len(frame := content.read(_FRAME_HEAD)) == _FRAME_HEAD and frame[8:16] == salts:
        start = content.tell()
        if _number(frame, 0) == 1:
            begun = content.read(_HEAD)
        content.seek(start + size)
        if _number(frame, 4) and content.tell() <= os.fstat(content.fileno()).st_size:
            found = begun or found
    return None if found is None else _head(found)
