"""The one factory of connections, and what every connection of ours is set to."""

from __future__ import annotations

import os
from pathlib import Path

from app.store.failures import sentence
from app.store.private import create_private
from app.store.sqlite import Connection, DatabaseError, OperationalError, Row, connect, sqlite_version_info

_PAGE = 8_192
_BUSY_MS = 5_000
_CACHE_KIB = 16_384
_LONG = 1_000  # pages of the write-ahead log, after which it is folded into the file
_LONGEST = 4_000  # where the folding does not keep up, a writer stops and does it
_FIRST, _LAST = 1 << 20, 1 << 30  # of the numbers that files count from
_TELLS_LENGTH = sqlite_version_info >= (3, 51, 0)  # `NOOP`; an older SQLite folds at _LONG, within a write


def open_connection(path: Path, *, writable: bool = True) -> Connection:
    """A connection with our settings; the file is made with mode 0600 first, which its -wal and -shm inherit.

    Transactions are ours to begin: `isolation_level` is None. Raises DiskError, DamagedFileError.
    """
    try:
        if writable:
            create_private(path)
        conn = connect(str(path), timeout=_BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    except (OSError, OperationalError) as why:
        raise sentence(why, path) from why
    conn.row_factory = Row
    try:
        _settle(conn, writable=writable)
    except DatabaseError as why:
        conn.close()
        raise sentence(why, path) from why
    return conn


def _settle(conn: Connection, *, writable: bool) -> None:
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    conn.execute("PRAGMA temp_store = MEMORY")
    if writable:
        if not conn.execute("PRAGMA page_count").fetchone()[0]:
            # Rows of 300 bytes fill such pages better than ones of 4096; what is given up can go back to the disk.
            conn.execute(f"PRAGMA page_size = {_PAGE}")
            conn.execute("PRAGMA auto_vacuum = INCREMENTAL")
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA secure_delete = ON")
        conn.execute(f"PRAGMA wal_autocheckpoint = {_LONGEST if _TELLS_LENGTH else _LONG}")
    else:
        conn.execute("PRAGMA query_only = ON")


def give_number(conn: Connection) -> None:
    """Let the file count changes of its schema from a number of its own; on a file that nobody else has open yet.

    By it a log is known to belong to another file (app.store.header): SQLite itself takes in any log it finds.
    """
    own = _FIRST + int.from_bytes(os.urandom(4), "big") % (_LAST - _FIRST)
    conn.execute(f"PRAGMA schema_version = {own}")


def sign_log(conn: Connection) -> None:
    """Put the first page, with the file's number, into the log, in the open transaction."""
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    conn.execute(f"PRAGMA user_version = {version}")


def has_long_log(conn: Connection) -> bool:
    """Whether the write-ahead log should be folded into the file, apart from any write: that waits for the disk."""
    if not _TELLS_LENGTH:
        return False
    _, pages, folded = conn.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    return int(pages) - int(folded) > _LONG


def fold_log(conn: Connection) -> None:
    """Fold the write-ahead log into the file, as far as no reader needs it; others read and write meanwhile."""
    conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def give_back(conn: Connection, pages: int = 1_000) -> bool:
    """Return pages that nothing uses any more to the disk, a few at a time; False when there are none left."""
    conn.execute(f"PRAGMA incremental_vacuum({pages})").fetchall()
    return bool(conn.execute("PRAGMA freelist_count").fetchone()[0])


# What SQLite answers when it is the disk, the file or another program, by the last byte of its error code: PERM, BUSY,
# LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOLFS, NOTADB. Anything else is our own mistake.
