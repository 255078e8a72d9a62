"""Locations of a profile's files: the community's file, its backups, the log."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


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
