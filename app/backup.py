"""Backups of the community's file: a whole copy that has been checked, with its SHA-256 beside it."""

from __future__ import annotations

from pathlib import Path

from app import clock, standstill
from app.paths import Profile
from app.records import dataclass
from app.store import backup
from app.store.store import Store


@dataclass(frozen=True, slots=True)
class Copy:
    """A backup that was made and verified; `size` in bytes, `at` in Unix seconds."""

    file: Path
    manifest: Path
    sha256: str
    size: int
    at: int


def make(store: Store, profile: Profile, file: Path | None = None) -> Copy:
    """Write a backup to `file`, else under today's date into the profile's `backups`; UserError where that cannot be.

    Others may write meanwhile: the copy is the file as it was at one instant. Passwords are not in it, they never are
    in the file.
    """
    at = clock.now()
    target = backup.dated(profile.backups, clock.local(at)) if file is None else file.expanduser().absolute()
    digest = backup.copy(store.read, target, standstill.mark)
    return Copy(target, backup.manifest(target), digest, target.stat().st_size, at)
