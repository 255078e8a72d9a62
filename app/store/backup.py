"""Copies of the file that are known to be good: made with SQLite's online backup, opened again and checked.

Also the checks that need no knowledge of any noun: pages, foreign keys, the search index's own structure.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from app.base.errors import DamagedFileError, DiskError
from app.base.words import tr
from app.store import holding
from app.store.connection import give_number, open_connection
from app.store.failures import sentence
from app.store.manifest import sha256, write_manifest
from app.store.private import create_private
from app.store.sqlite import Connection, DatabaseError

_MOST = 20  # how many faults of one kind are told; a broken file has thousands
_PARTS = ".community-*.rapport.part*"  # of names that we give; what another file is called is not ours to judge
_FTS = re.compile(r"CREATE VIRTUAL TABLE .*USING fts5", re.IGNORECASE | re.DOTALL)


def copy(source: Connection, target: Path, mark: Callable[[Connection], None] | None = None) -> str:
    """Write a verified copy of the whole file to `target` (0600) and beside it the manifest; the copy's SHA-256.

    The copy is made under another name and renamed when it has passed, so `target` is whole or absent. An existing file
    is not replaced. `mark` may write into the copy before it is checked. Raises DiskError, and DamagedFileError when
    the copy does not pass the checks.
    """
    if target.exists():
        msg = tr("{target} already exists and won't be replaced. Choose another file name.").format(target=target)
        raise DiskError(msg)
    part = target.with_name(f".{target.name}.part")
    held = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(target.parent)
        held = holding.together(target.parent)  # so that nobody sweeps this one away
        _discard(part)
        _fill(source, part, mark)
        digest = sha256(part)
        _settle(part, target)
        write_manifest(target, digest)
    except (OSError, DatabaseError) as why:
        raise sentence(why, target) from why
    finally:
        _discard(part)
        holding.release(held)
    return digest


def _fill(source: Connection, part: Path, mark: Callable[[Connection], None] | None) -> None:
    create_private(part)
    with closing(open_connection(part)) as conn:
        source.backup(conn, pages=-1)
        conn.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
        if mark is not None:
            mark(conn)
        give_number(conn)
        found = faults(conn)
    if found:
        msg = tr("The copy failed its check ({fault}). Run `check`, and keep the backups you have.").format(
            fault=found[0]
        )
        raise DamagedFileError(msg)


def _settle(part: Path, target: Path) -> None:
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.rename(target)
    settle(target.parent)


def settle(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _discard(part: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(NotADirectoryError):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    """What killed backups have left in a folder where none is being made; each may be as large as the file."""
    held = holding.first(folder)
    for part in folder.glob(_PARTS) if held is not None else ():
        with suppress(OSError):
            part.unlink()
    holding.release(held)


def dated(folder: Path, at: datetime, stem: str = "community") -> Path:
    """A name in the folder that is not taken, from the local time: `community-2026-11-23-164000.rapport`."""
    base = f"{stem}-{at:%Y-%m-%d-%H%M%S}"
    names = [f"{base}.rapport", *(f"{base}-{number}.rapport" for number in range(2, 100))]
    return next(path for path in map(folder.joinpath, names) if not path.exists())


def before_migration(conn: Connection, path: Path, version: int) -> Path | None:
    """A verified copy of a file that is about to be migrated, in `backups` beside it; None for an empty one."""
    if version == 0:
        return None
    folder = path.parent / "backups"
    target = dated(folder, datetime.now().astimezone(), f"community-before-step-{version + 1}")
    copy(conn, target)
    return target


def faults(conn: Connection) -> list[str]:
    """What SQLite finds wrong in the file, one sentence each; empty when all is well. Needs a writing connection."""
    found = list(_pages(conn))
    return found or [*_keys(conn), *_indexes(conn)]  # over broken pages the other questions only fail


def _pages(conn: Connection) -> Iterator[str]:
    try:
        rows = conn.execute(f"PRAGMA integrity_check({_MOST})").fetchall()
    except DatabaseError as why:
        yield f"not all of the file's pages can be read: {why}"
        return
    yield from (f"pages: {row[0]}" for row in rows if row[0] != "ok")


def _keys(conn: Connection) -> Iterator[str]:
    for number, (child, row, parent, _) in enumerate(conn.execute("PRAGMA foreign_key_check")):
        if number == _MOST:
            return
        yield f"row {row} of {child} points to a row of {parent} that is not there"


def _indexes(conn: Connection) -> Iterator[str]:
    """The full-text indexes' own check; it is asked by an INSERT, which is taken back."""
    tables = conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL").fetchall()
    for name in (name for name, sql in tables if _FTS.match(sql)):
        conn.execute("SAVEPOINT looking")
        try:
            conn.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
        except DatabaseError:
            yield f"the search index {name} is damaged"
        conn.execute("ROLLBACK TO looking")
        conn.execute("RELEASE looking")
