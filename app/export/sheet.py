"""Write tables as .xlsx: every cell is text, so that no formula runs and no value is converted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.base.errors import UserError
from app.base.words import tr
from app.csvfile import clean, in_place
from app.csvfile.writing import Cell

_MAX_CELL_CHARS = 32_767  # maximum characters of a cell in the format
_FORBIDDEN = re.compile("[\ufffe\uffff]")


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, replace: bool = False) -> int:
    """Write the table; returns the number of rows. Raises UserError without openpyxl, ExistsError and DiskError."""
    try:
        from openpyxl import Workbook  # noqa: PLC0415  optional package
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  as above
    except ImportError as why:
        msg = tr("Writing .xlsx needs the package openpyxl. Install it, or write CSV instead.")
        raise UserError(msg) from why
    with in_place(path, replace=replace) as temporary:
        book = Workbook(write_only=True)
        page = book.create_sheet("Rapport")
        written = -1  # do not count the header
        for row in (header, *rows):
            cells = []
            for value in row:
                cell = WriteOnlyCell(page)
                cell.value = _text(value)
                cell.data_type = "s"  # else openpyxl makes a formula of a text that starts with =
                cell.number_format = "@"
                cells.append(cell)
            page.append(cells)
            written += 1
        book.save(temporary)
        return written


def _text(value: Cell) -> str:
    return "" if value is None else _FORBIDDEN.sub("", clean(str(value)))[:_MAX_CELL_CHARS]
