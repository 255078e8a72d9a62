"""Locations of a profile's files: the community's file, its backups, the log."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from app.base.errors import UserError
from app.base.words import tr

KEPT_WHEN_REPLACED = "community-when-replaced"
"""How the names of the backups begin that are kept of replaced files."""


class Profile(NamedTuple):
    """One folder that holds one community."""

    folder: Path

    @property
    def file(self) -> Path:
        """The SQLite file that holds all data."""
        return self.folder / "community.rapport"

    @property
    def backups(self) -> Path:
        """The folder of dated backups."""
        return self.folder / "backups"

    @property
    def replaced(self) -> list[Path]:
        """The backups kept of files that another program replaced while they were open, oldest first."""
        return sorted(self.backups.glob(f"{KEPT_WHEN_REPLACED}-*{self.file.suffix}"))

    @property
    def log(self) -> Path:
        """The log file; it contains no text of members and no secrets."""
        return self.folder / "rapport.log"


def profile(folder: str | Path | None = None) -> Profile:
    """The profile at `folder`, else at $RAPPORT_PROFILE, else in the platform's data folder for this application."""
    chosen = folder or os.environ.get("RAPPORT_PROFILE")
    if chosen:
        return Profile(Path(chosen).expanduser().absolute())
    from platformdirs import user_data_path  # noqa: PLC0415  only needed for the default folder

    return Profile(user_data_path("rapport", appauthor=False))


def second_place(typed: str, own: Path) -> str:
    """A folder for second copies of backups, as it is stored; "" for none. Raises UserError for one that can't be used.

    `own` is the profile's folder, in which a second copy would be lost with the first.
    """
    if not typed.strip():
        return ""
    folder = Path(typed.strip()).expanduser()
    if not folder.is_absolute() or not folder.is_dir():
        raise UserError(tr("There's no folder {folder}. Connect the drive, or choose another.").format(folder=typed))
    if own.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise UserError(tr("{folder} is inside your Rapport folder. Choose one on another drive.").format(folder=typed))
    return str(folder)
