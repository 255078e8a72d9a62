"""A restored file is on hold: nothing is sent or fetched until the person releases it.

Replies that are pending in a backup may have been sent since from the original file. So every backup is marked when it
is made, and whoever opens one finds the mark, however it was put in place; a repaired file, and one that another
program put in the place of the open one, are marked as well. Once it is released, each account is read before anything
is sent there.
"""

from __future__ import annotations

import json
from collections.abc import Callable

from app import settings
from app.base import clock
from app.base.errors import UserError
from app.base.words import N_, tr
from app.store.sqlite import Connection, scalar
from app.store.store import Store

RESTORED, REPAIRED, REPLACED = "restored", "repaired", "replaced"
_TITLES = {
    RESTORED: N_("This file is a restored backup."),
    REPAIRED: N_("This file was repaired."),
    REPLACED: N_("Another program put this file in the place of the one that was open."),
}
_REST = N_(
    "{title} Nothing is sent or fetched until you say so. Check the outbox first: replies in it may already have been "
    "sent."
)
_KEY = "brought_back"
_UNTIMED, _EVER = "1", 1 << 62
"""The mark of backups that an earlier Rapport made, and a time that no row has."""
_HOW = "brought_back_how"
_TO_READ = "read_before_sending"


def mark(conn: Connection, how: str = RESTORED) -> None:
    """Mark a copy of the file as a backup, with when that was: what is written in it later was sent by nobody.

    `how` is how the file came to be, if it isn't a restored backup: REPAIRED or REPLACED.
    """
    settings.store_value(conn, _KEY, str(clock.now()))
    settings.store_value(conn, _HOW, how)


def title(conn: Connection) -> str:
    """What the file on hold is, in a short sentence."""
    row = conn.execute("SELECT value FROM setting WHERE key = ?", (_HOW,)).fetchone()
    return tr(_TITLES.get(row["value"] if row is not None else RESTORED, _TITLES[RESTORED]))


def sentence(conn: Connection) -> str:
    """Why nothing is sent or fetched, and what to do."""
    return tr(_REST).format(title=title(conn))


def refuse(conn: Connection) -> None:
    """Raise UserError while the file is on hold."""
    if is_on_hold(conn):
        raise UserError(sentence(conn))


def _held_since(conn: Connection) -> int:
    """When a file that is on hold was marked (Unix seconds); the end of time for a mark that has none."""
    row = conn.execute("SELECT value FROM setting WHERE key = ?", (_KEY,)).fetchone()
    return int(row["value"]) if row is not None and row["value"] != _UNTIMED else _EVER


def is_on_hold(conn: Connection) -> bool:
    """Whether the file is on hold."""
    return conn.execute("SELECT 1 FROM setting WHERE key = ?", (_KEY,)).fetchone() is not None


def to_read_first(conn: Connection) -> frozenset[int]:
    """Ids of the accounts that are to be read before anything is sent there, as the file has been released since."""
    row = conn.execute("SELECT value FROM setting WHERE key = ?", (_TO_READ,)).fetchone()
    return frozenset(json.loads(row["value"])) if row else frozenset()


def was_read(conn: Connection, account_id: int) -> None:
    """Note that an account has been read, or that this was tried in vain: from now on it is sent there."""
    left = to_read_first(conn) - {account_id}
    if left:
        settings.store_value(conn, _TO_READ, json.dumps(sorted(left)))
    else:
        settings.delete_value(conn, _TO_READ)


def read_first(conn: Connection) -> None:
    """Have each account read before anything is sent there, in the open transaction."""
    from app.accounts.records import look_at_once  # noqa: PLC0415  loads the channels, which a query does not need

    look_at_once(conn)
    live = conn.execute("SELECT id FROM account WHERE mode = 'live' AND state = 'on' ORDER BY id").fetchall()
    if live:
        settings.store_value(conn, _TO_READ, json.dumps([row["id"] for row in live]))


class Standstill:
    """Queries and ends the hold."""

    def __init__(self, store: Store, doubt: Callable[[Connection, int], int]) -> None:
        """Use this store.

        `doubt` has what waits to be sent and was written by then (Unix seconds) looked for at its channel, and says how
        many there are.
        """
        self._store, self._doubt = store, doubt

    def __bool__(self) -> bool:
        """Whether the file is on hold."""
        return is_on_hold(self._store.read)

    def waiting(self) -> int:
        """How many messages waited in the file when it was marked: `release` has them looked for. 0 if not on hold."""
        if not self:
            return 0
        conn = self._store.read
        sql = "SELECT count(*) FROM outbox WHERE state IN ('held', 'queued') AND created_at <= ?"
        return int(scalar(conn, sql, (_held_since(conn),)))

    def refuse(self) -> None:
        """Raise UserError while the file is on hold."""
        refuse(self._store.read)

    def title(self) -> str:
        """What the file on hold is, in a short sentence."""
        return title(self._store.read)

    def release(self) -> int:
        """Release the hold: accounts are read, and what waits is looked for before it is sent. Returns how many.

        No-op, 0, if the file is not on hold.
        """
        with self._store.write(durable=True) as conn:
            if not is_on_hold(conn):
                return 0
            written_by = _held_since(conn)
            settings.delete_value(conn, _KEY)
            settings.delete_value(conn, _HOW)
            read_first(conn)
            return self._doubt(conn, written_by)
