"""Any table file as rows of text: CSV in any encoding, `.xlsx` and `.ods`, told by their content and not by their name.

What a spreadsheet did to a cell is kept beside it: a formula is reported and never evaluated, and a number that lost
digits is damaged.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any, cast

from app import csvfile
from app.base.errors import DiskError, UserError
from app.base.text import fold
from app.base.words import tr
from app.csvfile.guard import damaged, is_guarded
from app.csvfile.memory import InMemory
from app.imports.bundle import BROKEN
from app.imports.workbook import how_to_save
from app.returns import ods

_MOST_BYTES = 100_000_000
"""Larger files are no hand-offs; they are refused before they are read."""
_MOST_CELLS, _MOST_ROWS = 500, 200_000
_WHOLE_DIGITS = 15
"""Digits that a spreadsheet keeps of a number; of a longer one the rest is lost."""
_SHOWN_TABLES = 5
_MOST_UNPACKED_BYTES = 4 * _MOST_BYTES
_EXCEL, _OPEN_DOCUMENT = "xl/workbook.xml", {"content.xml", "mimetype"}
_ZIP, _OLD_OFFICE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"
_NUMBERS = "Index/Document.iwa"
"""A part that every file of Apple Numbers has."""
_WORD = "word/document.xml"
_PACKED_ENDINGS = (".csv", ".tsv", ".xlsx", ".ods")
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it was read: the number that a spreadsheet shows for it, and its cells without their guards.

    `damaged` are the cells of which a spreadsheet kept only a part, `formulas` those that are formulas.
    """

    number: int
    cells: tuple[str, ...]
    damaged: frozenset[int] = frozenset()
    formulas: frozenset[int] = frozenset()

    def cell(self, column: int | None) -> str:
        """A cell; "" where the row has none, or there is no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table file that was read; `sha256` is that of its bytes.

    `encoding` is "" for a spreadsheet. Unless it is `certain`, `previews` has (encoding, sample line) for each that it
    may be. `cleaned` counts the cells that had control characters, `others` names sheets that were not read.
    """

    name: str
    sha256: str
    header: tuple[str, ...]
    lines: tuple[Line, ...]
    encoding: str = ""
    separator: str = ","
    certain: bool = True
    previews: tuple[tuple[str, str], ...] = ()
    cleaned: int = 0
    repeated: int = 0
    others: tuple[str, ...] = ()
    content: bytes = field(default=b"", repr=False)


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises UserError for a folder or a file that is far too large, DiskError."""
    try:
        if path.is_dir():
            msg = tr("{path} is a folder. Choose the file that came back.").format(path=path)
            raise UserError(msg)
        if path.stat().st_size > _MOST_BYTES:
            raise _too_large(path.name)
        return path.read_bytes()
    except OSError as why:
        msg = tr("Can't read {path}. Check that it exists and that you have permission to open it.").format(path=path)
        raise DiskError(msg) from why


def read(name: str, content: bytes, *, encoding: str = "", separator: str = "") -> Sheet:
    """Read a table; of an archive the only one in it. Raises UserError if it is none, is damaged, or has no header."""
    if content.startswith(_ZIP):
        return _zipped(name, content, encoding, separator)
    if content.startswith(_OLD_OFFICE):
        msg = tr(
            "{name} is an old or password-protected Excel file. Open it in Excel or LibreOffice, save it as .xlsx or "
            "CSV without a password, then read that."
        )
        raise UserError(msg.format(name=name))
    if content.lstrip()[: len(_PDF)] == _PDF:
        msg = tr("{name} is a PDF: its cells can't be read back. Ask for the table itself, as .xlsx or CSV.")
        raise UserError(msg.format(name=name))
    if not content.strip(b"\0\r\n\t ,;"):
        msg = tr("{name} is empty.").format(name=name)
        raise UserError(msg)
    table = csvfile.inspect_table(cast("Path", InMemory(name, content)), encoding, separator)
    cleaned, lines = 0, []
    for row in csvfile.rows(table):
        cleaned += row.cleaned
        lines.append(Line(row.number, row.cells, row.damaged))
        _refuse_long(name, len(lines))
    kept, repeated = _without_headers(table.header, lines)
    return Sheet(
        name, _digest(content), table.header, kept, table.encoding, table.separator, certain=table.certain,
        previews=table.previews, cleaned=cleaned, repeated=repeated, content=content,
    )  # fmt: skip


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _zipped(name: str, content: bytes, encoding: str, separator: str) -> Sheet:
    """A spreadsheet, or the only table in an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    except BROKEN as why:
        raise _damaged(name) from why
    if sum(sizes.values()) > _MOST_UNPACKED_BYTES:
        raise _too_large(name)
    if _EXCEL in sizes or sizes.keys() >= _OPEN_DOCUMENT:
        return _spreadsheet(name, content, excel=_EXCEL in sizes)
    packed, inner = _packed(name, content, list(sizes))
    return read(packed, inner, encoding=encoding, separator=separator)


