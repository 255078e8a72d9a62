"""A file that was brought back from a backup stands still: nothing is sent or fetched before the person says go.

What the backup holds as waiting may long have gone out from the file it was made of. So every backup is marked as it
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
    settings.keep(conn, _KEY, "1")


def is_on_hold(conn: Connection) -> bool:
    """Whether the file stands still."""
    return conn.execute("SELECT 1 FROM setting WHERE key = ?", (_KEY,)).fetchone() is not None


class Standstill:
    """Asks and ends it."""

    def __init__(self, store: Store) -> None:
        """For this file."""
        self._store = store

    def __bool__(self) -> bool:
        """Whether the file stands still."""
        return is_on_hold(self._store.read)

    def refuse(self) -> None:
        """UserError while it stands still."""
        if self:
            raise UserError(tr(SENTENCE))

    def go(self) -> None:
        """The person says go: sending and fetching begin again. Nothing happens where they never stopped."""
        from app.accounts.records import look_at_once  # noqa: PLC0415  its channels are not needed to ask

        with self._store.write() as conn:
            settings.forget(conn, _KEY)
            look_at_once(conn)
