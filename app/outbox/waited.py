"""Replies that waited in a restored file: each is looked for at its channel before it is sent.

They may have been sent since from the file that was replaced. So they are undecided until their channel has said that
it has none of them, or the person has; what is found there is sent, and nothing else is.
"""

from __future__ import annotations

from app.base import clock
from app.base.words import N_, tr
from app.inbox.half_sent import CLOCK_SKEW_SECONDS
from app.outbox.by_hand import is_by_hand
from app.outbox.cooling import SHOWN_SECONDS
from app.outbox.entry import HELD, QUEUED, UNDECIDED, Entry, entries
from app.outbox.standing import is_given, on_its_way, reopened
from app.store.sqlite import Connection

LOOKED_FOR = N_(
    "It waited while the file was on hold, and may have been sent before. It's looked for before it is sent."
)
_POSTED = N_("It waited while the file was on hold, for you to post. Have you posted it already?")
_ANSWERED_SINCE = N_(
    "It waited while the file was on hold. It isn't there, but newer words of yours are. Send it only if it's still "
    "needed."
)


def doubt(conn: Connection, written_by: int) -> int:
    """Let what waits to be sent be looked for first, in the transaction that releases the file; how many wait.

    That is what was written by then (Unix seconds); later it was written in this file alone. What is posted by hand
    can't be looked for: the person is asked. A reply that failed is sent by nobody, but is met by its words if it comes
    in.
    """
    waiting = [outgoing for outgoing in entries(conn, (HELD, QUEUED)) if outgoing.created_at <= written_by]
    now = clock.now()
    for outgoing in waiting:
        _doubt_one(conn, outgoing, now)
    conn.execute("UPDATE outbox SET unsure = 1 WHERE state = 'failed'")
    return len(waiting)


def _doubt_one(conn: Connection, outgoing: Entry, now: int) -> None:
    mine = is_by_hand(outgoing.kind, outgoing.mode)
    conn.execute(
        "UPDATE outbox SET state = 'undecided', unsure = 1, tried = 0,"
        " sending_at = CASE WHEN held_until <= ?1 THEN held_until ELSE created_at END,"
        " next_at = ?2, error = ?3 WHERE id = ?4",
        (now, None if mine else now, tr(_POSTED) if mine else tr(LOOKED_FOR), outgoing.id),
    )
    if is_given(outgoing):
        reopened(conn, outgoing)


def sent_elsewhere(conn: Connection, key: str, message: int) -> bool:
    """Note that the reply with this key was sent from another copy of the file, as this message.

    It isn't sent again. Returns whether it waited here.
    """
    done = conn.execute(
        "UPDATE outbox SET state = 'sent', error = '', next_at = NULL, (message_id, remote_id, sent_at) ="
        " (SELECT id, remote_id, at FROM message WHERE id = ?2) WHERE key = ?1"
        " AND state IN ('held', 'queued', 'undecided', 'failed')",
        (key, message),
    )
    return int(done.rowcount) > 0


def may_be_sent_elsewhere(conn: Connection, key: str) -> None:
    """Have the reply with this key looked for before it is sent: another copy of the file was sending it."""
    for outgoing in entries(conn, (HELD, QUEUED)):
        if outgoing.key == key:
            _doubt_one(conn, outgoing, clock.now())


def has_waited(outgoing: Entry) -> bool:
    """Whether nobody knows what became of it because it waited in a restored file, and no attempt was made here."""
    return outgoing.state == UNDECIDED and not outgoing.tried


def why_ask(conn: Connection, outgoing: Entry) -> str:
    """Why the person is asked before one is sent that its channel doesn't have; "" if nothing speaks against it.

    Who wrote something else there since has probably answered in other words.
    """
    if not has_waited(outgoing) or outgoing.is_change:
        return ""
    since = conn.execute(
        "SELECT 1 FROM message m WHERE m.conversation_id = ? AND m.out = 1 AND m.kind = 'said' AND m.at > ?"
        " AND m.gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id) LIMIT 1",
        (outgoing.conversation_id, outgoing.created_at + CLOCK_SKEW_SECONDS),
    ).fetchone()
    return tr(_ANSWERED_SINCE) if since else ""


def wait_again(conn: Connection, outgoing: Entry, *, unsure: bool) -> None:
    """Queue one that has not arrived; one whose chosen time is still to come, or that cools off, is held until then.

    `unsure`: it may have been taken all the same, as only the person has said that it was not.
    """
    now = clock.now()
    if has_waited(outgoing) and (outgoing.cools or (outgoing.later and outgoing.held_until > now)):
        until = max(outgoing.held_until, now + SHOWN_SECONDS) if outgoing.cools else outgoing.held_until
        conn.execute(
            "UPDATE outbox SET state = 'held', held_until = ?, next_at = NULL, unsure = ?, error = '' WHERE id = ?",
            (until, unsure, outgoing.id),
        )
        return
    conn.execute(
        "UPDATE outbox SET state = 'queued', unsure = ?, next_at = ?, error = '' WHERE id = ?",
        (unsure, now, outgoing.id),
    )
    on_its_way(conn, outgoing)
