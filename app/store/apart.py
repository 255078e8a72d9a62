"""Reading a file beside which nothing can be made: no locks are taken, no shared memory is used, nothing is written.

To read a write-ahead log SQLite needs a file of shared memory (-shm), which a full disk or a read-only drive doesn't
give. Without a log the file is read as it is (`immutable`). With one its index is built in this process's memory, by a
VFS without locks in exclusive mode, so that what only stands in the log is read as well. Neither notices what others
write: `seen` is to be compared before each use, and connections that are older are to be opened anew.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import quote

from app.store import header
from app.store.sqlite import Connection, DatabaseError, OperationalError, connect

_WITHOUT_LOCKS = "win32-none" if sys.platform == "win32" else "unix-none"

Seen = tuple[tuple[int, int, int], ...]


def open_apart(path: Path, factory: type[Connection] = Connection) -> Connection:
    """A connection that reads the file with its log, and can write nothing. `factory` is its class.

    Raises DatabaseError if it can't be read, as with the journal of a write that was cut off.
    """
    if _has_journal(path):  # what is to be rolled back would be read as if it had been confirmed
        raise OperationalError
    has_log = header.has_log(path)
    how = f"vfs={_WITHOUT_LOCKS}" if has_log else "immutable=1"
    conn = connect(
        f"file:{quote(str(path.absolute()))}?mode=ro&{how}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        factory=factory,
    )
    try:
        if has_log:
            conn.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
        conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except DatabaseError:
        conn.close()
        raise
    return conn


def seen(path: Path) -> Seen:
    """What changes whenever somebody writes to the file: its number, length and time, and those of its log."""
    return tuple(_state(file) for file in (path, header.log_of(path)))


def _state(file: Path) -> tuple[int, int, int]:
    try:
        stat = os.stat(file)  # noqa: PTH116  with each query: a Path costs more than the call
    except OSError:
        return (0, 0, 0)
    return (stat.st_ino, stat.st_size, stat.st_mtime_ns)


def _has_journal(path: Path) -> bool:
    try:
        return path.with_name(f"{path.name}-journal").stat().st_size > 0
    except OSError:
        return False
