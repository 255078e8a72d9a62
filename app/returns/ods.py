"""The sheets of an OpenDocument file (.ods) as rows of values (ISO/IEC 26300, part 1, chapter 9). Pure.

Only cells that are there are made: a sheet says by one number that a million rows below are blank. A document with a
type definition is refused, so no entity is ever expanded.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO
from xml.parsers import expat

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_CELLS = {f"{_TABLE} table-cell", f"{_TABLE} covered-table-cell"}
_SILENT = {f"{_OFFICE} annotation", f"{_TABLE} tracked-changes", f"{_TEXT} note"}
_NUMBERS = {"float", "percentage", "currency"}
_MOST_SAME = 1_000
"""How often a filled cell or row is repeated at most; more of the same is not made by a teammate."""
_MOST_SPACES = 10_000
_MOST_CELLS = 5_000_000
"""Cells of a whole file; more are a bomb."""
_WHOLE = 10**15


class Formula(str):
    """A cell that is a formula: what it says."""

    __slots__ = ()


class Broken(str):
    """A cell in which a spreadsheet shows an error."""

    __slots__ = ()


class NotWhole(Exception):
    """The file is no whole OpenDocument spreadsheet."""


Value = str | int | float | bool | date | time | None
Cells = tuple[int, list[Value]]
"""The number of a row as a spreadsheet shows it, and its cells."""


def sheets(file: IO[bytes]) -> Iterator[tuple[str, list[Cells]]]:
    """The name and the filled rows of each sheet. Raises NotWhole."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.words
    parser.StartDoctypeDeclHandler = _refuse
    try:
        with zipfile.ZipFile(file) as archive, archive.open("content.xml") as content:
            parser.ParseFile(content)
    except (expat.ExpatError, zipfile.BadZipFile, KeyError, ValueError) as why:
        raise NotWhole(str(why)) from why
    yield from reader.sheets


def _refuse(*_declared: object) -> None:
    msg = "a type definition"
    raise NotWhole(msg)


class _Reader:
    """Takes what expat finds."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, list[Cells]]] = []
        self._row_number, self._row_repeated = 0, 1
        self._row: list[Value] = []
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[list[str]] = []
        self._silent = self._cells = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in _SILENT or self._silent:
            self._silent += 1
        elif name == f"{_TABLE} table":
            self.sheets.append((attributes.get(f"{_TABLE} name", ""), []))
            self._row_number = 0
        elif name == f"{_TABLE} table-row":
            self._row, self._row_repeated = [], int(attributes.get(f"{_TABLE} number-rows-repeated", 1))
        elif name in _CELLS:
            self._cell, self._paragraphs = attributes, []
        elif self._cell is not None:
            self._in_cell(name, attributes)

    def _in_cell(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_TEXT} p" or not self._paragraphs:
            self._paragraphs.append([])
        if name == f"{_TEXT} s":
            self.words(" " * min(int(attributes.get(f"{_TEXT} c", 1)), _MOST_SPACES))
        elif name == f"{_TEXT} tab":
            self.words("\t")
        elif name == f"{_TEXT} line-break":
            self.words("\n")

    def words(self, text: str) -> None:
        """Words within an element."""
        if self._cell is not None and self._paragraphs and not self._silent:
            self._paragraphs[-1].append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._silent:
            self._silent -= 1
        elif name in _CELLS and self._cell is not None:
            value = _value(self._cell, "\n".join("".join(pieces) for pieces in self._paragraphs))
            times = int(self._cell.get(f"{_TABLE} number-columns-repeated", 1))
            self._row += [value] * min(times, _MOST_SAME)
            self._cell = None
        elif name == f"{_TABLE} table-row":
            self._row_ends()

    def _row_ends(self) -> None:
        while self._row and self._row[-1] in (None, ""):
            self._row.pop()
        if self._row and self.sheets:
            rows = self.sheets[-1][1]
            self._cells += len(self._row) * min(self._row_repeated, _MOST_SAME)
            if self._cells > _MOST_CELLS:
                raise NotWhole(self._cells)
            for further in range(min(self._row_repeated, _MOST_SAME)):
                rows.append((self._row_number + further + 1, list(self._row)))
        self._row_number += self._row_repeated


def _value(attributes: dict[str, str], words: str) -> Value:
    formula = attributes.get(f"{_TABLE} formula")
    if formula is not None:
        return Formula(formula.partition(":")[2] or formula)
    kind = attributes.get(f"{_OFFICE} value-type", "")
    if kind in _NUMBERS:
        return _number(attributes.get(f"{_OFFICE} value", ""), words)
    if kind == "date":
        moment = datetime.fromisoformat(attributes.get(f"{_OFFICE} date-value", ""))
        return moment.date() if moment.time() == time() else moment
    if kind == "boolean":
        return attributes.get(f"{_OFFICE} boolean-value") == "true"
    return words or None


def _number(written: str, shown: str) -> Value:
    """A number as it is stored; an error, which is stored as 0, as it is shown."""
    number = float(written)
    if shown.startswith("#"):
        return Broken(shown)
    return int(number) if number.is_integer() and abs(number) < _WHOLE else number
