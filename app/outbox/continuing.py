"""What a message continues or is found to be: only what is surely this message of ours, never a stranger's or another.

A message that the person confirmed has no id of its channel's. What goes on below it would stand alone, and before
everybody's eyes; so its id is looked up first.
"""

from __future__ import annotations

from app.base.words import N_
from app.channels.base import Sent
from app.inbox import conversations
from app.inbox.half_sent import CLOCK_SKEW_SECONDS
from app.intake import messages, pieces
from app.outbox.entry import REPLY, SENT, Entry, entry
from app.outbox.meeting import link
from app.outbox.standing import withdraw
from app.store.sqlite import Connection

NOT_NAMED = N_(
    "Rapport doesn't know which message the part before this became, so this can't go below it. Post it there yourself."
)
"""Why a part can't be sent whose predecessor has no id."""

_BEGUN = """
SELECT b.id FROM outbox b WHERE b.conversation_id = ?1 AND b.purpose = 'new' AND b.state = 'sent'
  AND b.remote_id IS NULL AND NOT EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = ?1
    AND m.remote_id IS NOT NULL)
ORDER BY b.id LIMIT 1
"""
_TAKEN = """
SELECT EXISTS (SELECT 1 FROM outbox WHERE account_id = ?1 AND remote_id = ?2 AND id <> ?3)
  OR EXISTS (SELECT 1 FROM message m WHERE m.account_id = ?1 AND m.remote_id = ?2 AND m.out = 1 AND m.id IS NOT ?4
    AND (m.conversation_id <> ?5 OR m.at < ?6
      OR EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.id <> ?3))) AS taken
"""


def unnamed_before(conn: Connection, outgoing: Entry) -> Entry | None:
    """The message whose id is needed to continue from it, and isn't known; None if there is nothing to find out.

    It is the part before this one, or the post of ours below which nothing has an id yet.
    """
    if outgoing.after_id is not None:
        before = entry(conn, outgoing.after_id)
        return before if before.state == SENT and before.remote_id is None else None
    if outgoing.purpose != REPLY:
        return None
    row = conn.execute(_BEGUN, (outgoing.conversation_id,)).fetchone()
    begun = None if row is None else entry(conn, row["id"])
    return begun if begun is not None and begun.venue is not None else None


def is_taken(conn: Connection, outgoing: Entry, remote_id: str) -> bool:
    """Whether a message that was found for a row is another one of ours: another row's, or of another conversation.

    Many channels can only be asked for our words, and we may have said the same to somebody else.
    """
    asked = (
        outgoing.account_id, remote_id, outgoing.id, outgoing.message_id, outgoing.conversation_id,
        outgoing.created_at - CLOCK_SKEW_SECONDS,
    )  # fmt: skip
    return bool(conn.execute(_TAKEN, asked).fetchone()["taken"])


def name(sent: Sent, conn: Connection, outgoing: Entry) -> None:
    """Note what the channel calls a message that is sent and had no id: in its row, its message, its conversation."""
    if outgoing.state != SENT or outgoing.remote_id is not None:
        return
    known = conn.execute(
        "SELECT id, at FROM message WHERE account_id = ? AND remote_id = ?", (outgoing.account_id, sent.remote_id)
    ).fetchone()
    if known is not None:
        link(conn, outgoing, int(known["id"]), sent.remote_id, int(known["at"]))
        return
    conn.execute("UPDATE outbox SET remote_id = ?, unsure = 0 WHERE id = ?", (sent.remote_id, outgoing.id))
    if outgoing.message_id is not None:
        messages.name(conn, outgoing.message_id, sent.remote_id, sent.url)
        for piece in pieces.note(conn, outgoing.message_id, sent.also):
            withdraw(conn, piece)
    there = conn.execute(
        "SELECT 1 FROM conversation WHERE account_id = ? AND remote_id = ?", (outgoing.account_id, sent.thread)
    ).fetchone()
    if sent.thread and there is None:
        conversations.name_thread(conn, outgoing.conversation_id, sent.thread)
