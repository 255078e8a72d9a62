"""Backups of the community's file: a whole copy that has been checked, with its SHA-256 beside it; and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.base import clock
from app.base.errors import NotFoundError
from app.base.paths import Profile
from app.base.words import tr
from app.safety import standstill
from app.store import backup, migrations, restore, verify, wayback
from app.store.manifest import manifest
from app.store.store import Store


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup that was made and verified; `size` in bytes, `at` in Unix seconds."""

    file: Path
    manifest: Path
    sha256: str
    size: int
    at: int


@dataclass(frozen=True, slots=True)
class Found:
    """A backup that is there. `fault` says what is wrong with it, in words that follow its name; "" if nothing is."""

    file: Path
    at: int
    size: int
    fault: str

    @property
    def ok(self) -> bool:
        """Whether it can be restored."""
        return not self.fault


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup in the community's place. `kept` is where today's file is now; None where there was none."""

    source: Path
    file: Path
    kept: Path | None
    at: int
    content: verify.Content


def make(store: Store, profile: Profile, file: Path | None = None) -> Copy:
    """Write a backup to `file`, else under today's date into the profile's `backups`; UserError where that cannot be.

    Others may write meanwhile: the copy is the file as it was at one instant. Passwords are not in it, they never are
    in the file.
    """
    at = clock.now()
    target = backup.dated(profile.backups, clock.local(at)) if file is None else file.expanduser().absolute()
    digest = backup.copy(store.read, target, standstill.mark)
    return Copy(target, manifest(target), digest, target.stat().st_size, at)


def listed(profile: Profile) -> list[Found]:
    """The profile's backups, the newest first, each checked; NotFoundError if there is neither profile nor backup."""
    files = wayback.listed(profile.backups)
    if not files and not profile.file.exists():
        msg = tr("There's no community at {folder} yet, and no backup of one.").format(folder=profile.folder)
        raise NotFoundError(msg)
    return [Found(file, wayback.made_at(file), file.stat().st_size, verify.fault(file)) for file in files]


def newest(profile: Profile) -> Path | None:
    """The newest backup that can be restored; None where there is none."""
    return wayback.newest_good(profile.file)


def is_backup(file: Path) -> bool:
    """Whether a file that somebody chose is a copy to restore, and not a community in its own folder."""
    return file.name != Profile(file.parent).file.name or file.parent.name == wayback.FOLDER


def home(file: Path, otherwise: Profile) -> Profile:
    """Where a chosen backup belongs: the community whose `backups` it is in, or beside which it is kept."""
    folder = file.parent.parent if file.parent.name == wayback.FOLDER else file.parent
    there = Profile(folder)
    return there if there.file.exists() or file.parent == there.backups else otherwise


def refuse_unopenable(profile: Profile) -> None:
    """UserError where the profile's file is none of ours, or is missing beside its backups."""
    if profile.file.exists():
        migrations.refuse_unopened(profile.file)
    else:
        migrations.refuse_missing(profile.file)


def look(profile: Profile, file: Path) -> Restored:
    """What `bring_back` would do, with nothing changed; UserError where it cannot be done."""
    source = file.expanduser().absolute()
    restore.refuse(source, profile.file)
    kept = profile.file if profile.file.exists() else None
    return Restored(source, profile.file, kept, wayback.made_at(source), verify.content(source))


def bring_back(profile: Profile, file: Path, *, from_window: bool = False) -> Restored:
    """Put the backup `file` in the place of the profile's file, which is kept aside; it stands still until told to go.

    `from_window`: the profile's own window asks, and has closed the file. UserError, with nothing changed, for a file
    that is no sound backup and while anybody has the community open.
    """
    seen = look(profile, file)
    kept = restore.restore(seen.source, profile.file, standstill.mark, from_window=from_window)
    return Restored(seen.source, profile.file, kept, seen.at, seen.content)
