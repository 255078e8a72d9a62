"""Finds the backups beside a file and tells the person how to restore one.

Called only when a file cannot be opened, so it may be slow. It never names a file that does not exist.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.base.words import tr

FOLDER = "backups"
_STAMP = "%Y-%m-%d-%H%M%S"
_STAMP_CHARS = len("2026-11-23-164000")


def folder_of(path: Path) -> Path:
    """The backup folder of the file at `path`."""
    return path.parent / FOLDER


def has_backups(path: Path) -> bool:
    """Whether there is any backup of the file at `path`, sound or not."""
    return bool(listed(folder_of(path)))


def listed(folder: Path) -> list[Path]:
    """The backups in a folder, newest first; [] if it cannot be read."""
    try:
        files = [path for path in folder.iterdir() if path.suffix == ".rapport" and path.is_file()]
    except OSError:
        return []
    return sorted(files, key=made_at, reverse=True)


def made_at(backup: Path) -> int:
    """When a backup was made, in Unix seconds: by its name, else its modification time."""
    stem = backup.stem
    for start in range(len(stem) - _STAMP_CHARS + 1):
        try:
            named = datetime.strptime(stem[start : start + _STAMP_CHARS], _STAMP).astimezone()
        except ValueError:
            continue
        return int(named.timestamp())
    return int(backup.stat().st_mtime)


def newest_good(path: Path) -> Path | None:
    """The newest sound backup of the file at `path`; None if there is none."""
    from app.store import verify  # noqa: PLC0415  avoids an import cycle through connection and failures

    return next((backup for backup in listed(folder_of(path)) if not verify.fault(backup)), None)


def saving(path: Path) -> str:
    """Advice on the damaged file at `path`: how to save what can be read, and how to restore its newest backup."""
    repairing = tr("`check --repair` saves what can be read.")
    return f"{repairing} {way_back(path)}"


def way_back(path: Path) -> str:
    """Advice on the unreadable file at `path`: how to restore its newest sound backup, or that there is none."""
    newest = newest_good(path)
    if newest is not None:
        import shlex  # noqa: PLC0415  only needed when something is wrong

        return tr(
            "Restore its newest backup with `restore {file}`, or choose that file in the window "
            "under “Open another file”."
        ).format(file=shlex.quote(str(newest)))
    if has_backups(path):
        return tr("All the backups in {path} are damaged. Move the file and that folder away to start afresh.").format(
            path=folder_of(path)
        )
    if path.exists():
        return tr("There's no backup in {path}. Move the file away to start afresh, or choose another folder.").format(
            path=folder_of(path)
        )
    return tr("There's no backup in {path}.").format(path=folder_of(path))
