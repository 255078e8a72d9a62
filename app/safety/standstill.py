"""A restored file is on hold: nothing is sent or fetched until the person releases it.

Replies that are pending in a backup may have been sent since from the original file. So every backup is marked when it
is made, and whoever opens one finds the mark, however it was put in place.
"""

from __future__ import annotations

from app import settings
from app.base.errors import UserError
from app.base.words import N_, tr
from app.store.sqlite import Connection
from app.store.store import Store

SENTENCE = N_(
    "This file is a restored backup. Nothing is sent or fetched until you say so. Check "
    "the outbox first: replies in it may already have been sent."
)
_KEY = "brought_back"


def mark(conn: Connection) -> None:
    """Mark a copy of the file as a backup."""
    settings.store_value(conn, _KEY, "1")


def is_on_hold(conn: Connection) -> bool:
    """Whether the file is on hold."""
    return conn.execute("SELECT 1 FROM setting WHERE key = ?", (_KEY,)).fetchone() is not None


class Standstill:
    """Queries and ends the hold."""

    def __init__(self, store: Store) -> None:
        """Use this store."""
        self._store = store

    def __bool__(self) -> bool:
        """Whether the file is on hold."""
        return is_on_hold(self._store.read)

    def refuse(self) -> None:
        """Raise UserError while the file is on hold."""
        if self:
            raise UserError(tr(SENTENCE))

    def release(self) -> None:
        """Release the hold and make all accounts due; sending and fetching start again."""
        from app.accounts.records import look_at_once  # noqa: PLC0415  loads the channels, which a query does not need

        with self._store.write() as conn:
            settings.delete_value(conn, _KEY)
            look_at_once(conn)
