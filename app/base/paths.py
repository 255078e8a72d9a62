"""Where a profile's files lie: the community's file, its backups, the log."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple


class Profile(NamedTuple):
    """One folder that holds one community."""

    folder: Path

    @property
    def file(self) -> Path:
        """The SQLite file with everything in it."""
        return self.folder / "community.rapport"

    @property
    def backups(self) -> Path:
        """The folder of dated copies."""
        return self.folder / "backups"

    @property
    def log(self) -> Path:
        """The log of this profile; it holds no text of members and no secret."""
        return self.folder / "rapport.log"


def profile(folder: str | Path | None = None) -> Profile:
    """The profile at `folder`, else at RAPPORT_PROFILE, else in the platform's folder for documents of this program."""
    chosen = folder or os.environ.get("RAPPORT_PROFILE")
    if chosen:
        return Profile(Path(chosen).expanduser().absolute())
    from platformdirs import user_data_path  # noqa: PLC0415  read only when nobody named a folder

    return Profile(user_data_path("rapport", appauthor=False))
