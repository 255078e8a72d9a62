"""Backups of the community's file (verified copies with a SHA-256 file beside them), and restoring them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from app import settings, tombstones
from app.base import clock
from app.base.errors import NotFoundError
from app.base.paths import Profile
from app.base.words import tr
from app.safety import standstill
from app.store import backup, migrations, pen, restore, verify, wayback
from app.store.manifest import manifest
from app.store.sqlite import Connection, DatabaseError, Row, connect
from app.store.store import Store


@dataclass(frozen=True, slots=True)
class Copy:
    """A verified backup that was just made; `size` is in bytes, `at` Unix seconds."""

    file: Path
    manifest: Path
    sha256: str
    size: int
    at: int


@dataclass(frozen=True, slots=True)
class Found:
    """A backup in the folder; `at` is Unix seconds, `size` bytes.

    `fault` is what is wrong with it, as a phrase that follows its name; "" if it is sound, and then `content` is there.
    """

    file: Path
    at: int
    size: int
    fault: str
    content: verify.Content | None = None

    @property
    def ok(self) -> bool:
        """Whether it can be restored."""
        return not self.fault


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored backup, made `at` (Unix seconds). `kept` is where the old file is now, None if there was none."""

    source: Path
    file: Path
    kept: Path | None
    at: int
    content: verify.Content


def make(store: Store, profile: Profile, file: Path | None = None) -> Copy:
    """Write a backup to `file`, by default to a dated file in the profile's `backups`. Raises UserError if that fails.

    Others can write meanwhile: the copy is a consistent snapshot. It holds no passwords, as the file itself holds none.
    """
    if file is None:
        return make_in(store, profile.backups, "community")
    return _copy(store, file.expanduser().absolute(), clock.now())


def make_in(store: Store, folder: Path, stem: str) -> Copy:
    """Write a backup to a dated file in a folder, whose name begins with `stem`. Raises UserError if that fails."""
    at = clock.now()
    return _copy(store, backup.dated(folder, clock.local(at), stem), at)


def _copy(store: Store, target: Path, at: int) -> Copy:
    digest = backup.copy(store.read, target, standstill.mark)
    return Copy(target, manifest(target), digest, target.stat().st_size, at)


def listed(profile: Profile, most: int | None = None) -> list[Found]:
    """The profile's backups, checked, newest first, at most so many.

    Raises NotFoundError if there is no community and no backup.
    """
    files = wayback.listed(profile.backups)[:most]
    if not files and not profile.file.exists():
        msg = tr("There's no community at {folder} yet, and no backup of one.").format(folder=profile.folder)
        raise NotFoundError(msg)
    return [seen(file) for file in files]


def seen(file: Path) -> Found:
    """Check one backup, and count what is in it; reads the whole file. One that has gone meanwhile has a fault."""
    fault = verify.fault(file)
    if not file.exists():
        return Found(file, clock.now(), 0, fault)
    at, size = wayback.made_at(file), file.stat().st_size
    try:
        return Found(file, at, size, fault, None if fault else verify.content(file))
    except (OSError, DatabaseError):
        return Found(file, at, size, tr("unreadable"))


def discard(file: Path) -> None:
    """Delete a backup with its manifest."""
    file.unlink(missing_ok=True)
    manifest(file).unlink(missing_ok=True)


def newest(profile: Profile) -> Path | None:
    """The newest backup that can be restored; None if there is none."""
    return wayback.newest_good(profile.file)


def is_backup(file: Path) -> bool:
    """Whether a file chosen by the person is a backup to restore, rather than a community in its own folder."""
    return file.name != Profile(file.parent).file.name or file.parent.name == wayback.FOLDER


def home(file: Path, otherwise: Profile) -> Profile:
    """The profile that a chosen backup belongs to: that of its folder, else `otherwise`."""
    folder = file.parent.parent if file.parent.name == wayback.FOLDER else file.parent
    there = Profile(folder)
    return there if there.file.exists() or file.parent == there.backups else otherwise


def refuse_unopenable(profile: Profile) -> None:
    """Raise UserError if the profile's file is not ours, or is missing although it has backups."""
    if profile.file.exists():
        migrations.refuse_unopened(profile.file)
    else:
        migrations.refuse_missing(profile.file)


def preview_restore(profile: Profile, file: Path) -> Restored:
    """Preview of `bring_back`; changes nothing. Raises UserError if it would fail."""
    source = file.expanduser().absolute()
    restore.refuse(source, profile.file)
    kept = profile.file if profile.file.exists() else None
    return Restored(source, profile.file, kept, wayback.made_at(source), verify.content(source))


def _of_present(file: Path, read: Callable[[Connection], str]) -> str:
    """What the file that is replaced says, as far as it can be read; "" where it can't.

    A backup must not bring back who was forgotten, nor the pen of a desk that is lent: the copy would have it, too.
    """
    try:
        conn = connect(f"file:{quote(str(file.absolute()))}?mode=ro", uri=True)  # with its log
        conn.row_factory = Row
        with closing(conn):
            return read(conn)
    except (OSError, DatabaseError):
        return ""


def _loan(conn: Connection) -> str:
    loan = pen.lent(conn)
    return "" if loan is None else loan.packed()


def bring_back(profile: Profile, file: Path, *, from_window: bool = False) -> Restored:
    """Replace the profile's file by the backup `file`; the old file is kept, and the new one is on hold until released.

    `from_window`: called by the profile's own window, which has closed the file. Raises UserError, with nothing
    changed, if the backup is not sound or the community is open elsewhere.
    """
    seen = preview_restore(profile, file)
    present = profile.file
    carried = {
        tombstones.CARRIED: _of_present(present, tombstones.packed), pen.AT_HOME: _of_present(present, _loan),
    }  # fmt: skip

    def mark(conn: Connection) -> None:
        standstill.mark(conn)
        for key, value in carried.items():
            if value:
                settings.store_value(conn, key, value)

    kept = restore.restore(seen.source, profile.file, mark, from_window=from_window)
    return Restored(seen.source, profile.file, kept, seen.at, seen.content)
