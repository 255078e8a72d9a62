"""The one factory of connections, and what every connection of ours is set to."""

from __future__ import annotations

import os
from pathlib import Path

from app.errors import DamagedFileError, DiskError, UserError
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
        conn.execute("PRAGMA user_version")


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


def create_private(path: Path) -> None:
    """Make the folder (0700) and an empty file (0600) where there is none yet."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


# What SQLite answers when it is the disk, the file or another program, by the last byte of its error code: PERM, BUSY,
# LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOLFS, NOTADB. Anything else is our own mistake.
_REFUSALS = frozenset((3, 5, 6, 8, 10, 11, 13, 14, 15, 22, 26))


def is_refusal(why: DatabaseError) -> bool:
    """Whether the disk or the file refused, rather than our SQL being wrong."""
    return getattr(why, "sqlite_errorcode", 0) & 0xFF in _REFUSALS


def as_sentence(why: BaseException, path: Path) -> UserError | None:
    """The sentence where it was the disk or the file at `path` that refused; None for a mistake of ours."""
    return sentence(why, path) if isinstance(why, DatabaseError) and is_refusal(why) else None


def sentence(why: Exception, path: Path) -> UserError:
    """The one plain sentence for what SQLite or the system said about this file."""
    text = str(why).lower()
    if "malformed" in text or "not a database" in text:
        from app.store.wayback import way_back  # noqa: PLC0415  only where something is wrong

        return DamagedFileError(f"{path} cannot be read as a Rapport file. {way_back(path)}")
    if "full" in text or "no space" in text:
        return DiskError(f"The disk that holds {path.parent} is full. Free some room and try again; nothing was lost.")
    if "locked" in text or "busy" in text:
        return DiskError(f"Another program is writing to {path}. Close it and try again; nothing was lost.")
    if any(
        word in text
        for word in ("readonly", "read-only", "permission", "unable to open", "not a directory", "file exists")
    ):
        return DiskError(f"Rapport may not write to {path.parent}. Choose another folder or change its permissions.")
    return DiskError(f"The disk did not take what was written to {path}. Check the disk and try again.")
