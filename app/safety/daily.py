"""Backups that Rapport makes by itself: once a day when something changed, and before a large import.

They are thinned as `app.safety.keeping` says; backups that the person makes, and those from before a migration, are
never thinned. A second place, which may be a stick that is not always there, gets a copy of each daily one, encrypted
if there is a passphrase.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from app.base import clock
from app.base.paths import Profile
from app.base.words import tr
from app.safety import backup, encryption, keeping
from app.settings import Settings, store_value
from app.store import wayback
from app.store.manifest import manifest, sha256, write_manifest
from app.store.private import create_private
from app.store.store import Store

DAILY, BEFORE_IMPORT = "community-daily", "community-before-import"
"""How the names of automatic backups begin."""
_NOTED = "second_place"
"""The setting in which is noted what lies in the second place: JSON of `Second`, and the names of the files."""


class Made(NamedTuple):
    """What a daily backup came to: the copy, how many older ones were thinned out, and why the second place got none.

    `missed` is a sentence, "" if the second place has its copy or none is set.
    """

    copy: backup.Copy
    thinned: int
    missed: str


class Second(NamedTuple):
    """The second place: its folder ("" for none), when it last got a copy (Unix seconds), and why it missed one."""

    folder: str
    at: int | None
    missed: str


def is_due(profile: Profile, now: int) -> bool:
    """Whether the file changed since the newest backup, and that one is of an earlier day. Reads names and times only.

    Backups that a clock dated ahead of `now` (Unix seconds) don't count.
    """
    if not profile.file.exists():
        return False
    made = max((at for at in map(wayback.made_at, wayback.listed(profile.backups)) if at <= now), default=None)
    if made is None:
        return True
    return _day(made) < _day(now) and _changed_at(profile.file) > made


def run(store: Store, profile: Profile, settings: Settings) -> Made:
    """Make the backup of the day, put it in the second place, and thin out. Raises UserError if it can't be made."""
    copy = backup.make_in(store, profile.backups, DAILY)
    missed = put(store, settings, copy.file)
    gone = thin(profile.backups)
    _thin_second(store, settings)
    _encrypt_older(store, settings)
    return Made(copy, len(gone), missed)


def before_import(store: Store) -> backup.Copy | None:
    """Make a backup before much is brought in, if there is something to lose; None if the newest one has everything.

    Raises UserError if it can't be made.
    """
    folder = wayback.folder_of(store.path)
    newest = max(map(wayback.made_at, wayback.listed(folder)), default=None)
    if newest is not None and _changed_at(store.path) <= newest:
        return None
    if not store.read.execute("SELECT EXISTS (SELECT 1 FROM message) OR EXISTS (SELECT 1 FROM member)").fetchone()[0]:
        return None
    copy = backup.make_in(store, folder, BEFORE_IMPORT)
    thin(folder)
    return copy


def thin(folder: Path) -> list[str]:
    """Delete the automatic backups that need not be kept; returns their names. What can't be deleted stays."""
    copies = [file for file in wayback.listed(folder) if is_automatic(file)]
    left = set(keeping.kept(copies, lambda file: _day(wayback.made_at(file)), _day(clock.now())))
    gone = list[str]()
    for file in copies:
        if file not in left:
            with suppress(OSError):
                file.unlink()
                manifest(file).unlink(missing_ok=True)
                gone.append(file.name)
    return gone


def is_automatic(file: Path) -> bool:
    """Whether Rapport made this backup by itself, and so may thin it out."""
    return file.name.startswith((f"{DAILY}-", f"{BEFORE_IMPORT}-"))


# --- the second place


def second(settings: Settings, store: Store) -> Second:
    """The second place and how it stands."""
    folder, noted = settings.text("backup_folder"), _noted(store)
    if noted.get("folder") != folder:
        noted = {}
    at, missed = noted.get("at"), noted.get("missed")
    return Second(folder, at if isinstance(at, int) else None, str(missed or ""))


