"""Puts right what the disk changed within rows: the rows of a backup that fit the seal are how it was."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from app.base.errors import UserError
from app.safety.checkup import describe
from app.store import replacing, seals, verify
from app.store.connection import open_connection
from app.store.salvage import UNREADABLE
from app.store.sqlite import Connection

_MOST_BACKUPS = 8


class Changed(NamedTuple):
    """A block whose rows don't fit their seal, how many rows it had, and their sum."""

    where: seals.Broken
    seal: tuple[int, int]


def noticed(copy: Path) -> list[Changed]:
    """What the disk changed in a file, as far as it has seals and they can be read."""
    with suppress(*UNREADABLE, UserError), closing(open_connection(copy)) as conn:
        return [Changed(one, seals.seal_of(conn, one)) for one in seals.broken(copy)]
    return []


def put_right(part: Path, changed: Sequence[Changed], backups: Sequence[Path]) -> tuple[int, tuple[str, ...]]:
    """Put back the rows of these blocks that a sound backup proves; how many, and where nothing proves anything."""
    if not changed:
        return 0, ()
    many, left = 0, list(changed)
    sound = [file for file in backups if not verify.fault(file)][:_MOST_BACKUPS]
    with closing(open_connection(part)) as conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute("BEGIN")
        for file in sound:
            with closing(verify.reading(file)) as old:
                for one in tuple(left):
                    rows = _proven(conn, old, one)
                    if rows is not None:
                        _put(conn, old, one.where.sheet, rows)
                        many += len(rows)
                        left.remove(one)
        conn.execute("COMMIT")
    return many, tuple(describe(one.where) for one in left)


def _proven(conn: Connection, old: Connection, one: Changed) -> list[int] | None:
    """The ids of rows that fit the seal as the backup has them, the others as they are; None if none do."""
    sheet, block = one.where.sheet, one.where.block
    try:
        if seals.columns_of(conn, sheet) != seals.columns_of(old, sheet):
            return None  # a backup of an earlier version
        here = seals.rows_of(conn, sheet, block)
        there = seals.rows_of(old, sheet, block)
    except UNREADABLE:
        return None
    differing = sorted(row_id for row_id in there if here.get(row_id) != there[row_id])
    for ids in (differing, *([row_id] for row_id in differing)):
        mixed = here | {row_id: there[row_id] for row_id in ids}
        if seals.sum_of(mixed[row_id] for row_id in sorted(mixed)) == one.seal:
            return list(ids)
    return None


def _put(conn: Connection, old: Connection, sheet: str, ids: Sequence[int]) -> None:
    names = seals.columns_of(conn, sheet)
    for row_id in ids:
        row = old.execute(f"SELECT {', '.join(names)} FROM {sheet} WHERE id = ?", (row_id,)).fetchone()
        replacing.put(conn, sheet, {"id": row_id}, dict(zip(names, tuple(row), strict=True)))
