"""Backups beside the file, written anew without something: each is copied, cleaned as the file is, checked, replaced.

A backup that can't be rewritten so stays as it is: it is the way back if the file is lost.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from app.base.errors import UserError
from app.members.records import drop_removed
from app.store import backup, bytes_left, header, index, verify
from app.store.connection import give_number, open_connection
from app.store.manifest import manifest, sha256, write_manifest
from app.store.private import create_private
from app.store.sqlite import Connection
from app.store.store import Store

Clean = Callable[[Connection], object]
"""Takes out of an open transaction what is to be in no backup."""


def drop_traces(store: Store) -> None:
    """Take what was removed out of both indexes."""
    with store.write() as conn:
        drop_removed(conn)
    index.drop_removed(store)


def rewrite(files: Sequence[Path], clean: Clean, traces: Sequence[bytes]) -> Iterator[Path]:
    """Clean these backups; returns those that hold none of the `traces` any more. The others stay as they are."""
    for file in files:
        part = file.with_name(f".{file.name}.part")
        try:
            if _cleaned(file, part, clean, traces):
                yield file
        except (OSError, UserError):
            continue
        finally:
            _drop(part)


def _drop(part: Path) -> None:
    """Delete a copy with its log, which would be played into the next copy of that name."""
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            part.with_name(part.name + ending).unlink(missing_ok=True)


def _cleaned(file: Path, part: Path, clean: Clean, traces: Sequence[bytes]) -> bool:
    """Put a clean copy in a backup's place, if it is sound before and after; whether it holds no trace by then."""
    head, before = header.read(file), file.stat()
    if head is None or head.version != header.LATEST or verify.fault(file):
        return False
    _drop(part)
    create_private(part)
    shutil.copyfile(file, part)
    store = Store(part, private=True)
    try:
        with store.write() as conn:
            clean(conn)
        drop_traces(store)
        store.rebuild()
    finally:
        store.close()
    with closing(open_connection(part)) as conn:
        give_number(conn)
        conn.execute("PRAGMA journal_mode = DELETE")
        problems = backup.faults(conn)
    if problems or bytes_left.holds_closed(part, traces):
        return False
    with part.open("rb") as written:
        os.fsync(written.fileno())
    os.utime(part, ns=(before.st_atime_ns, before.st_mtime_ns))
    digest = sha256(part)
    manifest(file).unlink(missing_ok=True)  # without one all pages are checked: between the two it is sound as well
    part.replace(file)
    backup.fsync_folder(file.parent)
    write_manifest(file, digest)
    return True
