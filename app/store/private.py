"""Folders and files that nobody else may read."""

from __future__ import annotations

import os
from pathlib import Path


def create_private(path: Path) -> None:
    """Make the folder (0700) and an empty file (0600) where there is none yet."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
