"""Excel's .xlsx as a table: its first sheet with anything in it, as the CSV that a spreadsheet would save."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from app.base.errors import UserError
from app.base.words import tr
from app.csvfile.guard import guard, is_guarded
from app.csvfile.memory import InMemory
from app.imports.bundle import BROKEN, Bundle, open_bundle

_MAX_CHARS = 100_000_000
_BOOK, _OPEN_SHEET = "xl/workbook.xml", "content.xml"


def is_workbook(bundle: Bundle) -> bool:
    """Whether an archive is an .xlsx file."""
    return any(part.name == _BOOK for part in bundle.parts)


def is_other_sheet(bundle: Bundle) -> bool:
    """Whether an archive is an .ods file, or another document that LibreOffice saved."""
    names = {part.name for part in bundle.parts}
    return {_OPEN_SHEET, "mimetype"} <= names


def how_to_save(name: str) -> str:
    """How to save a spreadsheet as CSV, in steps."""
    return tr(
        "{name} is a spreadsheet. Open it in Excel or LibreOffice, show the sheet with the table, choose File > Save "
        "As, choose “CSV UTF-8” or “Text CSV” as the type, save it, and import the file that this makes."
    ).format(name=name)


class Workbook(InMemory):
    """The table in an .xlsx file; as much of a Path as `csvfile` needs."""

    def __init__(self, path: Path) -> None:
        """Read it. Raises UserError if it is damaged, too large or empty."""
        super().__init__(path.name, b"")
        self.stem, self.parent = path.stem, path.parent
        self.others: tuple[str, ...] = ()
        self._content = self._read(path)

    def _read(self, path: Path) -> bytes:
        from openpyxl import load_workbook  # noqa: PLC0415  half a second to load

        with open_bundle(path) as bundle:
            if bundle.refused:
                raise self._too_large()
        try:
            with path.open("rb") as file:  # a file's name says nothing
                return self._first(load_workbook(file, read_only=True, data_only=True))
        except (*BROKEN, ValueError, KeyError, TypeError, AttributeError, SyntaxError) as why:
            msg = tr("{name} can't be read: it's damaged, or not quite an Excel file.").format(name=path.name)
            raise UserError(" ".join((msg, how_to_save(path.name)))) from why

    def _too_large(self) -> UserError:
        msg = tr("{name} is too large to be read as a spreadsheet.").format(name=self.name)
        return UserError(" ".join((msg, how_to_save(self.name))))

    def _first(self, book: Any) -> bytes:  # noqa: ANN401  openpyxl has no types
        """The first sheet that has rows, as CSV; the names of the others with rows are kept."""
        found, others = b"", []
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            if not found:
                found = self._as_csv(sheet)
            elif next(_rows(sheet), None) is not None:
                others.append(str(sheet.title))
        self.others = tuple(others)
        if not found:
            msg = tr("{name} is empty: there's nothing to import.").format(name=self.name)
            raise UserError(msg)
        return found

    def _as_csv(self, sheet: Any) -> bytes:  # noqa: ANN401  as above
        made = io.StringIO(newline="")
        writer = csv.writer(made)
        for row in _rows(sheet):
            writer.writerow(row)
            if made.tell() > _MAX_CHARS:
                raise self._too_large()
        return made.getvalue().encode()


def left_sheets(table: object) -> list[str]:
    """A sentence on the sheets that are not read, if a table is a workbook's and there are any."""
    if not isinstance(table, Workbook) or not table.others:
        return []
    msg = tr("Only the first sheet of {name} is read, not: {sheets}.")
    return [msg.format(name=table.name, sheets=", ".join(table.others))]


def _rows(sheet: Any) -> Iterator[list[str]]:  # noqa: ANN401  as above
    """The rows with anything in them, as text."""
    for row in sheet.iter_rows(values_only=True):
        cells = [_text(value) for value in row]
        if any(cells):
            yield cells


def _text(value: object) -> str:
    """A cell as text: dates as ISO 8601, whole numbers without a point, so that a telephone number stays one.

    A guard that a workbook keeps of the CSV that it was made of (a table of ours, saved as a spreadsheet) is the guard.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:  # noqa: PLR2004  as a sheet has 15 digits
        return str(int(value))
    text = str(value)
    return text if isinstance(value, int | float) or is_guarded(text) else guard(text)
