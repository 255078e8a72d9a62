"""Mails stored one per file: .eml files, folders of them, and Maildirs with their subfolders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_MAX_MAIL_BYTES = 64 << 20


def eml_files(folder: Path) -> list[Path]:
    """Return the files of a folder, sorted by name, without hidden ones."""
    return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


def maildir_files(folder: Path) -> list[Path]:
    """Return the mails of a Maildir and its nested Maildirs (`.Sent`, `Archive/2019`), sorted by path."""
    paths: list[Path] = []
    for root, _, names in os.walk(folder):
        if os.path.basename(root) in ("cur", "new"):  # noqa: PTH119  a Path for each of 100,000 folders is slow
            paths += (Path(root, name) for name in names if not name.startswith("."))
    return sorted(paths)


def mails(files: list[Path]) -> Iterator[tuple[Path, bytes]]:
    """Yield each file with its bytes, at most 64 MB; b"" for one that cannot be read."""
    for file in files:
        try:
            with file.open("rb") as opened:
                yield file, opened.read(_MAX_MAIL_BYTES)
        except OSError:
            yield file, b""
