"""Seals: checksums by which a change is noticed that nobody wrote, down to a letter that the disk has flipped.

SQLite checks the structure of its pages, and nothing of what is in them. A seal is the CRC-32 of all rows of a table
whose ids are in one block. They are taken in idle time, and every write through `Store` takes away those of the
blocks that it changes, in its own transaction. So rows that don't fit their seal were changed by something else.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from app.store.changes import WATCHED
from app.store.connection import open_reader
from app.store.sqlite import Connection, DatabaseError, scalar

Row = tuple[int | float | bytes | None, ...]
"""A row as it is summed up: the id, then each stored column, text as bytes."""
Writing = Callable[[], AbstractContextManager[Connection]]

_PASSING = (
    "action", "account", "draft", "letter_draft", "draft_beside", "kept_form", "view", "put_off", "block",
    "import_batch",
)  # fmt: skip
"""Tables whose rows change with every day, or are gone within one: they aren't sealed."""
SHEETS = tuple(table for table in WATCHED if table not in _PASSING)
"""The tables that are sealed."""
_SHIFT = {"message": 12}
"""The ids of messages carry their time, 32 to a minute: 128 minutes are a block. Elsewhere 64 rows are one."""
_USUAL_SHIFT = 6
_AT_ONCE = 4_000  # rows in one transaction, for which other writers wait: some 10 ms
_VERSION = 2  # of marshal, whose bytes depend on nothing but the values


class Broken(NamedTuple):
    """A block whose rows aren't what they were: ids from `first` to `last` of a table."""

    sheet: str
    block: int
    first: int
    last: int


class Looked(NamedTuple):
    """What a look at all seals found: how many blocks fit theirs, how many were sealed, and which are broken."""

    fitting: int
    sealed: int
    broken: tuple[Broken, ...]


def block_of(sheet: str, row_id: int) -> int:
    """The block that a row is in."""
    return row_id >> _SHIFT.get(sheet, _USUAL_SHIFT)


def unseal(conn: Connection) -> None:
    """Take away the seals of what the open transaction has changed, as `temp.changed` has it on record."""
    if not scalar(conn, "SELECT EXISTS (SELECT 1 FROM seal)"):
        return
    for (number,) in conn.execute("SELECT DISTINCT tbl FROM temp.changed").fetchall():
        sheet = WATCHED[number]
        conn.execute(
            "DELETE FROM seal WHERE sheet = ?1"
            " AND block IN (SELECT DISTINCT id >> ?2 FROM temp.changed WHERE tbl = ?3)",
            (sheet, _SHIFT.get(sheet, _USUAL_SHIFT), number),
        )


def drop(conn: Connection) -> None:
    """Take away all seals: of a copy that is changed otherwise than by `Store`, or after a migration."""
    if scalar(conn, "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'seal')"):
        conn.execute("DELETE FROM seal")


def broken(path: Path, stop: Callable[[], bool] = lambda: False) -> list[Broken]:
    """The blocks of a file whose rows don't fit their seals; what can't be read isn't among them."""
    found = []
    with closing(open_reader(path)) as conn:
        for sheet in SHEETS:
            found += [one for one, fits in _compared(conn, sheet, stop) if not fits]
    return found


def look(path: Path, write: Writing, stop: Callable[[], bool] = lambda: False) -> Looked:
    """Compare all rows with their seals, and seal those that have none.

    `write` opens a transaction of the file's `Store`. Reads the whole file, in a connection of its own, and holds up
    other writers for some milliseconds at a time.
    """
    fitting, wrong = 0, list[Broken]()
    with closing(open_reader(path)) as conn:
        for sheet in SHEETS:
            for one, fits in _compared(conn, sheet, stop):
                fitting += fits
                wrong += [] if fits else [one]
    return Looked(fitting, take(path, write, stop), tuple(wrong))


def take(path: Path, write: Writing, stop: Callable[[], bool] = lambda: False) -> int:
    """Seal the blocks that have no seal; how many those are. Reads nothing of the others but their ids."""
    sealed = 0
    with closing(open_reader(path)) as conn:
        for sheet in SHEETS:
            for first, last in _unsealed(conn, sheet):
                if stop():
                    return sealed
                with write() as writing:
                    sealed += _seal(writing, sheet, first, last)
    return sealed


def seal_of(conn: Connection, one: Broken) -> tuple[int, int]:
    """How many rows a block had, and their sum, when it was sealed."""
    sql = "SELECT n, sum FROM seal WHERE sheet = ? AND block = ?"
    many, total = conn.execute(sql, (one.sheet, one.block)).fetchone()
    return int(many), int(total)


def rows_of(conn: Connection, sheet: str, block: int) -> dict[int, Row]:
    """The rows of a block by their ids, in order."""
    return {row_id: row for _, row in _rows(conn, sheet, block, block) if isinstance(row_id := row[0], int)}


