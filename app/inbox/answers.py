"""Effects of our replies on a conversation, in the transaction that submits, sends or undoes the reply.

A conversation counts as answered as soon as the reply is submitted, so that the list reflects what the person did. If
the reply is not sent after all, the state is recomputed without it.
"""

from __future__ import annotations

from contextlib import suppress

from app.base import clock
from app.base.errors import NotFoundError
from app.inbox.elsewhere import ASIDE, has
from app.inbox.receivers import ON_ITS_WAY, waiting_each
from app.inbox.standing import recompute_standing, update_waiting_since
from app.inbox.turns import TO_DECIDE
from app.store.sqlite import Connection, Row
from app.store.undo import Step


def last_incoming(conn: Connection, conversation_id: int) -> int | None:
    """The id of the last message from anybody else that still exists; None if there is none."""
    row = conn.execute(
        "SELECT id FROM message WHERE conversation_id = ? AND out = 0 AND gone_at IS NULL AND quiet = ''"
        " ORDER BY at DESC, id DESC LIMIT 1",
        (conversation_id,),
    ).fetchone()
    return None if row is None else int(row["id"])


def answered(conn: Connection, conversation_id: int, seen_id: int | None, *, then_done: bool) -> None:
    """Mark the conversation as answered, and with `then_done` close it, unless somebody has written since.

    `seen_id` is the last incoming message when the reply was written. If each person needs a reply of their own and
    some still wait, it stays open and needs us.
    """
    waits = waiting_each(conn, conversation_id)
    if waits:
        conn.execute(
            "UPDATE conversation SET last_out = 1, quiet = 0, waiting_since = ?, snoozed_until = NULL, closed = 0,"
            " done_at = NULL, closed_itself_at = NULL"
            " WHERE id = ?",
            (min(waits.values()), conversation_id),
        )
    elif last_incoming(conn, conversation_id) == seen_id:
        _mark_answered(conn, conversation_id, then_done=then_done)
    elif waits is not None:  # a newer message has a reply of its own
        conn.execute("UPDATE conversation SET waiting_since = NULL WHERE id = ?", (conversation_id,))


def _mark_answered(conn: Connection, conversation_id: int, *, then_done: bool) -> None:
    conn.execute(
        "UPDATE conversation SET last_out = 1, quiet = 0, waiting_since = NULL, unread = 0, snoozed_until = NULL,"
        " closed = ?1, closed_itself_at = NULL,"
        " done_at = CASE WHEN ?1 THEN ?2 END WHERE id = ?3 AND messages > 0",
        (then_done, clock.now(), conversation_id),
    )


def unanswered(conn: Connection, conversation_id: int, *, then_done: bool) -> None:
    """Recompute the conversation without a reply of ours; reopen it if that had closed it (`then_done`)."""
    row = _last(conn, conversation_id)
    conn.execute(
        "UPDATE conversation SET last_out = ?1, closed = CASE WHEN ?2 THEN 0 ELSE closed END,"
        " quiet = NOT EXISTS (SELECT 1 FROM message WHERE conversation_id = ?3 AND quiet IN ('', 'failed')),"
        " done_at = CASE WHEN ?2 THEN NULL ELSE done_at END,"
        " closed_itself_at = CASE WHEN ?2 THEN NULL ELSE closed_itself_at END,"
        " waiting_since = (SELECT min(at) FROM message"
        f"   WHERE conversation_id = ?3 AND out = 0 AND gone_at IS NULL AND ({TO_DECIDE}"
        "   OR quiet IN ('', 'failed') AND at > coalesce("
        "   (SELECT max(at) FROM message WHERE conversation_id = ?3 AND gone_at IS NULL AND failed = ''"
        f"   AND (out = 1 AND NOT {has(ASIDE)} OR {has('answered')})),"
        "   -1)))"
        " WHERE id = ?3",
        (row["out"] if row else 0, then_done, conversation_id),
    )
    update_waiting_since(conn, [conversation_id])


def sent(conn: Connection, conversation_id: int, message_id: int, at: int, seen_id: int | None) -> None:
    """Count a message of ours that was added to the conversation; `seen_id` as for `answered`.

    If somebody has written since, the conversation keeps waiting for us.
    """
    more = last_incoming(conn, conversation_id) != seen_id
    conn.execute(
        "UPDATE conversation SET messages = messages + 1, first_at = min(first_at, ?1), last_at = max(last_at, ?1),"
        " last_message_id = ?2, last_out = CASE WHEN ?3 THEN last_out ELSE 1 END,"
        " waiting_since = CASE WHEN ?3 THEN waiting_since END WHERE id = ?4",
        (at, message_id, more, conversation_id),
    )


def withdrawn(conn: Connection, conversation_id: int) -> None:
    """Uncount a message of ours that was removed from the conversation."""
    row = _last(conn, conversation_id)
    conn.execute(
        "UPDATE conversation SET messages = messages - 1, last_message_id = ? WHERE id = ?",
        (row["id"] if row else None, conversation_id),
    )


def taken_back(conn: Connection, conversation_id: int) -> None:
    """Recompute the conversation after a message of ours in it was withdrawn at its channel: it answers nobody.

    Where somebody else spoke last then, it is open again, even if it was done: they wait again.
    """
    (spoke_last,) = conn.execute("SELECT last_out FROM conversation WHERE id = ?", (conversation_id,)).fetchone()
    recompute_standing(conn, [conversation_id])
    row = _last(conn, conversation_id)
    unanswered(conn, conversation_id, then_done=bool(spoke_last) and row is not None and not row["out"])
    pending = conn.execute(
        f"SELECT seen_id, then_done FROM outbox o WHERE conversation_id = ? AND {ON_ITS_WAY}"
        " AND purpose IN ('reply', 'new', 'forward') ORDER BY id DESC LIMIT 1",
        (conversation_id,),
    ).fetchone()
    if pending is not None:  # a reply on its way counts as an answer
        answered(conn, conversation_id, pending["seen_id"], then_done=bool(pending["then_done"]))


def _last(conn: Connection, conversation_id: int) -> Row | None:
    """The last message that is not deleted, with id and out, none of them aside if there is another; None without."""
    row: Row | None = conn.execute(
        "SELECT id, out FROM message WHERE conversation_id = ? AND gone_at IS NULL"
        f" ORDER BY quiet NOT IN ('', 'failed', 'closer', 'rule') OR {has(ASIDE)}, at DESC, id DESC LIMIT 1",
        (conversation_id,),
    ).fetchone()
    return row


def after_undo(conn: Connection, step: Step) -> None:
    """After an undo: if each person needs a reply of their own, reopen the conversation for those who wait again.

    One that the person had closed before the reply stays closed.
    """
    if step.op != "update" or step.before.keys().isdisjoint(("last_out", "waiting_since")):
        return
    waits = None
    with suppress(NotFoundError):  # the conversation itself has been undone
        waits = waiting_each(conn, step.row_id)
    if waits:
        opens = "" if step.before.get("closed") else ", closed = 0, done_at = NULL, closed_itself_at = NULL"
        since = (min(waits.values()), step.row_id)
        conn.execute(f"UPDATE conversation SET waiting_since = ?{opens} WHERE id = ?", since)
