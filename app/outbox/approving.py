"""A reply to a comment that awaits approval: the comment is approved with it, as nobody would see what it answers."""

from __future__ import annotations

from app.base.words import N_
from app.channels.base import SHOW
from app.channels.registry import channel
from app.outbox.composing import Way
from app.store.sqlite import Connection

APPROVES = N_("The comment that it answers is held for approval. It'll be approved when this is sent.")
"""What is said of such a reply while it waits."""
_MODES = ("live", "demo")
_DUE = """
SELECT DISTINCT m.id FROM outbox o JOIN message m ON m.id = o.answers_id JOIN account a ON a.id = o.account_id
WHERE o.approves = 1 AND o.state = 'sent' AND m.upstream = 'held' AND m.gone_at IS NULL AND a.state = 'on'
  AND NOT EXISTS (SELECT 1 FROM moderation d WHERE d.message_id = m.id AND d.at >= o.created_at)
"""


def would_approve(conn: Connection, goes: Way) -> bool:
    """Whether what a reply answers awaits approval at its channel, and can be approved from here."""
    return is_held(conn, goes.account_id, goes.to.message_id if goes.to else None)


def is_held(conn: Connection, account_id: int, message_id: int | None) -> bool:
    """Whether a message of that account awaits approval at its channel, and can be approved from here."""
    row = conn.execute(
        "SELECT a.kind, a.mode FROM message m JOIN account a ON a.id = m.account_id"
        " WHERE m.id = ? AND m.account_id = ? AND m.upstream = 'held' AND m.gone_at IS NULL AND m.out = 0"
        "   AND m.remote_id IS NOT NULL",
        (message_id, account_id),
    ).fetchone()
    return row is not None and row["mode"] in _MODES and SHOW in channel(row["kind"]).can.moderate


def due(conn: Connection) -> list[int]:
    """Messages to approve now: still held, and the reply that is to approve them is sent.

    Not those that somebody has moderated since the reply was written, whatever came of it.
    """
    return [row["id"] for row in conn.execute(_DUE)]
