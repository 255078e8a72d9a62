"""Read a table: a first pass decides the date format and counts the rows, a second yields them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from app import csvfile
from app.base.errors import UserError
from app.base.words import tr
from app.contacts.birthdays import ORDERS, Order, order_of
from app.csvfile import Row, Table
from app.imports import dates, mapping, places, remembered
from app.imports.dates import Dates
from app.imports.mapping import Layout
from app.imports.rows import Reader
from app.imports.shapes import Column, Options
from app.store.sqlite import Connection

FIRST = 20  # rows of a preview
_MAX_SAMPLE_VALUES = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with the mapping of its columns, its date format, its number of rows, and its first rows."""

    table: Table
    layout: Layout
    dates: Dates
    total: int
    first: tuple[Row, ...]
    birthdays: Order

    @property
    def missing(self) -> tuple[str, ...]:
        """The required fields that no column is mapped to."""
        return mapping.missing(self.layout)

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, each with its field and some values."""
        return tuple(
            Column(
                title,
                self.layout.fields[column],
                tuple(filter(None, (_cell(row, column) for row in self.first)))[:_MAX_SAMPLE_VALUES],
            )
            for column, title in enumerate(self.table.header)
        )


def _cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


def read_sheet(conn: Connection, path: Path, options: Options) -> Sheet:
    """Read the table at `path`, with the chosen, else remembered, else guessed mapping. Raises UserError."""
    table = csvfile.inspect_table(path, options.encoding, options.separator)
    chosen = {**remembered.recall(conn, table.header), **options.mapping}
    layout = mapping.guess(table.header, chosen)
    first = tuple(islice(csvfile.rows(table), FIRST))
    date_format, born, total = _dates(table, layout)
    if options.dates:
        date_format = replace(date_format, format=_format(options.dates), sure=True)
        born = Order(options.dates, sure=True) if options.dates in ORDERS else born
    return Sheet(table, layout, date_format, total, first, born)


def _format(name: str) -> str:
    if name not in dates.FORMATS:
        msg = tr("“{name}” isn't a date format that Rapport reads. Choose from: {formats}.").format(
            name=name, formats=", ".join(dates.FORMATS)
        )
        raise UserError(msg)
    return name


def _dates(table: Table, layout: Layout) -> tuple[Dates, Order, int]:
    """The format of its dates, the order of its birthdays, and the number of its rows."""
    column, born, counted = layout.column("at"), layout.column("birthday"), [0]
    birthdays: list[str] = []

    def values() -> Iterator[str]:
        for row in csvfile.rows(table):
            counted[0] += 1
            if born is not None and (written := _cell(row, born)):
                birthdays.append(written)
            yield _cell(row, column) if column is not None else ""

    return dates.decide(values()), order_of(birthdays), counted[0]


def rows(sheet: Sheet) -> Iterator[Row]:
    """Yield all rows, from the first."""
    return csvfile.rows(sheet.table)


def reader(sheet: Sheet, options: Options, channel: str) -> Reader:
    """Return the converter for this sheet's rows."""
    own, ours = places.folded_own(options.own), bool(sheet.layout.personal)
    return Reader(sheet.layout, sheet.dates.format, channel, own, out=ours, birthdays=sheet.birthdays.order)


def remember(conn: Connection, sheet: Sheet, chosen: Mapping[str, str]) -> None:
    """Remember the mapping for files with this header, if the person has corrected the guess."""
    if chosen:
        fields = dict(zip(sheet.table.header, sheet.layout.fields, strict=True))
        remembered.remember(conn, sheet.table.header, fields)
