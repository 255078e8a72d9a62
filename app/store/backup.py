"""Verified copies of the file, made with SQLite's online backup API, reopened and checked.

Also the integrity checks that need no domain knowledge: pages, foreign keys, the search index's own structure.
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
from app.store import holding, seals
from app.store.connection import give_number, open_connection
from app.store.failures import is_unwritable, sentence
from app.store.manifest import sha256, write_manifest
from app.store.private import create_private
from app.store.sqlite import Connection, DatabaseError

_MAX_FAULTS = 20  # reported per kind; a corrupt file has thousands
_PARTS = ".community-*.rapport.part*"  # only names that `dated` makes: another program's .part files are not ours
_FTS = re.compile(r"CREATE VIRTUAL TABLE .*USING fts5", re.IGNORECASE | re.DOTALL)


def copy(source: Connection, target: Path, mark: Callable[[Connection], None] | None = None) -> str:
    """Write a verified copy of the whole file to `target` (mode 0600) and its manifest; returns the SHA-256 in hex.

    The copy is made under a temporary name and renamed after the checks, so `target` is complete or absent. `mark` may
    write into the copy before it is checked. Raises DiskError if `target` exists or cannot be written, DamagedFileError
    if the copy fails the checks.
    """
    if target.exists():
        msg = tr("{target} already exists and won't be replaced. Choose another file name.").format(target=target)
        raise DiskError(msg)
    part = target.with_name(f".{target.name}.part")
    held = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _sweep(target.parent)
        held = holding.together(target.parent)  # keeps another process's _sweep from deleting this one
        _discard(part)
        _fill(source, part, mark)
        digest = sha256(part)
        _move_into_place(part, target)
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
        seals.drop(conn)  # it may be written to otherwise than by a Store
        conn.execute("PRAGMA journal_mode = DELETE")  # a single file, without -wal
        if mark is not None:
            mark(conn)
        give_number(conn)
        problems = faults(conn)
    if problems:
        msg = tr("The copy failed its check ({fault}). Run `check`, and keep the backups you have.").format(
            fault=problems[0]
        )
        raise DamagedFileError(msg)


def _move_into_place(part: Path, target: Path) -> None:
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.rename(target)
    fsync_folder(target.parent)


def fsync_folder(folder: Path) -> None:
    """Fsync a folder, so that renames in it are durable; no-op where the system cannot."""
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
    """Delete temporary files of crashed backups unless one is being made; each may be as large as the file."""
    held = holding.first(folder)
    for part in folder.glob(_PARTS) if held is not None else ():
        with suppress(OSError):
            part.unlink()
    holding.release(held)


def dated(folder: Path, at: datetime, stem: str = "community") -> Path:
    """A free file name in the folder, from the local time: `community-2026-11-23-164000.rapport`."""
    base = f"{stem}-{at:%Y-%m-%d-%H%M%S}"
    names = [f"{base}.rapport", *(f"{base}-{number}.rapport" for number in range(2, 100))]
    return next(path for path in map(folder.joinpath, names) if not path.exists())


def before_migration(conn: Connection, path: Path, version: int) -> Path | None:
    """Back up a file before migrating it, to `backups` beside it; returns the copy, None for an empty file."""
    if version == 0:
        return None
    folder = path.parent / "backups"
    target = dated(folder, datetime.now().astimezone(), f"community-before-step-{version + 1}")
    copy(conn, target)
    return target


def faults(conn: Connection) -> list[str]:
    """Run SQLite's integrity checks; one message per fault, [] if all is well. Needs a writable connection."""
    damaged_pages = list(_page_faults(conn))
    return damaged_pages or [*_key_faults(conn), *_index_faults(conn)]  # with corrupt pages the other checks only fail


def _page_faults(conn: Connection) -> Iterator[str]:
    try:
        rows = conn.execute(f"PRAGMA integrity_check({_MAX_FAULTS})").fetchall()
    except DatabaseError as why:
        yield tr("not all of the file's pages can be read: {error}").format(error=why)
        return
    yield from (tr("SQLite reports: {error}").format(error=error) for (error,) in rows if error != "ok")


def _key_faults(conn: Connection) -> Iterator[str]:
    for number, (child, row, parent, _) in enumerate(conn.execute("PRAGMA foreign_key_check")):
        if number == _MAX_FAULTS:
            return
        yield tr("row {row} of the table {table} refers to a row of {other} that doesn't exist").format(
            row=row, table=child, other=parent
        )


def _index_faults(conn: Connection) -> Iterator[str]:
    """Run FTS5's own integrity check on each index; it is started by an INSERT, which is rolled back."""
    tables = conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL").fetchall()
    for name in (name for name, sql in tables if _FTS.match(sql)):
        conn.execute("SAVEPOINT looking")
        try:
            conn.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
        except DatabaseError as why:
            if is_unwritable(why):  # it has to be written to for this, and then it is not known
                return
            yield tr("the search index {table} is damaged").format(table=name)
        conn.execute("ROLLBACK TO looking")
        conn.execute("RELEASE looking")
