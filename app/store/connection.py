"""The only place that opens connections, and the settings that all of them share."""

from __future__ import annotations

import os
from pathlib import Path

from app.base.errors import DamagedFileError, DiskError, UserError
from app.store.failures import sentence
from app.store.obstacles import of_drive, of_network
from app.store.private import create_private
from app.store.sqlite import Connection, DatabaseError, OperationalError, Row, connect, scalar, sqlite_version_info

_PAGE_BYTES = 8_192
_BUSY_MS = 5_000
_BRIEF_MS = 20
_CACHE_KIB = 16_384
# A writer has more statements than the 100 that are kept by default. Each would be compiled at every use: 0.1 ms for an
# UPDATE, with its triggers and foreign keys. One takes some 20 KB.
_CACHED_STATEMENTS = 256
_CHECKPOINT_PAGES = 1_000  # length of the write-ahead log from which it is checkpointed in the background
_MAX_LOG_PAGES = 4_000  # if that does not keep up, SQLite checkpoints within a write
_MIN_COOKIE, _MAX_COOKIE = 1 << 20, 1 << 30  # range of the random start of a file's schema_version
_HAS_NOOP = sqlite_version_info >= (3, 51, 0)  # wal_checkpoint(NOOP); older versions checkpoint within a write


def open_connection(path: Path, *, writable: bool = True, factory: type[Connection] = Connection) -> Connection:
    """Open a connection with our settings. A new file is created with mode 0600, which its -wal and -shm inherit.

    `factory` is its class. Transactions are explicit: `isolation_level` is None. Raises DiskError, DamagedFileError.
    """
    try:
        if writable:
            create_private(path)
        conn = connect(
            str(path),
            timeout=_BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
            factory=factory,
            cached_statements=_CACHED_STATEMENTS,
        )
    except (OSError, OperationalError) as why:
        raise sentence(why, path) from why
    conn.row_factory = Row
    try:
        _configure(conn, writable=writable)
    except (DatabaseError, UnicodeDecodeError) as why:  # a damaged schema is quoted in SQLite's message, as it is
        conn.close()
        raise sentence(why, path) from why
    return conn


def open_reader(path: Path, factory: type[Connection] = Connection) -> Connection:
    """Open a connection that only reads, also where nothing can be made beside it. Raises as `open_connection`."""
    if of_network(path) is not None:
        return open_unshared(path, factory)
    try:
        return open_connection(path, writable=False, factory=factory)
    except DiskError as why:
        if of_drive(path, closely=True) is None:
            raise
        return open_unshared(path, factory, why)


def open_to_check(path: Path) -> Connection:
    """Open a connection that may make tables in its own memory, also where the file can only be read.

    Raises as `open_connection`.
    """
    if of_network(path) is None and of_drive(path) is None:
        return open_connection(path)
    conn = open_reader(path)
    conn.execute("PRAGMA query_only = OFF")
    return conn


def open_unshared(path: Path, factory: type[Connection] = Connection, why: UserError | None = None) -> Connection:
    """Open a connection that reads the file as it stands, without locks or shared memory; see `app.store.apart`.

    Raises DamagedFileError, or `why` if it can't be read like that either.
    """
    from app.store.apart import open_apart  # noqa: PLC0415  only where nothing can be written

    try:
        conn = open_apart(path, factory)
    except (DatabaseError, UnicodeDecodeError) as other:
        found = sentence(other, path)
        raise (why if why is not None and not isinstance(found, DamagedFileError) else found) from other
    conn.row_factory = Row
    _configure(conn, writable=False)
    return conn


def wait_briefly(conn: Connection) -> None:
    """Give up at once, nearly, where another program writes: `app.store.turns` tries again."""
    conn.execute(f"PRAGMA busy_timeout = {_BRIEF_MS}")


def wait_long(conn: Connection) -> None:
    """Wait for others as a new connection does."""
    conn.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")


def _configure(conn: Connection, *, writable: bool) -> None:
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    conn.execute("PRAGMA temp_store = MEMORY")
    if writable:
        if not scalar(conn, "PRAGMA page_count"):
            # Rows of 300 bytes fill 8 KiB pages better than 4 KiB ones. Free pages can be returned to the disk.
            conn.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            conn.execute("PRAGMA auto_vacuum = INCREMENTAL")
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA secure_delete = ON")
        conn.execute(f"PRAGMA wal_autocheckpoint = {_MAX_LOG_PAGES if _HAS_NOOP else _CHECKPOINT_PAGES}")
    else:
        conn.execute("PRAGMA query_only = ON")


def write_anew(path: Path) -> None:
    """Write a file anew, so that nothing is left between its rows. Raises UserError if the disk or the file fails."""
    conn = open_connection(path)
    try:
        conn.execute("VACUUM")
    except DatabaseError as why:
        raise sentence(why, path) from why
    finally:
        conn.close()


def give_number(conn: Connection) -> None:
    """Start the file's schema_version at a random number; call it before anybody else opens the file.

    It reveals a write-ahead log that belongs to another file (app.store.header); SQLite itself would replay any it
    finds.
    """
    own = _MIN_COOKIE + int.from_bytes(os.urandom(4), "big") % (_MAX_COOKIE - _MIN_COOKIE)
    conn.execute(f"PRAGMA schema_version = {own}")


def sign_log(conn: Connection) -> None:
    """Write the first page, which carries the schema_version, into the write-ahead log, in the open transaction."""
    version = scalar(conn, "PRAGMA user_version")
    conn.execute(f"PRAGMA user_version = {version}")


def has_long_log(conn: Connection) -> bool:
    """Whether the write-ahead log should be checkpointed in the background; False if SQLite cannot tell its length."""
    if not _HAS_NOOP:
        return False
    _, pages, folded = conn.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    return int(pages) - int(folded) > _CHECKPOINT_PAGES


def fold_log(conn: Connection) -> None:
    """Checkpoint the write-ahead log without blocking readers or writers; stops at frames that a reader still needs."""
    conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def give_back(conn: Connection, pages: int = 1_000) -> bool:
    """Return up to `pages` free pages to the disk; False when none are left."""
    conn.execute(f"PRAGMA incremental_vacuum({pages})").fetchall()
    return bool(scalar(conn, "PRAGMA freelist_count"))
