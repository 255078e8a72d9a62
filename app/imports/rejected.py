"""The rows that could not be brought in, as a file beside the one they came from, with an `errors` column."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from app.csvfile import Table, clean, guard, in_place

ERRORS = "errors"


class Rejected:
    """Collects rows in a private file that takes its name in the end; nothing is made when nothing is rejected."""

    def __init__(self, table: Table, spare: Path) -> None:
        """Beside the table's own file, or in the folder `spare` where that one cannot be written."""
        beside = table.path.parent
        self._folder = beside if os.access(beside, os.W_OK) else spare
        self._table = table
        self._kept = [number for number, title in enumerate(table.header) if title != ERRORS]
        self._open = ExitStack()
        self.path: Path | None = None
        self.count = 0

    def __enter__(self) -> Self:
        """Collect within the block; the file takes its name when the block ends well and goes when it does not."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.__exit__(kind, error, trace)

    def add(self, cells: Sequence[str], why: str, *, keep: bool = True) -> None:
        """Keep a row as it was read, and the reason; without `keep` it is only counted. Raises DiskError."""
        self.count += 1
        if not keep:
            return
        if self.path is None:
            self._start()
        self._write([*self._cells(cells), why, *cells[len(self._table.header) :]])

    def _cells(self, cells: Sequence[str]) -> list[str]:
        return [cells[number] if number < len(cells) else "" for number in self._kept]

    def _start(self) -> None:
        self.path = _free(self._folder, self._table.path.name)
        temporary = self._open.enter_context(in_place(self.path))
        file = self._open.enter_context(temporary.open("w", encoding="utf-8-sig", newline=""))
        self._writer = csv.writer(file, delimiter=self._table.separator)
        self._write([*self._cells(self._table.header), ERRORS])

    def _write(self, cells: Sequence[str]) -> None:
        self._writer.writerow([guard(clean(cell)) for cell in cells])


def _free(folder: Path, name: str) -> Path:
    """`NAME.rejected.csv`, numbered when that is taken: no file is ever written over."""
    tries = (folder / f"{name}.rejected{'' if number == 1 else f'-{number}'}.csv" for number in range(1, 10_000))
    return next(path for path in tries if not os.path.lexists(path))
