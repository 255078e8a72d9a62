"""Replies that cool off: held for twenty minutes, and shown again before they go."""

from __future__ import annotations

from app.outbox.entry import HELD, Entry, entries
from app.store.sqlite import Connection
from app.store.store import Store

COOL_SECONDS, SHOWN_SECONDS = 20 * 60, 120
"""How long one is held, and how long before it goes it is shown again."""


def mark(store: Store, number: int) -> None:
    """Note that a scheduled reply cools off, with the parts of a thread after it. Not an action: submitting was one."""
    with store.write(durable=True) as conn:
        conn.execute("UPDATE outbox SET cools = 1 WHERE (id = ?1 OR after_id = ?1) AND state = 'held'", (number,))


def cooling(conn: Connection) -> list[Entry]:
    """Those that are held to cool off, the one that goes first before the others."""
    if conn.execute("SELECT 1 FROM outbox WHERE state = 'held' AND cools = 1 LIMIT 1").fetchone() is None:
        return []
    held = [one for one in entries(conn, (HELD,)) if one.cools and one.after_id is None]
    return sorted(held, key=lambda one: (one.held_until, one.id))


def shown_from(outgoing: Entry) -> int:
    """When one that cools off is shown again, in Unix seconds."""
    return outgoing.held_until - SHOWN_SECONDS
