"""Effects of an outbox row on its conversation and message, in the transaction of the caller."""

from __future__ import annotations

import json
from collections.abc import Collection

from app.inbox import answers
from app.inbox.answers import answered, last_incoming
from app.inbox.standing import update_waiting_since
from app.intake import envelope, messages, numbers
from app.intake.messages import NewMessage
from app.outbox.entry import DISCARDED, FAILED, UNDECIDED, Entry
from app.store.sqlite import Connection

__all__ = ["answered", "is_out", "last_incoming", "move_conversation", "record", "reopened", "withdraw"]


def reopened(conn: Connection, outgoing: Entry) -> None:
    """Recompute the conversation without this reply."""
    answers.unanswered(conn, outgoing.conversation_id, then_done=outgoing.then_done)


def is_out(conn: Connection, outgoing: Entry) -> None:
    """Mark the conversation as answered by a reply that was sent; `outgoing` is its row before that.

    Call it after the row's message_id is set: that is how a reply is told from other messages of ours.
    """
    update_waiting_since(conn, [outgoing.conversation_id])
    if outgoing.state in (UNDECIDED, FAILED, DISCARDED):  # then the conversation had been reopened
        answered(conn, outgoing.conversation_id, outgoing.seen_id, then_done=outgoing.then_done)


def record(conn: Connection, outgoing: Entry, remote_id: str | None, at: int, url: str = "") -> int:
    """The id of a sent reply's message: the one that a pull has already stored, else a new one."""
    known = conn.execute(
        "SELECT id FROM message WHERE account_id = ? AND remote_id = ?", (outgoing.account_id, remote_id)
    ).fetchone()
    if known is None:
        return _insert(conn, outgoing, remote_id, at, url)
    messages.set_template(conn, known["id"], outgoing.template_id)
    return int(known["id"])


def _insert(conn: Connection, outgoing: Entry, remote_id: str | None, at: int, url: str) -> int:
    number = numbers.free(conn, at)
    (parent,) = conn.execute(
        "SELECT coalesce((SELECT remote_id FROM outbox WHERE id = ?), (SELECT remote_id FROM message WHERE id = ?))",
        (outgoing.after_id, outgoing.answers_id),
    ).fetchone()
    new = NewMessage(
        number, outgoing.conversation_id, outgoing.account_id, remote_id, parent, None, True, at, "said",  # noqa: FBT003  a row of the table
        outgoing.whole, outgoing.language, url, addressed="\n".join(box.address.lower() for box in outgoing.boxes),
        envelope=envelope.sent(outgoing.boxes, outgoing.sender),
    )  # fmt: skip
    messages.insert_own(conn, new, outgoing.template_id)
    answers.sent(conn, outgoing.conversation_id, number, at, outgoing.seen_id)
    return number


def withdraw(conn: Connection, number: int) -> None:
    """Delete a message that we inserted ourselves, because the channel's own copy has been pulled."""
    (conversation,) = conn.execute("SELECT conversation_id FROM message WHERE id = ?", (number,)).fetchone()
    messages.remove(conn, [number])
    answers.withdrawn(conn, conversation)


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give the replies of one conversation to another, in the transaction that joins the two.

    With `messages`, only those are moved, and with them the replies that became these messages or are to answer them.
    The files of a draft are where the draft is.
    """
    conn.execute(
        "UPDATE outbox SET conversation_id = ?1 WHERE conversation_id = ?2 AND (?3 IS NULL"
        " OR coalesce(message_id, answers_id) IN (SELECT value FROM json_each(?3)))",
        (kept, gone, None if messages is None else json.dumps(list(messages))),
    )
    conn.execute(
        "UPDATE outgoing_file SET conversation_id = ?1 WHERE conversation_id = ?2"
        " AND NOT EXISTS (SELECT 1 FROM draft WHERE conversation_id = ?2)",
        (kept, gone),
    )
    if messages is None:
        conn.execute("UPDATE letter_draft SET linked_id = ? WHERE linked_id = ?", (kept, gone))
