"""Write the rejected rows of a table to a CSV file with an `errors` column, beside the table."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from app.csvfile import Table, clean, guard, in_place
from app.imports.shapes import Refused

ERRORS = "errors"
MOST_REFUSED = 200
"""Of so many rejected rows a preview tells the reason; the file has all of them."""
_BEGINS = 80
_WORKBOOKS = (".xlsx", ".xlsm")
"""Rows of such a table are saved as CSV."""


class Rejected:
    """Collects rejected rows in a temporary file that is renamed at the end; creates none if none is rejected."""

    def __init__(self, table: Table, spare: Path) -> None:
        """Write beside the table, or into the folder `spare` if its folder is not writable."""
        beside = table.path.parent
        self._folder = beside if os.access(beside, os.W_OK) else spare
        self._table = table
        self._kept = [number for number, title in enumerate(table.header) if title != ERRORS]
        self._open = ExitStack()
        self.path: Path | None = None
        self.count = 0
        self.first: list[Refused] = []

    def __enter__(self) -> Self:
        """Collect within the block; the file is renamed if the block succeeds, and deleted if it raises."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def add(self, cells: Sequence[str], why: str, line: int = 0, *, keep: bool = True) -> None:
        """Write a rejected row with the reason; without `keep` only count it. Raises DiskError."""
        self.count += 1
        if len(self.first) < MOST_REFUSED:
            begins = ", ".join(filter(None, (" ".join(cell.split())[:_BEGINS] for cell in cells)))
            self.first.append(Refused(line, begins[:_BEGINS], why))
        if not keep:
            return
        if self.path is None:
            self._start()
        self._write([*self._cells(cells), why, *cells[len(self._table.header) :]])

    def _cells(self, cells: Sequence[str]) -> list[str]:
        return [cells[number] if number < len(cells) else "" for number in self._kept]

    def _start(self) -> None:
        name = self._table.path.name
        if name.casefold().endswith(_WORKBOOKS):
            name = f"{self._table.path.stem}.csv"
        self.path = _free(self._folder, name)
        temporary = self._open.enter_context(in_place(self.path))
        file = self._open.enter_context(temporary.open("w", encoding="utf-8-sig", newline=""))
        self._writer = csv.writer(file, delimiter=self._table.separator)
        self._write([*self._cells(self._table.header), ERRORS])

    def _write(self, cells: Sequence[str]) -> None:
        self._writer.writerow([guard(clean(cell)) for cell in cells])


def _free(folder: Path, name: str) -> Path:
    """Return a free path `NAME.rejected.csv`, numbered if needed."""
    tries = (folder / f"{name}.rejected{'' if number == 1 else f'-{number}'}.csv" for number in range(1, 10_000))
    return next(path for path in tries if not os.path.lexists(path))
