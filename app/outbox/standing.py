"""What a row of the outbox does to its conversation and its message, in somebody else's transaction."""

from __future__ import annotations

from app.inbox import answers
from app.inbox.answers import answered, last_incoming
from app.inbox.standing import settle
from app.intake import messages, numbers
from app.intake.messages import NewMessage
from app.outbox.entry import DISCARDED, FAILED, UNDECIDED, Entry
from app.store.sqlite import Connection

__all__ = ["answered", "is_out", "last_incoming", "record", "reopened", "withdraw"]


def reopened(conn: Connection, found: Entry) -> None:
    """Let the conversation stand as it does without this reply."""
    answers.unanswered(conn, found.conversation_id, then_done=found.then_done)


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
    if known is None:
        return _insert(conn, found, remote_id, at, url)
    messages.set_template(conn, known["id"], found.template_id)
    return int(known["id"])


def _insert(conn: Connection, found: Entry, remote_id: str | None, at: int, url: str) -> int:
    number = numbers.free(conn, at)
    (parent,) = conn.execute(
        "SELECT coalesce((SELECT remote_id FROM outbox WHERE id = ?), (SELECT remote_id FROM message WHERE id = ?))",
        (found.after_id, found.answers_id),
    ).fetchone()
    new = NewMessage(
        number, found.conversation_id, found.account_id, remote_id, parent, None, True, at, "said",  # noqa: FBT003
        found.text, found.language, url,
    )  # fmt: skip
    messages.insert_own(conn, new, found.template_id)
    answers.sent(conn, found.conversation_id, number, at, found.seen_id)
    return number


def withdraw(conn: Connection, number: int) -> None:
    """Take out a message that we recorded ourselves, because the channel's own copy of it has come in."""
    (conversation,) = conn.execute("SELECT conversation_id FROM message WHERE id = ?", (number,)).fetchone()
    messages.remove(conn, [number])
    answers.withdrawn(conn, conversation)
