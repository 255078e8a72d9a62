"""Restores a backup: a copy is prepared beside the file and then replaces it atomically.

A crash at any point leaves either the old file or the backup in place. The old file is kept under another name along
with its write-ahead log; if the log stayed, SQLite would replay it into the backup.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.base import clock
from app.base.errors import DamagedFileError, DiskError, NotFoundError, UserError
from app.base.words import tr
from app.store import header, holding, migrations, seals, verify
from app.store.backup import faults, fsync_folder
from app.store.connection import give_number, open_connection
from app.store.failures import sentence
from app.store.making import discard
from app.store.manifest import sha256
from app.store.obstacles import of_network
from app.store.sqlite import Connection, DatabaseError, OperationalError, connect

_BUSY_SECONDS = 2.0  # for another program to finish a write
_ENDINGS = ("-wal", "-shm", "-journal")


def refuse(source: Path, target: Path) -> None:
    """Raise a UserError if `source` cannot be restored to `target`.

    NotFoundError if it is missing, DamagedFileError if it is not a sound backup, UserError if it is the file itself.
    """
    if not source.is_file():
        msg = tr("There's no file {source}. `backups` lists the ones you can restore.").format(source=source)
        raise NotFoundError(msg)
    if header.exists(target) and source.samefile(target):
        msg = tr("{source} is the community's own file. Choose a backup of it: `backups` lists them.").format(
            source=source
        )
        raise UserError(msg)
    fault = verify.fault(source)
    if fault:
        msg = tr("{source} can't be restored ({fault}); nothing was changed. `backups` lists others.").format(
            source=source, fault=fault
        )
        raise DamagedFileError(msg)
    if not verify.digest_of(source):  # without a manifest it may be a live file, whose log is restored with it
        migrations.refuse_foreign_log(source)


def restore(
    source: Path, target: Path, mark: Callable[[Connection], None], *, from_window: bool = False
) -> Path | None:
    """Replace `target` by a copy of the backup `source`; returns where the old file is kept, None if there was none.

    `mark` writes into the copy before it is checked. Raises UserError, with nothing changed, if the backup is not
    sound, the community is open elsewhere, or the disk fails.
    """
    refuse(source, target)
    return replace_with(target, lambda part: _prepare_copy(source, part, mark), from_window=from_window)


def replace_with(target: Path, fill: Callable[[Path], object], *, from_window: bool = False) -> Path | None:
    """Replace `target` by what `fill` writes to the path it is given; returns where the old file is kept, if any.

    The file that it writes must be complete, checked and without a log. Raises UserError, with nothing changed, if the
    community is open elsewhere, on a network drive, or the disk fails, and whatever `fill` raises.
    """
    if (found := of_network(target)) is not None:
        raise DiskError(found.sentence)
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = holding.alone(target.parent, from_window=from_window)
        try:
            _sweep(target)
            part = target.with_name(f"{_prefix(target)}part")
            try:
                fill(part)
                with part.open("rb") as written:
                    os.fsync(written.fileno())
                return _swap(part, target)
            finally:
                discard(part)
        finally:
            holding.release(held)
    except (OSError, DatabaseError, UnicodeDecodeError) as why:
        raise sentence(why, target) from why


def copy_of(target: Path) -> Path:
    """A private copy of a file with its log, beside it, for reading what is damaged; `discard` it.

    A log that belongs to another file is left out.
    """
    part = target.with_name(f"{_prefix(target)}copy")
    discard(part)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    shutil.copyfile(target, part)
    if header.has_log(target) and not header.has_foreign_log(target):
        log = header.log_of(part)
        os.close(os.open(log, os.O_CREAT | os.O_WRONLY, 0o600))
        shutil.copyfile(header.log_of(target), log)
    return part


def _prefix(target: Path) -> str:
    return f".{target.name}.restored-"


def _sweep(target: Path) -> None:
    """Delete what an interrupted restore left: the temporary copy, and a hard link to the current file."""
    for part in target.parent.glob(f"{_prefix(target)}*"):
        part.unlink()
    for kept in target.parent.glob(f"{target.stem}-replaced-*{target.suffix}"):
        if header.exists(target) and kept.samefile(target) and not header.exists(header.log_of(kept)):
            kept.unlink()


def _prepare_copy(source: Path, part: Path, mark: Callable[[Connection], None]) -> None:
    """Create the copy: complete, checked, a single file, fsynced."""
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    shutil.copyfile(source, part)
    wanted = verify.digest_of(source)
    if wanted and sha256(part) != wanted:
        msg = tr(
            "{source} changed while it was being read, so it wasn't restored; nothing was changed. Try again."
        ).format(source=source)
        raise DamagedFileError(msg)
    if not wanted and header.has_log(source):  # a live file: its write-ahead log is part of it
        log = header.log_of(part)
        os.close(os.open(log, os.O_CREAT | os.O_WRONLY, 0o600))
        shutil.copyfile(header.log_of(source), log)
    conn = open_connection(part)
    try:
        migrations.refuse_half(conn, source)
        seals.drop(conn)
        mark(conn)
        give_number(conn)
        conn.execute("PRAGMA journal_mode = DELETE")
        problems = faults(conn)
    finally:
        conn.close()
    if problems:
        msg = tr("{source} failed its check ({fault}), so it wasn't restored; nothing was changed.").format(
            source=source, fault=problems[0]
        )
        raise DamagedFileError(msg)


def _swap(part: Path, target: Path) -> Path | None:
    if not header.exists(target):
        _remove_logs(target, f"{target.stem}-lost-{time.time():.0f}{target.suffix}")
        part.replace(target)
        fsync_folder(target.parent)
        return None
    kept = _free_name(target)
    with _locked(target) as folded:
        _link_or_copy(target, kept)
        _remove_logs(target, None if folded else kept.name)
        part.replace(target)
        fsync_folder(target.parent)
    return kept


@contextmanager
def _locked(target: Path) -> Iterator[bool]:
    """Checkpoint the current file and lock others out meanwhile; yields whether its log is folded in.

    A file that is damaged or not ours is left untouched.
    """
    conn = None
    with suppress(OSError):
        head = header.latest(target)
        if head is not None and head.is_ours and not header.has_foreign_log(target):
            conn = connect(str(target), timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        folded = conn is not None and _checkpoint_and_lock(conn, target)
        if conn is not None and (not folded or sys.platform == "win32"):  # Windows cannot rename over an open file
            conn.close()
        yield folded
    finally:
        if conn is not None:
            conn.close()


def _checkpoint_and_lock(conn: Connection, target: Path) -> bool:
    """Checkpoint and lock the file exclusively; closing the connection later then touches nothing beside the file.

    Returns False if it is damaged: then it is kept as it is, with its log. Raises DiskError if another program uses it.
    """
    try:
        conn.execute("PRAGMA locking_mode = EXCLUSIVE")
        conn.execute("PRAGMA journal_mode = DELETE")
        conn.execute("BEGIN EXCLUSIVE")
    except OperationalError as why:
        if any(word in str(why).lower() for word in ("locked", "busy")):
            msg = tr("Another program is using {target}. Close it, then restore again; nothing was changed.").format(
                target=target
            )
            raise DiskError(msg) from why
        return False
    except (DatabaseError, UnicodeDecodeError):  # a damaged schema is quoted in SQLite's message, as it is
        return False
    return True


def _free_name(target: Path) -> Path:
    stamp = f"{clock.local(clock.now()):%Y-%m-%d-%H%M%S}"
    names = (f"{target.stem}-replaced-{stamp}{more}{target.suffix}" for more in ("", *(f"-{n}" for n in range(2, 99))))
    return next(path for path in map(target.with_name, names) if not header.exists(path))


def _link_or_copy(file: Path, kept: Path) -> None:
    try:
        os.link(file, kept)
    except OSError:  # the file system has no hard links
        part = kept.with_name(f"{_prefix(file)}kept")
        shutil.copyfile(file, part)
        part.chmod(0o600)
        part.rename(kept)


def _remove_logs(target: Path, kept: str | None) -> None:
    """Remove -wal, -shm and -journal of the old file, which SQLite would replay into the backup.

    They are kept beside the old file, which is named `kept`; None if they can be dropped, as the file contains them.
    """
    for ending in _ENDINGS:
        log = target.with_name(target.name + ending)
        if not header.exists(log):
            continue
        if kept is not None and ending != "-shm":
            _link_or_copy(log, target.with_name(kept + ending))
        log.unlink()
