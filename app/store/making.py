"""Creates a new file under a temporary name and moves it into place when complete: a crash leaves all or nothing."""

from __future__ import annotations

import os
import time
from contextlib import closing, suppress
from pathlib import Path

from app.store import migrations
from app.store.connection import give_number, open_connection
from app.store.failures import sentence
from app.store.sqlite import DatabaseError

_STALE_SECONDS = 600  # age from which a temporary file is left over from a crash


def make(path: Path) -> None:
    """Create the file of a new community at `path`; no-op if another process was faster. Raises DiskError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(path)
        part = path.with_name(f"{_prefix(path)}{os.urandom(6).hex()}")
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        try:
            _fill(part)
            put(part, path)
        finally:
            discard(part)
    except (OSError, DatabaseError) as why:
        raise sentence(why, path) from why


def put(part: Path, path: Path) -> None:
    """Rename a complete file to `path`, unless that exists."""
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except OSError:  # the file system has no hard links
        if not path.exists():
            part.rename(path)


def discard(part: Path) -> None:
    """Delete a temporary file and its -wal, -shm and -journal."""
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            part.with_name(part.name + ending).unlink()


def _fill(part: Path) -> None:
    with closing(open_connection(part)) as conn:
        migrations.migrate(conn)
        give_number(conn)
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a full disk fails here: closing would leave half a file


def _prefix(path: Path) -> str:
    return f".{path.name}.new-"


def temporary_files(path: Path) -> list[Path]:
    """The temporary files in which `make` is creating `path`, or was when it was interrupted."""
    return list(path.parent.glob(f"{_prefix(path)}*"))


def _sweep(path: Path) -> None:
    """Delete temporary files of interrupted attempts."""
    for part in temporary_files(path):
        with suppress(OSError):
            if part.stat().st_mtime < time.time() - _STALE_SECONDS:
                part.unlink()
