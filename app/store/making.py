"""A new file: made under another name and put in its place when it is whole: a kill leaves all of it or none."""

from __future__ import annotations

import os
import time
from contextlib import closing, suppress
from pathlib import Path

from app.store import migrations
from app.store.connection import give_number, open_connection
from app.store.failures import sentence
from app.store.sqlite import DatabaseError

_OLD = 600  # seconds after which a half-made file is nobody's any more


def make(path: Path) -> None:
    """Make the file of a new community at `path`; nothing is done where another process was quicker.

    Raises DiskError.
    """
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
    """Give a whole file its name, unless that is taken."""
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            part.rename(path)


def discard(part: Path) -> None:
    """Take away a file that was on its way, and what SQLite put beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            part.with_name(part.name + ending).unlink()


def _fill(part: Path) -> None:
    with closing(open_connection(part)) as conn:
        migrations.migrate(conn)
        give_number(conn)


def _prefix(path: Path) -> str:
    return f".{path.name}.new-"


def _sweep(path: Path) -> None:
    """What a kill left of an earlier making."""
    for part in path.parent.glob(f"{_prefix(path)}*"):
        with suppress(OSError):
            if part.stat().st_mtime < time.time() - _OLD:
                part.unlink()
