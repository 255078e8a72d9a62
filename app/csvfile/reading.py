"""Read CSV files of other programs: detect encoding and separator, and stream the rows.

Valid UTF-8, and UTF-16 with a byte order mark, are certain. Single-byte encodings can only be guessed: the likeliest
comes first, and `Table.previews` shows a sample line in each, for the person to choose from.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.base.errors import DiskError, UserError
from app.base.words import tr
from app.csvfile.guard import damaged, may_hold_damaged, unguard

OLD_CODES = ("cp1250", "cp1252", "cp1253", "iso8859-7")
_SEPARATORS = (",", ";", "\t")
_SNIFF_ROWS = 20
_HEAD_BYTES = 262_144  # bytes read to detect encoding, separator and header
_BLOCK_BYTES = 1 << 20
_MAX_CELL_CHARS = 16_000_000  # characters; a larger one means an unclosed quotation mark
_ASCII_END = 0x7F
_LETTERS_TO_A_NUL = 20
"""A text has at least so many bytes to each NUL that slipped into it; other files have fewer."""
_UNHURT = frozenset[int]()
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Table:
    """How to read a table. If the encoding is not `certain`, `previews` has (encoding, sample line decoded with it).

    `lines_before` are lines to skip before the header.
    """

    path: Path
    encoding: str
    separator: str
    header: tuple[str, ...]
    certain: bool = True
    previews: tuple[tuple[str, str], ...] = ()
    lines_before: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the number of its last line, its unguarded cells, and the indexes of cells damaged by a spreadsheet.

    Control characters are taken out of cells; `cleaned` is the number of cells that had any. `number` is the row's as
    a spreadsheet counts them.
    """

    line: int
    cells: tuple[str, ...]
    damaged: frozenset[int] = frozenset()
    cleaned: int = 0
    number: int = 0


def inspect_table(path: Path, encoding: str = "", separator: str = "") -> Table:
    """Inspect the table at `path`, detecting what is not given. Raises UserError if unreadable or without a header."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        codes = _encodings(path, head)
    except OSError as why:
        msg = tr("Can't read {path}. Check that it exists and that you have permission to open it.").format(path=path)
        raise DiskError(msg) from why
    chosen = encoding or codes[0]
    text = _text(path, head, chosen)
    before = 1 if text[:4].casefold() == "sep=" else 0  # Excel's line that declares the separator
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


def header_of(line: str) -> tuple[str, ...]:
    """The columns that a table's first line names, whatever separates them."""
    cells = next(csv.reader(io.StringIO(line, newline=""), delimiter=_sniff(line)), [])
    return tuple(unguard(cell).strip() for cell in cells)


def _text(path: Path, head: bytes, encoding: str) -> str:
    binary = head.count(b"\x00") * _LETTERS_TO_A_NUL > len(head) and not encoding.startswith("utf-16")
    if head.startswith(b"PK\x03\x04") or binary:
        msg = tr("{name} isn't a text file. If it's a spreadsheet, save it as CSV first.").format(name=path.name)
        raise UserError(msg)
    try:
        return head.decode(encoding, "replace")
    except LookupError as why:
        msg = tr("Rapport doesn't know the encoding “{encoding}”. Try utf-8, cp1250, cp1252 or cp1253.").format(
            encoding=encoding
        )
        raise UserError(msg) from why


def _encodings(path: Path, head: bytes) -> tuple[str, ...]:
    """Return the possible encodings, likeliest first; only one if it is certain."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    if _is_utf8(path):
        return ("utf-8-sig",)
    from charset_normalizer import from_bytes  # noqa: PLC0415  slow to load, and only needed for old encodings

    guesses = [match.encoding for match in from_bytes(head, cp_isolation=list(OLD_CODES))]
    likely = [{"iso8859_7": "iso8859-7"}.get(code, code) for code in guesses]
    return tuple(dict.fromkeys([code for code in likely if code in OLD_CODES] + list(OLD_CODES)))


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _previews(head: bytes, codes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Decode the line with the most non-ASCII bytes in each encoding, as that shows the differences."""
    lines = head.splitlines()[:500]
    line = max(lines, key=lambda candidate: sum(byte > _ASCII_END for byte in candidate))[:200]
    return tuple((code, line.decode(code, "replace")) for code in codes)


def _sniff(text: str) -> str:
    """Return the separator that gives most of the first rows the same width; a comma if none does."""
    return max(_SEPARATORS, key=lambda mark: _evenness(text, mark))


def _evenness(text: str, mark: str) -> tuple[int, int]:
    try:
        cells = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        widths = [len(row) for _, row in zip(range(_SNIFF_ROWS), cells, strict=False) if row]
    except csv.Error:
        return 0, 0
    width = widths[0] if widths else 0
    return (widths.count(width) if width > 1 else 0), width


def rows(table: Table) -> Iterator[Row]:
    """Yield all non-blank rows below the header; raises UserError with the line number for an unclosed cell."""
    csv.field_size_limit(_MAX_CELL_CHARS)
    with table.path.open(encoding=table.encoding, errors="replace", newline="") as file:
        for _ in range(table.lines_before):
            file.readline()
        reader = csv.reader(file, delimiter=table.separator)
        try:
            next(reader, None)
            for number, cells in enumerate(reader, 2 + table.lines_before):
                if any(cells):
                    yield _row(reader.line_num + table.lines_before, cells, number)
        except csv.Error as why:
            msg = tr("{name} can't be read past line {line}: a quotation mark near there is never closed.").format(
                name=table.path.name, line=reader.line_num
            )
            raise UserError(msg) from why


def _row(line: int, cells: list[str], number: int) -> Row:
    dirty, whole = 0, "".join(cells)
    if _CONTROL.search(whole):
        plain = [_CONTROL.sub("", cell) for cell in cells]
        dirty = sum(before != after for before, after in zip(cells, plain, strict=True))
        cells = plain
    hurt = _UNHURT
    if may_hold_damaged(whole):
        hurt = frozenset(number for number, cell in enumerate(cells) if damaged(cell))
    return Row(line, tuple(map(unguard, cells)) if "'" in whole else tuple(cells), hurt, dirty, number)
