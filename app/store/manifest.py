"""The checksum file beside a backup, in the format of `sha256sum -c`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.store.private import create_private

_CHUNK = 1 << 20


def sha256(path: Path) -> str:
    """The file's SHA-256 in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def manifest(target: Path) -> Path:
    """The path of a copy's checksum file."""
    return target.with_name(target.name + ".sha256")


def write_manifest(target: Path, digest: str) -> None:
    """Write the checksum file of a copy (mode 0600)."""
    path = manifest(target)
    path.unlink(missing_ok=True)
    create_private(path)
    path.write_text(f"{digest}  {target.name}\n", encoding="utf-8")
