"""Which column is likely which where the titles don't say it: by what stands in them, offered and never taken. Pure.

The cells that went out are known, so a column that still has them is told by them. Of the teammate's own, a status and
a date are known by their words, and the answer is the longest text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.returns import cells, days, numbers, status_words
from app.returns.headers import COLUMNS, ID, OWNED, Layout, names
from app.returns.rows import Known
from app.returns.sheets import Line, Sheet

_LOOKED_AT, _SAMPLES, _SAMPLE_CHARS = 200, 3, 24
_MOSTLY = 0.6
"""The share of a column's cells that have to fit."""
_DATES = ("answered_on", "shipped_on")
_ANSWER_CHARS = 12
"""A text that is shorter on average is rather a name or a ticket."""


@dataclass(frozen=True, slots=True)
class Place:
    """A column of the file: its name (`headers.names`), and what stands in its first cells."""

    name: str
    samples: tuple[str, ...]


def places(sheet: Sheet) -> list[Place]:
    """The columns of the file, in its order."""
    return [Place(name, _samples(sheet.lines, at)) for at, name in enumerate(names(sheet))]


def _samples(lines: Iterable[Line], at: int) -> tuple[str, ...]:
    found: list[str] = []
    for line in lines:
        words = " ".join(line.cell(at).split())
        if words and words not in found:
            found.append(words if len(words) <= _SAMPLE_CHARS else f"{words[: _SAMPLE_CHARS - 1]}…")
        if len(found) == _SAMPLES:
            break
    return tuple(found)


def proposed(sheet: Sheet, layout: Layout, known: Known, today: date) -> dict[str, str]:
    """Our columns, each with the name of the column of the file that it is, or most likely is.

    Those that none of the file's columns seems to be are left out.
    """
    titles = names(sheet)
    found = dict(layout.columns)
    if layout.extra or not layout.settled:
        _Likely(sheet, layout.kind, known, found, today).find()
    return {column: titles[found[column]] for column in COLUMNS[layout.kind] if column in found}


class _Likely:
    """Adds to `found` what is likely."""

    def __init__(self, sheet: Sheet, kind: str, known: Known, found: dict[str, int], today: date) -> None:
        self._kind, self._found, self._today = kind, found, today
        self._width = len(names(sheet))
        by_number: dict[int, list[tuple[int, Mapping[str, str]]]] = defaultdict(list)
        for (number, rev), base in known.bases.items():
            by_number[number].append((rev, base.cells))
        self._lines: list[tuple[Line, list[tuple[int, Mapping[str, str]]]]] = []
        for line in sheet.lines[:_LOOKED_AT]:
            row = numbers.read(line.cell(found[ID[kind]]), kind)
            self._lines.append((line, by_number.get(row or 0, [])))

    def find(self) -> None:
        """By what went out first, then by the words."""
        self._by_what_went_out()
        self._best("status", lambda cell: bool(status_words.read(cell, self._kind)[0]))
        for column in _DATES:
            if column in OWNED[self._kind]:
                self._best(column, lambda cell: bool(days.read(cell, self._today)))
        if "answer" in OWNED[self._kind] and "answer" not in self._found:
            self._longest("answer")

    def _free(self) -> list[int]:
        taken = set(self._found.values())
        return [at for at in range(self._width) if at not in taken]

    def _by_what_went_out(self) -> None:
        missing = [column for column in COLUMNS[self._kind] if column not in self._found]
        scored = []
        for order, column in enumerate(missing):
            for at in self._free():
                fitting, filled = self._as_sent(column, at)
                if filled and fitting / filled >= _MOSTLY:
                    scored.append((-fitting, order, at, column))
        for _fitting, _order, at, column in sorted(scored):
            if column not in self._found and at in self._free():
                self._found[column] = at

    def _as_sent(self, column: str, at: int) -> tuple[int, int]:
        """How many of a column's cells stand as they went out as `column`, and how many are filled."""
        fitting = filled = 0
        for line, bases in self._lines:
            cell = line.cell(at)
            if cell.strip() and bases:
                filled += 1
                fitting += any(_sent(column, cell, rev, sent) for rev, sent in bases)
        return fitting, filled

    def _best(self, column: str, fits: Callable[[str], bool]) -> None:
        """The free column of which most cells fit."""
        if column in self._found:
            return
        best = _MOSTLY
        place: int | None = None
        for at in self._free():
            filled = [line.cell(at) for line, _bases in self._lines if line.cell(at).strip()]
            share = sum(map(fits, filled)) / len(filled) if filled else 0.0
            if share > best or (place is None and share == best):
                best, place = share, at
        if place is not None:
            self._found[column] = place

    def _longest(self, column: str) -> None:
        """The free column with the longest texts."""
        best = float(_ANSWER_CHARS)
        place: int | None = None
        for at in self._free():
            filled = [line.cell(at).strip() for line, _bases in self._lines if line.cell(at).strip()]
            length = sum(map(len, filled)) / len(filled) if filled else 0.0
            if length > best:
                best, place = length, at
        if place is not None:
            self._found[column] = place


def _sent(column: str, cell: str, rev: int, sent: Mapping[str, str]) -> bool:
    if column == "rev":
        return cell.strip().removesuffix(".0").removesuffix(",0") == str(rev)
    was = sent.get(column, "")
    return bool(was.strip()) and cells.same(cell, was)