def undecodable(conn: Connection) -> Iterator[tuple[str, int]]:
    """The table and the id of each row with a text that isn't UTF-8, which nobody can read; reads all rows."""
    for sheet in SHEETS:
        names = [name for _, name, kind, *_, hidden in conn.execute(f"PRAGMA table_xinfo({sheet})")
                 if kind == "TEXT" and not hidden]  # fmt: skip
        if not names:
            continue
        columns = ", ".join(f"CAST({name} AS BLOB)" for name in names)
        for row_id, *texts in conn.execute(f"SELECT id, {columns} FROM {sheet}"):
            try:
                for text in texts:
                    (text or b"").decode()
            except UnicodeDecodeError:
                yield sheet, int(row_id)


def sum_of(rows: Iterable[Row]) -> tuple[int, int]:
    """How many rows those are, and their sum."""
    many = total = 0
    for row in rows:
        many, total = many + 1, crc32(marshal.dumps(row, _VERSION), total)
    return many, total


def columns_of(conn: Connection, sheet: str) -> list[str]:
    """The stored columns of a table, the id first."""
    found = [name for _, name, *_, hidden in conn.execute(f"PRAGMA table_xinfo({sheet})") if not hidden]
    return ["id", *(name for name in found if name != "id")]


def _compared(conn: Connection, sheet: str, stop: Callable[[], bool]) -> Iterator[tuple[Broken, bool]]:
    """Each block that has a seal, and whether its rows fit it; in one snapshot of the file for each part."""
    known = scalar(conn, "SELECT count(*) FROM seal WHERE sheet = ?", (sheet,))
    last = -1 << 62
    while known and not stop():
        conn.execute("BEGIN")
        try:
            some = conn.execute(
                "SELECT block, n, sum FROM seal WHERE sheet = ? AND block > ? ORDER BY block LIMIT 200", (sheet, last)
            ).fetchall()
            if not some:
                return
            kept = {block: (many, total) for block, many, total in some}
            start, last = some[0]["block"], some[-1]["block"]
            there = {block: sum_of(row for _, row in rows)
                     for block, rows in groupby(_rows(conn, sheet, start, last), lambda pair: pair[0])}  # fmt: skip
        except DatabaseError:  # what can't be read is SQLite's to tell
            return
        finally:
            conn.execute("ROLLBACK")
        shift = _SHIFT.get(sheet, _USUAL_SHIFT)
        for block, seal in kept.items():
            yield Broken(sheet, block, block << shift, ((block + 1) << shift) - 1), there.get(block, (0, 0)) == seal


def _unsealed(conn: Connection, sheet: str) -> list[tuple[int, int]]:
    """From and to which block there are rows without a seal, in parts of some thousand rows."""
    shift = _SHIFT.get(sheet, _USUAL_SHIFT)
    rows = conn.execute(
        f"SELECT id >> {shift} AS block, count(*) FROM {sheet}"
        f" WHERE id >> {shift} NOT IN (SELECT block FROM seal WHERE sheet = ?) GROUP BY 1 ORDER BY 1",
        (sheet,),
    ).fetchall()
    parts: list[tuple[int, int]] = []
    size = _AT_ONCE
    for block, many in rows:
        if size + many > _AT_ONCE or not parts:
            parts.append((block, block))
            size = 0
        parts[-1] = parts[-1][0], block
        size += many
    return parts


def _seal(conn: Connection, sheet: str, first: int, last: int) -> int:
    """Seal the blocks from `first` to `last` that have none; in the transaction that reads them."""
    known = {block for (block,) in conn.execute(
        "SELECT block FROM seal WHERE sheet = ? AND block BETWEEN ? AND ?", (sheet, first, last))}  # fmt: skip
    made = [
        (sheet, block, *sum_of(row for _, row in rows))
        for block, rows in groupby(_rows(conn, sheet, first, last), lambda pair: pair[0])
        if block not in known
    ]
    conn.executemany("INSERT INTO seal (sheet, block, n, sum) VALUES (?, ?, ?, ?)", made)
    return len(made)


def _rows(conn: Connection, sheet: str, first: int, last: int) -> Iterator[tuple[int, Row]]:
    """The rows of these blocks in order, each with its block; text as bytes, as it is in the file."""
    shift = _SHIFT.get(sheet, _USUAL_SHIFT)
    names = [f"iif(typeof({name}) = 'text', CAST({name} AS BLOB), {name})" for name in columns_of(conn, sheet)]
    sql = f"SELECT {', '.join(names)} FROM {sheet} WHERE id >= ? AND id < ? ORDER BY id"
    for row in conn.execute(sql, (first << shift, (last + 1) << shift)):
        values = tuple(row)
        yield int(row[0]) >> shift, values
