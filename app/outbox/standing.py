"""What a reply does to its conversation, in somebody else's transaction: its message, and who must speak next.

From the moment of submitting the conversation counts as answered, so that the list shows what the person did; when the
reply turns out not to be out, it comes back as it really stands.
"""

from __future__ import annotations

from contextlib import suppress

from app.base import clock
from app.base.errors import NotFoundError
from app.inbox.receivers import waiting_each
from app.intake import ROOM, settle, words_of
from app.outbox.entry import DISCARDED, FAILED, UNDECIDED, Entry
from app.store import index
from app.store.sqlite import Connection
from app.store.undo import Step

_LAST = "SELECT id, out FROM message WHERE conversation_id = ? AND gone_at IS NULL ORDER BY at DESC, id DESC LIMIT 1"


def last_incoming(conn: Connection, conversation_id: int) -> int | None:
    """The id of the last message that somebody else said; None where nobody did."""
    row = conn.execute(
        "SELECT id FROM message WHERE conversation_id = ? AND out = 0 AND gone_at IS NULL"
        " ORDER BY at DESC, id DESC LIMIT 1",
        (conversation_id,),
    ).fetchone()
    return None if row is None else int(row[0])


def answered(conn: Connection, conversation_id: int, seen_id: int | None, *, then_done: bool) -> None:
    """Count the conversation as answered, and close it with `then_done`, unless they have said more since.

    `seen_id` is the last message of anybody else when the reply was written. Where each is answered alone and others
    still wait, it stays open and needs us.
    """
    waits = waiting_each(conn, conversation_id)
    if waits:
        conn.execute(
            "UPDATE conversation SET last_out = 1, waiting_since = ?, snoozed_until = NULL, closed = 0, done_at = NULL"
            " WHERE id = ?",
            (min(waits.values()), conversation_id),
        )
    elif last_incoming(conn, conversation_id) == seen_id:
        _nobody_waits(conn, conversation_id, then_done=then_done)
    elif waits is not None:  # what came since has an answer of its own
        conn.execute("UPDATE conversation SET waiting_since = NULL WHERE id = ?", (conversation_id,))


def after_undo(conn: Connection, step: Step) -> None:
    """After an undo: where a reply was taken back and each is answered alone, whoever waits again opens it again.

    One that the person had closed before the reply is closed again, as they left it.
    """
    if step.op != "update" or step.before.keys().isdisjoint(("last_out", "waiting_since")):
        return
    waits = None
    with suppress(NotFoundError):  # the conversation itself was taken back
        waits = waiting_each(conn, step.row_id)
    if waits:
        opens = "" if step.before.get("closed") else ", closed = 0, done_at = NULL"
        since = (min(waits.values()), step.row_id)
        conn.execute(f"UPDATE conversation SET waiting_since = ?{opens} WHERE id = ?", since)


def _nobody_waits(conn: Connection, conversation_id: int, *, then_done: bool) -> None:
    conn.execute(
        "UPDATE conversation SET last_out = 1, waiting_since = NULL, unread = 0, snoozed_until = NULL, closed = ?1,"
        " done_at = CASE WHEN ?1 THEN ?2 END WHERE id = ?3 AND messages > 0",
        (then_done, clock.now(), conversation_id),
    )


def reopened(conn: Connection, found: Entry) -> None:
    """Let the conversation stand as it does without this reply."""
    row = conn.execute(_LAST, (found.conversation_id,)).fetchone()
    conn.execute(
        "UPDATE conversation SET last_out = ?1, closed = CASE WHEN ?2 THEN 0 ELSE closed END,"
        " done_at = CASE WHEN ?2 THEN NULL ELSE done_at END, waiting_since = (SELECT min(at) FROM message"
        "   WHERE conversation_id = ?3 AND out = 0 AND gone_at IS NULL AND at > coalesce((SELECT max(at) FROM message"
        "   WHERE conversation_id = ?3 AND out = 1 AND gone_at IS NULL), -1))"
        " WHERE id = ?3",
        (row[1] if row else 0, found.then_done, found.conversation_id),
    )
    settle(conn, [found.conversation_id])


def is_out(conn: Connection, found: Entry) -> None:
    """Count a reply that turned out to be out, `found` being its row before that; what came after it was written waits.

    Only when the row names its message: an answer is told from other words of ours by that.
    """
    settle(conn, [found.conversation_id])
    if found.state in (UNDECIDED, FAILED, DISCARDED):  # it had come back as unanswered
        answered(conn, found.conversation_id, found.seen_id, then_done=found.then_done)


def record(conn: Connection, found: Entry, remote_id: str | None, at: int, url: str = "") -> int:
    """The message of a reply that is out: the one that sync has brought in already, else a new one; its id."""
    known = conn.execute(
        "SELECT id FROM message WHERE account_id = ? AND remote_id = ?", (found.account_id, remote_id)
    ).fetchone()
    if known:
        number = int(known[0])
        conn.execute("UPDATE message SET template_id = ? WHERE id = ?", (found.template_id, number))
    else:
        number = _insert(conn, found, remote_id, at, url)
    return number


def _insert(conn: Connection, found: Entry, remote_id: str | None, at: int, url: str) -> int:
    number = _free_number(conn, at)
    parent = conn.execute(
        "SELECT coalesce((SELECT remote_id FROM outbox WHERE id = ?), (SELECT remote_id FROM message WHERE id = ?))",
        (found.after_id, found.answers_id),
    ).fetchone()
    conn.execute(
        "INSERT INTO message (id, conversation_id, account_id, remote_id, parent_id, out, at, text, language, url,"
        " template_id) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, ?, (SELECT id FROM template WHERE id = ?))",
        (number, found.conversation_id, found.account_id, remote_id, parent[0], at, found.text,
         found.language, url, found.template_id),
    )  # fmt: skip
    index.add(conn, [(number, words_of(conn, number))])
    more = last_incoming(conn, found.conversation_id) != found.seen_id
    conn.execute(
        "UPDATE conversation SET messages = messages + 1, first_at = min(first_at, ?1), last_at = max(last_at, ?1),"
        " last_message_id = ?2, last_out = CASE WHEN ?3 THEN last_out ELSE 1 END,"
        " waiting_since = CASE WHEN ?3 THEN waiting_since END WHERE id = ?4",
        (at, number, more, found.conversation_id),
    )
    return number


def _free_number(conn: Connection, at: int) -> int:
    """A free message id in the order of time (docs/decisions/0001); a full minute overflows into the next."""
    block = max(at, 0) // 60 * ROOM
    while True:
        last = conn.execute("SELECT max(id) FROM message WHERE id >= ? AND id < ?", (block, block + ROOM)).fetchone()[0]
        if last is None or last + 1 < block + ROOM:
            return block if last is None else int(last) + 1
        block += ROOM


def withdraw(conn: Connection, number: int) -> None:
    """Take out a message that we recorded ourselves, because the channel's own copy of it has come in."""
    conversation = conn.execute("SELECT conversation_id FROM message WHERE id = ?", (number,)).fetchone()[0]
    index.remove(conn, [(number, words_of(conn, number))])
    conn.execute("DELETE FROM message WHERE id = ?", (number,))
    last = conn.execute(_LAST, (conversation,)).fetchone()
    conn.execute(
        "UPDATE conversation SET messages = messages - 1, last_message_id = ? WHERE id = ?",
        (last[0] if last else None, conversation),
    )


def before_undo_of_message(conn: Connection, op: str, number: int) -> None:
    """Before a message that we recorded goes by undo, its words leave the index."""
    if op == "insert":
        index.remove(conn, [(number, words_of(conn, number))])
