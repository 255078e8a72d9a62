"""The pictures and files that go with a template, beside its texts where these go out as files."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from app.base.digests import sha256
from app.base.filenames import beside, safe
from app.base.message import Attached
from app.base.text import fold
from app.base.words import tr
from app.csvfile import writing
from app.store.sqlite import Connection

APART = ";"
"""What is between the names of files."""
_TEXT, _MORE = ".md", ".txt"


class Carrier(Protocol):
    """Keeps the files that go with templates."""

    def attach(self, conn: Connection, number: int, path: Path) -> bool:
        """Keep a file with a template (its id) in the open transaction; returns False if the template has it."""
        ...

    def carried(self, number: int) -> tuple[Attached, ...]:
        """The files of a template with their contents."""
        ...


class Beside:
    """Writes each file once into the folder of the texts that it goes with."""

    def __init__(self, carrier: Carrier | None, *, replace: bool) -> None:
        """Start with nothing written."""
        self._carrier, self._replace = carrier, replace
        self._written: dict[tuple[Path, str], bytes] = {}
        self._names: dict[tuple[int, Path], str] = {}

    def names(self, number: int, folder: Path) -> str:
        """Write the files of a template (its id) into a folder; returns their names there, APART.

        Raises UserError if one of a name is there already, unless it is to be replaced; DiskError.
        """
        key = number, folder
        if key not in self._names:
            files = self._carrier.carried(number) if self._carrier is not None else ()
            self._names[key] = f"{APART} ".join(self._place(file, folder) for file in files)
        return self._names[key]

    def _place(self, file: Attached, folder: Path) -> str:
        """Write a file under its own name, or where another has that, one with a number; returns it."""
        name = safe(file.name.replace(APART, "_"), tr("file")).strip()
        if fold(name).endswith(_TEXT):  # it would be read as a template's text
            name += _MORE
        wanted, number, digest = name, 2, sha256(file.content)
        while self._written.get((folder, fold(name)), digest) != digest:
            name, number = beside(wanted, number), number + 1
        if (folder, fold(name)) not in self._written:
            with writing.in_place(folder / name, replace=self._replace) as made:
                made.write_bytes(file.content)
            self._written[(folder, fold(name))] = digest
        return name
