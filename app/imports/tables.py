"""A table on its way in: looked through once to decide about its dates, then read into messages or members."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from app import csvfile
from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.csvfile import Row, Table
from app.imports import dates, mapping, places
from app.imports.dates import Dates
from app.imports.mapping import Layout
from app.imports.rows import Reader
from app.imports.shapes import Column, Options
from app.store.sqlite import Connection

FIRST = 20  # rows of a preview
_VALUES = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, what its columns stand for, and what looking through it has told; `total` counts rows."""

    table: Table
    layout: Layout
    dates: Dates
    total: int
    first: tuple[Row, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Fields that no column has yet and without which nothing can be brought in."""
        return mapping.missing(self.layout)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column with its field and some values."""
        return tuple(
            Column(
                title,
                self.layout.fields[place],
                tuple(filter(None, (_cell(row, place) for row in self.first)))[:_VALUES],
            )
            for place, title in enumerate(self.table.header)
        )


def _cell(row: Row, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def look(conn: Connection, path: Path, options: Options) -> Sheet:
    """The table at `path` under the mapping chosen, remembered or guessed, in this order; UserError in one sentence."""
    table = csvfile.look(path, options.encoding, options.separator)
    chosen = {**recall(conn, table.header), **options.mapping}
    layout = mapping.guess(table.header, chosen)
    first = tuple(islice(csvfile.rows(table), FIRST))
    found, total = _dates(table, layout)
    if options.dates:
        found = replace(found, format=_format(options.dates), sure=True)
    return Sheet(table, layout, found, total, first)


def _format(name: str) -> str:
    if name not in dates.FORMATS:
        msg = tr("“{name}” isn't a date format that Rapport reads. Choose from: {formats}.").format(
            name=name, formats=", ".join(dates.FORMATS)
        )
        raise UserError(msg)
    return name


def _dates(table: Table, layout: Layout) -> tuple[Dates, int]:
    place, counted = layout.column("at"), [0]

    def values() -> Iterator[str]:
        for row in csvfile.rows(table):
            counted[0] += 1
            yield _cell(row, place) if place is not None else ""

    return dates.decide(values()), counted[0]


def rows(sheet: Sheet) -> Iterator[Row]:
    """All rows of the sheet from the first."""
    return csvfile.rows(sheet.table)


def reader(sheet: Sheet, options: Options, channel: str) -> Reader:
    """What reads this sheet's rows."""
    own, ours = places.folded_own(options.own), bool(sheet.layout.personal)
    return Reader(sheet.layout, sheet.dates.format, channel, own, out=ours)


def recall(conn: Connection, header: tuple[str, ...]) -> dict[str, str]:
    """The mapping that was used for a file with this header before: header -> field."""
    row = conn.execute("SELECT mapping FROM import_mapping WHERE header = ?", (mapping.key_of(header),)).fetchone()
    return {title: field for title, field in (json.loads(row[0]) if row else {}).items() if title in header}


def remember(conn: Connection, sheet: Sheet, chosen: Mapping[str, str]) -> None:
    """Keep the mapping for the next file with this header, once somebody has corrected the guess."""
    if not chosen:
        return
    kept = dict(zip(sheet.table.header, sheet.layout.fields, strict=True))
    conn.execute(
        "INSERT OR REPLACE INTO import_mapping VALUES (?, ?, ?)",
        (mapping.key_of(sheet.table.header), json.dumps(kept, ensure_ascii=False), clock.now()),
    )
