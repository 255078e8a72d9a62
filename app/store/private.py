"""Creates files that only their owner can read."""

from __future__ import annotations

import os
from pathlib import Path


def create_private(path: Path) -> None:
    """Create the folder (mode 0700) and an empty file (mode 0600) if missing."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
