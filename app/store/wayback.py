"""The backups beside a file, which of them are good, and the sentence that says how to bring one back.

It is only asked for where a file cannot be opened, so it may take its time; it names nothing that is not there.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.base.words import tr

FOLDER = "backups"
_STAMP = "%Y-%m-%d-%H%M%S"
_STAMP_LONG = len("2026-11-23-164000")


def folder_of(path: Path) -> Path:
    """Where the backups of the file at `path` are."""
    return path.parent / FOLDER


def has_backups(path: Path) -> bool:
    """Whether any file that is called a backup is beside the one at `path`."""
    return bool(listed(folder_of(path)))


def listed(folder: Path) -> list[Path]:
    """The files in a folder of backups, the newest first; none where one may not look."""
    try:
        files = [path for path in folder.iterdir() if path.suffix == ".rapport" and path.is_file()]
    except OSError:
        return []
    return sorted(files, key=made_at, reverse=True)


def made_at(backup: Path) -> int:
    """When a backup was made, in Unix seconds: its name says so, else the system."""
    stem = backup.stem
    for start in range(len(stem) - _STAMP_LONG + 1):
        try:
            named = datetime.strptime(stem[start : start + _STAMP_LONG], _STAMP).astimezone()
        except ValueError:
            continue
        return int(named.timestamp())
    return int(backup.stat().st_mtime)


def newest_good(path: Path) -> Path | None:
    """The newest backup beside the file at `path` that passes its check; None where there is none."""
    from app.store import verify  # noqa: PLC0415  it opens files, and this module is known to what opens them

    return next((backup for backup in listed(folder_of(path)) if not verify.fault(backup)), None)


def way_back(path: Path) -> str:
    """What to do about the file at `path`, in a sentence: the newest good backup, and both ways to restore it."""
    found = newest_good(path)
    if found is not None:
        import shlex  # noqa: PLC0415  only where something is wrong

        return tr(
            "Restore its newest backup with `restore {file}`, or choose that file in the window "
            "under “Open another file”."
        ).format(file=shlex.quote(str(found)))
    if has_backups(path):
        return tr("All the backups in {path} are damaged. Move the file and that folder away to start afresh.").format(
            path=folder_of(path)
        )
    if path.exists():
        return tr("There's no backup in {path}. Move the file away to start afresh, or choose another folder.").format(
            path=folder_of(path)
        )
    return tr("There's no backup in {path}.").format(path=folder_of(path))
