"""Reading a table that a person's program has saved: its encoding, its separator, its rows as a stream.

UTF-8 read strictly and UTF-16 with its mark are certain. Which of the old single-byte codes a file is in cannot be
known: the likeliest comes first, and `Table.previews` shows a telling line in each, for a person to choose from.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.base.errors import DiskError, UserError
from app.base.words import tr
from app.csvfile.guard import damaged, unguard

OLD_CODES = ("cp1250", "cp1252", "cp1253", "iso8859-7")
_SEPARATORS = (",", ";", "\t")
_SNIFF_ROWS = 20
_HEAD = 262_144  # bytes looked at for the separator, the header and the guess
_BLOCK = 1 << 20
_LARGEST_CELL = 16_000_000  # characters; more means a quotation mark that is never closed
_ASCII_END = 0x7F


@dataclass(frozen=True, slots=True)
class Table:
    """How a table will be read. `certain`: the encoding is known; else `previews` has (encoding, line as it reads)."""

    path: Path
    encoding: str
    separator: str
    header: tuple[str, ...]
    certain: bool = True
    previews: tuple[tuple[str, str], ...] = ()
    lines_before: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line where it ends in the file, its texts unguarded, and which columns a spreadsheet has damaged."""

    line: int
    cells: tuple[str, ...]
    damaged: frozenset[int] = frozenset()


def look(path: Path, encoding: str = "", separator: str = "") -> Table:
    """The table at `path`; what is left blank is found out. UserError where it cannot be read or has no header."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
        codes = _codes(path, head)
    except OSError as why:
        msg = tr("Can't read {path}. Check that it exists and that you have permission to open it.").format(path=path)
        raise DiskError(msg) from why
    chosen = encoding or codes[0]
    text = _text(path, head, chosen)
    before = 1 if text[:4].casefold() == "sep=" else 0  # Excel's own note of the separator
    if before:
        separator = separator or text[4:5]
        text = text.partition("\n")[2]
    mark = separator or _sniff(text)
    header = next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), [])
    if not any(cell.strip() for cell in header):
        msg = tr("{name} has no header. Its first line has to name the columns.").format(name=path.name)
        raise UserError(msg)
    certain = len(codes) == 1
    previews = () if certain else _previews(head, codes)
    return Table(path, chosen, mark, tuple(unguard(cell).strip() for cell in header), certain, previews, before)


def _text(path: Path, head: bytes, encoding: str) -> str:
    if head[:2] == b"PK" or (b"\x00" in head and not encoding.startswith("utf-16")):
        msg = tr("{name} isn't a text file. If it's a spreadsheet, save it as CSV first.").format(name=path.name)
        raise UserError(msg)
    try:
        return head.decode(encoding, "replace")
    except LookupError as why:
        msg = tr("Rapport doesn't know the encoding “{encoding}”. Try utf-8, cp1250, cp1252 or cp1253.").format(
            encoding=encoding
        )
        raise UserError(msg) from why


def _codes(path: Path, head: bytes) -> tuple[str, ...]:
    """The encodings that the file may be in, likeliest first; a certain one alone."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if _is_utf8(path):
        return ("utf-8-sig",)
    from charset_normalizer import from_bytes  # noqa: PLC0415  wanted only where an old program wrote the file

    found = [match.encoding for match in from_bytes(head, cp_isolation=list(OLD_CODES))]
    likely = [{"iso8859_7": "iso8859-7"}.get(code, code) for code in found]
    return tuple(dict.fromkeys([code for code in likely if code in OLD_CODES] + list(OLD_CODES)))


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _previews(head: bytes, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The line with most bytes above ASCII, as it reads in each code: that is where they differ."""
    lines = head.splitlines()[:500]
    line = max(lines, key=lambda one: sum(byte > _ASCII_END for byte in one))[:200]
    return tuple((code, line.decode(code, "replace")) for code in codes)


def _sniff(text: str) -> str:
    """The separator that makes the most even table of the beginning; a comma where none does."""
    return max(_SEPARATORS, key=lambda mark: _evenness(text, mark))


def _evenness(text: str, mark: str) -> tuple[int, int]:
    try:
        found = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        widths = [len(row) for _, row in zip(range(_SNIFF_ROWS), found, strict=False) if row]
    except csv.Error:
        return 0, 0
    width = widths[0] if widths else 0
    return (widths.count(width) if width > 1 else 0), width


def rows(table: Table) -> Iterator[Row]:
    """All rows below the header, blank ones left out; UserError with the line where a cell has no end."""
    csv.field_size_limit(_LARGEST_CELL)
    with table.path.open(encoding=table.encoding, errors="replace", newline="") as file:
        for _ in range(table.lines_before):
            file.readline()
        reader = csv.reader(file, delimiter=table.separator)
        try:
            next(reader, None)
            for cells in reader:
                if any(cells):
                    yield _row(reader.line_num + table.lines_before, cells)
        except csv.Error as why:
            msg = tr("{name} can't be read past line {line}: a quotation mark near there is never closed.").format(
                name=table.path.name, line=reader.line_num
            )
            raise UserError(msg) from why


def _row(line: int, cells: list[str]) -> Row:
    hurt = frozenset(number for number, cell in enumerate(cells) if damaged(cell))
    return Row(line, tuple(map(unguard, cells)), hurt)
