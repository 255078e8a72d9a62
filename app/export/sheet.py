"""The same tables as a spreadsheet file (.xlsx): every cell is text, so nothing runs and nothing is rewritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from app.base.errors import UserError
from app.base.words import tr
from app.csvfile import clean, in_place
from app.csvfile.writing import Cell

_LONGEST = 32_767  # characters, the format's own limit of a cell
_FORBIDDEN = re.compile("[\ufffe\uffff]")


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, replace: bool = False) -> int:
    """Write the table; the number of rows. UserError where openpyxl is missing, ExistsError, DiskError as for CSV."""
    try:
        from openpyxl import Workbook  # noqa: PLC0415  only this file wants it
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    except ImportError as why:
        msg = tr("Writing .xlsx needs the package openpyxl. Install it, or write CSV instead.")
        raise UserError(msg) from why
    with in_place(path, replace=replace) as temporary:
        book = Workbook(write_only=True)
        page = book.create_sheet("Rapport")
        written = -1  # the header is no row
        for row in (header, *rows):
            cells = []
            for value in row:
                cell = WriteOnlyCell(page)
                cell.value = _text(value)
                cell.data_type = "s"  # a text that starts with = would be taken for a formula otherwise
                cell.number_format = "@"
                cells.append(cell)
            page.append(cells)
            written += 1
        book.save(temporary)
        return written


def _text(value: Cell) -> str:
    return "" if value is None else _FORBIDDEN.sub("", clean(str(value)))[:_LONGEST]
