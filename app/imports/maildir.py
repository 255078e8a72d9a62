"""Mails that lie one a file: a single .eml, a folder of them, a Maildir with its folders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

_LARGEST = 64 << 20


def eml_files(folder: Path) -> list[Path]:
    """The files of a folder of mails, sorted by name; hidden ones left out."""
    return sorted(file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))


def maildir_files(folder: Path) -> list[Path]:
    """The mails of a Maildir and of the Maildirs in it (`.Sent`, `Archive/2019`), sorted by path."""
    found: list[Path] = []
    for root, _, names in os.walk(folder):
        if os.path.basename(root) in ("cur", "new"):  # noqa: PTH119  a Path for each of 100,000 folders is slow
            found += (Path(root, name) for name in names if not name.startswith("."))
    return sorted(found)


def mails(files: list[Path]) -> Iterator[tuple[Path, bytes]]:
    """Each file with its bytes; one that vanishes or may not be read meanwhile comes with b""."""
    for file in files:
        try:
            with file.open("rb") as opened:
                yield file, opened.read(_LARGEST)
        except OSError:
            yield file, b""
