"""Gifts that were given before they were written down here: read from a table, removed with its import.

They are no actions of their own, and leave the stock alone: what was given then is not counted again.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.base import clock
from app.base.text import fold
from app.gifts.columns import checked
from app.gifts.records import insert
from app.gifts.rows import SPENT
from app.store.sqlite import Connection, scalar


def record(
    conn: Connection, member_id: int, values: Mapping[str, object], state: str, at: int, batch_id: int | None
) -> int:
    """Add a gift as of `at` (Unix seconds) in the open transaction; returns its id.

    `values` are those of EDITABLE. The budget of the year in which it was given counts it. Raises UserError as
    `Gifts.log` does.
    """
    columns = checked(values)
    number = insert(conn, member_id, columns, at)
    shipped_on = clock.local(at).date().isoformat() if state in SPENT else None
    conn.execute(
        "UPDATE gift SET state = ?, batch_id = ?, shipped_on = coalesce(shipped_on, ?) WHERE id = ?",
        (state, batch_id, shipped_on, number),
    )
    return number


def recorded(
    conn: Connection, member_id: int, item: str, day: str, worth: int, currency: str, besides: int | None = None
) -> int:
    """How many gifts like this a member has: the same thing and value, on the same local day (YYYY-MM-DD).

    Those that the import `besides` brought are not counted.
    """
    rows = conn.execute(
        "SELECT item FROM gift WHERE member_id = ? AND worth = ? AND currency = ?"
        " AND coalesce(shipped_on, date(created_at, 'unixepoch', 'localtime')) = ?"
        " AND (batch_id IS NULL OR batch_id IS NOT ?)",
        (member_id, worth, currency, day, besides),
    )
    return sum(fold(name) == fold(item) for (name,) in rows)


def exists(conn: Connection, number: int) -> bool:
    """Whether there is a gift with this id."""
    return bool(scalar(conn, "SELECT EXISTS (SELECT 1 FROM gift WHERE id = ?)", (number,)))


def remove(conn: Connection, numbers: list[int]) -> None:
    """Delete gifts in the open transaction."""
    conn.executemany("DELETE FROM gift WHERE id = ?", [(number,) for number in numbers])
