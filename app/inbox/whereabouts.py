"""Where a conversation is now: in itself, or in the one that it was joined into.

A conversation that was joined into another stays as an empty row that names it (`joined_into`). Whatever found the one
before, such as the ids that later letters answer, still leads to it and from there to the other; so undoing a join
need not touch them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.base import ids
from app.base.errors import UserError
from app.base.words import tr
from app.store.sqlite import Connection

_WHEREABOUTS = """
WITH RECURSIVE way(asked, here) AS (
  SELECT value, value FROM json_each(?)
  UNION SELECT w.asked, c.joined_into FROM way w JOIN conversation c ON c.id = w.here AND c.joined_into IS NOT NULL)
SELECT w.asked, w.here FROM way w JOIN conversation c ON c.id = w.here WHERE c.joined_into IS NULL
"""


def whereabouts(conn: Connection, numbers: Iterable[int]) -> dict[int, int]:
    """Where the messages of these conversations are now: their own id, or that of the one they were joined into.

    An id that no conversation has stands for itself.
    """
    asked = list(dict.fromkeys(numbers))
    now: dict[int, int] = {number: number for number in asked}
    if asked:
        now.update(conn.execute(_WHEREABOUTS, (json.dumps(asked),)).fetchall())
    return now


def current(conn: Connection, number: int) -> int:
    """Where the messages of this conversation are now; see `whereabouts`."""
    return whereabouts(conn, [number])[number]


def refuse_joined(conn: Connection, number: int) -> None:
    """Raise UserError if the conversation was joined into another: what is written there now would be seen nowhere.

    Whoever asks had it open from before. Whom a reply goes to is shown afresh in the other, so nothing is sent unseen.
    """
    here = current(conn, number)
    if here != number:
        msg = tr("This conversation has just become part of {id}. Look at it there, then send it again.").format(
            id=ids.display(ids.CONVERSATION, here)
        )
        raise UserError(msg)


def are_apart(conn: Connection, first: int, second: int) -> bool:
    """Whether the person parted one of these conversations from the other, or both from a third."""
    return not _origins(conn, first).isdisjoint(_origins(conn, second))


def _origins(conn: Connection, number: int) -> set[int]:
    """The conversation, the one that it was parted from, the one that that was parted from, and so on."""
    origins: set[int] = set()
    here: int | None = number
    while here is not None and here not in origins:
        origins.add(here)
        row = conn.execute("SELECT parted_from FROM conversation WHERE id = ?", (here,)).fetchone()
        here = current(conn, row["parted_from"]) if row is not None and row["parted_from"] is not None else None
    return origins


def joined(conn: Connection, number: int) -> tuple[int, ...]:
    """The conversations that were joined into this one, directly or by way of others; sorted."""
    rows = conn.execute(
        "WITH RECURSIVE into_it(id) AS (SELECT ? UNION SELECT c.id FROM into_it i JOIN conversation c"
        " ON c.joined_into = i.id) SELECT id FROM into_it WHERE id <> ? ORDER BY id",
        (number, number),
    )
    return tuple(row["id"] for row in rows)
