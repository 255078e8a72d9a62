"""Write tables as .xlsx: every cell is text, so that no formula runs and no value is converted.

A table for a teammate is a form: what is not theirs to fill in is locked (without a password: it is there against
slips, not people), and a column of few words has a list to choose from. That list warns and takes other words as well,
for a teammate may have their own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.csvfile import clean, in_place
from app.csvfile.writing import Cell

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

_MAX_CELL_CHARS = 32_767  # maximum characters of a cell in the format
_FORBIDDEN = re.compile("[\ufffe\uffff]")


_LONG = ("message", "context", "ask", "answer", "card_text", "customs_text", "translation")
_LONG_WIDTH, _LINK_WIDTH, _USUAL_WIDTH, _NARROW_WIDTH = 44, 24, 16, 9
_WIDTHS = dict.fromkeys(_LONG, _LONG_WIDTH) | {
    "link": _LINK_WIDTH, "rev": 5, "qty": 5, "priority": _NARROW_WIDTH, "language": _NARROW_WIDTH, "kind": 11,
}  # fmt: skip
"""The width of columns in characters."""


class Form(NamedTuple):
    """What can be filled in: the names of the columns, and the words that can be chosen in some of them."""

    columns: Collection[str]
    choices: Mapping[str, Sequence[str]]


def write(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    form: Form | None = None,
    *,
    replace: bool = False,
) -> int:
    """Write the table; returns the number of rows. Raises ExistsError and DiskError."""
    from openpyxl import Workbook  # noqa: PLC0415  half a second to load
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  as above
    from openpyxl.styles import Alignment, Font, Protection  # noqa: PLC0415  as above

    open_, bold = Protection(locked=False), Font(bold=True)
    wrapped = [Alignment(vertical="top", wrap_text=name in _LONG) for name in header]
    with in_place(path, replace=replace) as temporary:
        book = Workbook(write_only=True)
        page = book.create_sheet("Rapport")
        if form is not None:
            _lay_out(page, header)
        written = -1  # do not count the header
        for row in (header, *rows):
            cells = []
            for at, value in enumerate(row):
                cell = WriteOnlyCell(page)
                cell.value = _text(value)
                cell.data_type = "s"  # else openpyxl makes a formula of a text that starts with =
                cell.number_format = "@"
                if form is not None:
                    cell.alignment = wrapped[at]
                    if written < 0:
                        cell.font = bold
                    elif header[at] in form.columns:
                        cell.protection = open_
                cells.append(cell)
            page.append(cells)
            written += 1
        if form is not None:
            _guide(page, header, form, written)
        book.save(temporary)
        return written


def _lay_out(page: WriteOnlyWorksheet, header: Sequence[str]) -> None:
    """Keep the header in sight and give each column its width; has to be done before the first row is written."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  half a second to load

    page.freeze_panes = "B2"  # the id stays in sight too
    for at, name in enumerate(header, 1):
        page.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(name, _USUAL_WIDTH)


def _guide(page: WriteOnlyWorksheet, header: Sequence[str], form: Form, rows: int) -> None:
    """Lock what is not to be filled in, and offer the words of the other columns."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  half a second to load
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415  as above

    guard = page.protection
    guard.sheet, guard.formatColumns, guard.formatRows, guard.autoFilter, guard.sort = True, False, False, False, False
    for name, words in form.choices.items():
        if name in header and rows:
            column = get_column_letter(list(header).index(name) + 1)
            offered = DataValidation(
                type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True,
                errorStyle="warning",
            )  # fmt: skip
            offered.add(f"{column}2:{column}{rows + 1}")
            page.data_validations.append(offered)


def _text(value: Cell) -> str:
    return "" if value is None else _FORBIDDEN.sub("", clean(str(value)))[:_MAX_CELL_CHARS]