def put(store: Store, settings: Settings, file: Path) -> str:
    """Put a copy of a backup in the second place, if one is set, and note it; returns why it couldn't, else ""."""
    place = second(settings, store)
    if not place.folder:
        return ""
    names, key = _names(store, place.folder), encryption.key_of(store.read)
    try:
        name = _copied(file, Path(place.folder), key)
    except OSError:
        missed = tr("{folder} isn't there or can't be written, so it has no copy of the latest backup.")
        if key is not None and not encryption.is_available():
            missed = tr(
                "Without the package pyrage nothing is encrypted, so {folder} has no copy of the latest backup."
            )
        missed = missed.format(folder=place.folder)
        _note(store, place._replace(missed=missed), names)
        return missed
    _note(store, place._replace(missed="", at=clock.now()), [*names, name])
    return ""


def _copied(file: Path, folder: Path, key: encryption.Key | None) -> str:
    """Copy a backup with its manifest, encrypted if there is a key; whole and checked, or not there.

    Returns the copy's name. Raises OSError.
    """
    if not folder.is_dir():  # a stick that isn't connected: its folder must not be made on this disk
        raise FileNotFoundError(folder)
    target = folder / (f"{file.name}{encryption.ENDING}" if key is not None else file.name)
    part = folder / f".{target.name}.part"
    try:
        part.unlink(missing_ok=True)
        digest = encryption.encrypt(file, part, key) if key is not None else _same(file, part)
        part.replace(target)
        write_manifest(target, digest)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target.name


def _same(file: Path, part: Path) -> str:
    """Copy a file byte by byte and return its SHA-256. Raises OSError if the copy differs."""
    create_private(part)
    shutil.copyfile(file, part)
    with part.open("rb") as written:
        os.fsync(written.fileno())
    digest = sha256(part)
    if digest != sha256(file):
        raise OSError(str(part))
    return digest


def _encrypt_older(store: Store, settings: Settings) -> None:
    """Encrypt what was put in the second place before there was a passphrase; what can't be is tried another day."""
    place, key = second(settings, store), encryption.key_of(store.read)
    names = _names(store, place.folder)
    if key is None or not names or not Path(place.folder).is_dir():
        return
    folder = Path(place.folder)
    for name in [name for name in names if not name.endswith(encryption.ENDING)]:
        with suppress(OSError):
            if (folder / name).exists():
                names[names.index(name)] = _copied(folder / name, folder, key)
                (folder / name).unlink()
                manifest(folder / name).unlink(missing_ok=True)
    _note(store, place, names)


def _thin_second(store: Store, settings: Settings) -> None:
    """Delete in the second place, if it is there, what was put there and is thinned out by now, and nothing else."""
    place = second(settings, store)
    names = _names(store, place.folder)
    if not names or not Path(place.folder).is_dir():
        return
    left = {file.name for file in wayback.listed(wayback.folder_of(store.path))}
    thinned = [name for name in names if name.removesuffix(encryption.ENDING) not in left]
    for name in thinned:
        with suppress(OSError):
            (Path(place.folder) / name).unlink(missing_ok=True)
            manifest(Path(place.folder) / name).unlink(missing_ok=True)
    _note(store, place, [name for name in names if name not in thinned])


def _names(store: Store, folder: str) -> list[str]:
    """The names of what was put in that folder."""
    noted = _noted(store)
    found = noted.get("files") if noted.get("folder") == folder else None
    names = [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
    return [name for name in names if is_automatic(Path(name)) and Path(name).name == name]


def _noted(store: Store) -> dict[str, object]:
    row = store.read.execute("SELECT value FROM setting WHERE key = ?", (_NOTED,)).fetchone()
    try:
        noted = json.loads(row[0]) if row else {}
    except ValueError:
        return {}
    return noted if isinstance(noted, dict) else {}


def _note(store: Store, place: Second, names: list[str]) -> None:
    with store.write() as conn:
        store_value(conn, _NOTED, json.dumps({**place._asdict(), "files": names}))


# --- times


def _day(at: int) -> date:
    return clock.local(at).date()


def _changed_at(file: Path) -> int:
    """When the file or its log was written last, in Unix seconds, rounded up: a change of the same second counts."""
    log = file.with_name(f"{file.name}-wal")
    return max(-(-one.stat().st_mtime_ns // 1_000_000_000) for one in (file, log) if one.exists())
