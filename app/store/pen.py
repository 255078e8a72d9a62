"""The pen of a desk that is lent: of the file at home and the copy that was lent, one may be written to at a time.

Each of the two has a mark among its settings, which is read in every transaction that writes: a window and a command
that are open on the same file keep to it alike.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import NamedTuple

from app.base.errors import DiskError
from app.base.words import tr
from app.store.obstacles import HANDED_BACK, LENT, Obstacle
from app.store.sqlite import Connection, DatabaseError

AT_HOME, ON_LOAN = "desk_lent", "desk_on_loan"
"""The settings that hold the marks: in the file that was lent, and in the copy that was made of it."""


class Loan(NamedTuple):
    """A desk that is lent: the number of the loan, to whom, and since when (Unix seconds).

    `back_at` is when the copy was handed back; None while it holds the pen, and in the file at home.
    """

    number: str
    to: str
    at: int
    back_at: int | None = None

    def packed(self) -> str:
        """As it is kept."""
        return json.dumps(self._asdict())


def lent(conn: Connection) -> Loan | None:
    """The loan on which this file's pen is away; None if it is here."""
    return _read(conn, AT_HOME)


def on_loan(conn: Connection) -> Loan | None:
    """The loan of which this file is the copy; None if it is none."""
    return _read(conn, ON_LOAN)


def _read(conn: Connection, key: str) -> Loan | None:
    row = conn.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return None if row is None else Loan(**json.loads(row[0]))


def away(conn: Connection) -> Obstacle | None:
    """What keeps this file from being written to while the other of the two has the pen; None if it is here."""
    loan = lent(conn)
    if loan is not None:
        words = tr(
            "The desk is lent to {name}. Until it comes back, this file can only be read, so that nobody is answered "
            "twice."
        )
        return Obstacle(LENT, words.format(name=loan.to))
    loan = on_loan(conn)
    if loan is None or loan.back_at is None:
        return None
    return Obstacle(
        HANDED_BACK,
        tr(
            "This copy of the desk was handed back. It can only be read, and what was done in it is taken in elsewhere."
        ),
    )


def refuse_away(conn: Connection) -> None:
    """Raise DiskError while the other of the two has the pen."""
    found = away(conn)
    if found is not None:
        raise DiskError(found.sentence)


def known_away(conn: Connection) -> Obstacle | None:
    """The same; None also where the file can't be read, which is told in another way."""
    with suppress(DatabaseError):
        return away(conn)
    return None