def _packed(name: str, content: bytes, parts: list[str]) -> tuple[str, bytes]:
    """The name and the bytes of the only table in an archive. Raises UserError if there is none, or several."""
    if _NUMBERS in parts or name.casefold().endswith(".numbers"):
        msg = tr("{name} is a Numbers file. In Numbers, choose File > Export To > CSV or Excel, then read that.")
        raise UserError(msg.format(name=name))
    if _WORD in parts:
        msg = tr("{name} is a Word document, not a table. Ask for the file that you sent out, as .xlsx or CSV.")
        raise UserError(msg.format(name=name))
    tables = packed_tables(parts)
    if not tables:
        msg = tr("{name} is an archive, not a table. Unpack it, then read the file that came back.").format(name=name)
        raise UserError(msg)
    if len(tables) > 1:
        msg = tr("{name} is an archive with several tables: {tables}. Unpack it, then read them one by one.").format(
            name=name, tables=", ".join(tables[:_SHOWN_TABLES]) + (", …" if len(tables) > _SHOWN_TABLES else "")
        )
        raise UserError(msg)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inner = archive.read(tables[0])
    except (*BROKEN, ValueError) as why:  # a password is a RuntimeError
        raise _damaged(name) from why
    if inner.startswith(_ZIP) and not _is_spreadsheet(inner):  # no archives within archives
        msg = tr("{name} is an archive, not a table. Unpack it, then read the file that came back.").format(name=name)
        raise UserError(msg)
    return tables[0].rpartition("/")[2], inner


def packed_tables(parts: Iterable[str]) -> list[str]:
    """The tables among the parts of an archive, without what macOS adds beside each."""
    return [
        part
        for part in parts
        if part.casefold().endswith(_PACKED_ENDINGS)
        and not part.startswith("__MACOSX/")
        and not part.rpartition("/")[2].startswith(".")
    ]


def _is_spreadsheet(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except BROKEN:
        return False
    return _EXCEL in parts or parts >= _OPEN_DOCUMENT


def _spreadsheet(name: str, content: bytes, *, excel: bool) -> Sheet:
    """The first sheet with anything in it, of an .xlsx or .ods file."""
    try:
        stream = io.BytesIO(content)
        found = _excel(stream, name) if excel else ods.sheets(stream)
        first, others = _first(found, name)
    except (*BROKEN, ods.NotWhole, ValueError, KeyError, TypeError, AttributeError, SyntaxError) as why:
        raise _damaged(name) from why
    header, *rest = first
    titles = tuple(cell.strip() for cell in header.cells)
    kept, repeated = _without_headers(titles, rest)
    return Sheet(name, _digest(content), titles, kept, repeated=repeated, others=others, content=content)


def _first(sheets: Iterator[tuple[str, list[ods.Cells]]], name: str) -> tuple[list[Line], tuple[str, ...]]:
    """The lines of the first sheet with rows, and the names of the others that have some."""
    found: list[Line] = []
    others = []
    for title, rows in sheets:
        lines = [line for number, cells in rows if any((line := _line(number, cells)).cells)]
        _refuse_long(name, len(lines))
        if lines and not found:
            found = lines
        elif lines:
            others.append(title)
    if not found:
        msg = tr("{name} is empty.").format(name=name)
        raise UserError(msg)
    return found, tuple(others)


def _line(number: int, values: list[ods.Value]) -> Line:
    texts, hurt, formulas = [], set(), set()
    for column, value in enumerate(values[:_MOST_CELLS]):
        text = _text(value)
        if isinstance(value, ods.Formula):
            formulas.add(column)
        elif isinstance(value, ods.Broken) or damaged(text) or _lost_digits(value):
            hurt.add(column)
        texts.append(text)
    while texts and not texts[-1]:
        texts.pop()
    return Line(number, tuple(texts), frozenset(hurt), frozenset(formulas))


def _lost_digits(value: ods.Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**_WHOLE_DIGITS


def _text(value: ods.Value) -> str:
    """A cell as text: dates as ISO 8601, whole numbers without a point.

    A guard is taken off where it is one: spreadsheets that we write have none, and those made of our CSV keep it.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_WHOLE_DIGITS:
        return str(int(value))
    text = str(value)
    if isinstance(value, str):
        text = text.translate(_CONTROL).replace("_x000D_", "").replace("\r\n", "\n")
    return text[1:] if is_guarded(text) else text


def _excel(stream: IO[bytes], name: str) -> Iterator[tuple[str, list[ods.Cells]]]:
    try:
        from openpyxl import load_workbook  # noqa: PLC0415  half a second to load
    except ImportError as why:
        raise UserError(how_to_save(name)) from why
    book = load_workbook(stream, read_only=True)
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()  # the size that a file claims may be wrong
            yield str(sheet.title), list(_excel_rows(sheet, name))


def _excel_rows(sheet: Any, name: str) -> Iterator[ods.Cells]:  # noqa: ANN401  openpyxl has no types
    for count, row in enumerate(sheet.iter_rows(max_col=_MOST_CELLS), 1):
        _refuse_long(name, count)
        number, values = count, list[ods.Value]()
        for cell in row:
            value = cell.value
            if value is None:
                values.append(None)
                continue
            number = cell.row
            if cell.data_type == "f":
                values.append(ods.Formula(str(value)))
            else:
                values.append(ods.Broken(value) if cell.data_type == "e" else value)
        yield number, values


def _without_headers(header: tuple[str, ...], lines: list[Line]) -> tuple[tuple[Line, ...], int]:
    """The lines that are not blank and do not repeat the header, and how many repeat it."""
    titles = [fold(title).strip() for title in header]
    first = titles[0] if titles else ""
    kept, repeated = [], 0
    for line in lines:
        if fold(line.cell(0)).strip() == first and [fold(cell).strip() for cell in line.cells] == titles:
            repeated += 1
        elif any(cell.strip() for cell in line.cells):
            kept.append(line)
    return tuple(kept), repeated


def _refuse_long(name: str, count: int) -> None:
    if count > _MOST_ROWS:
        raise _too_large(name)


def _damaged(name: str) -> UserError:
    msg = tr("{name} can't be read: it's damaged, or not quite a spreadsheet. Ask for it again, as .xlsx or CSV.")
    return UserError(msg.format(name=name))


def _too_large(name: str) -> UserError:
    return UserError(tr("{name} is too large to be a file that came back.").format(name=name))
