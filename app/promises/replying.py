"""What becomes of promises with the reply that makes or keeps them, each in the transaction of the outbox."""

from __future__ import annotations

from app.promises.drafted import Drafted, Made
from app.store.merged import current_member
from app.store.sqlite import Connection


def submitted(
    conn: Connection, outbox_id: int, conversation_id: int, member_id: int | None, drafted: Drafted, at: int
) -> None:
    """The reply with that row was submitted at `at` (Unix seconds): what it promises is promised from now on.

    Those that it keeps are kept once it is sent. Nothing is promised to nobody: without a member only those are noted.
    """
    if member_id is not None:
        member_id = current_member(conn, member_id)
        conn.executemany(
            "INSERT INTO promise (member_id, conversation_id, what, at, due_on, outbox_id) VALUES (?, ?, ?, ?, ?, ?)",
            [(member_id, conversation_id, one.what, at, one.due_on or None, outbox_id) for one in drafted.made],
        )
    conn.executemany(
        "UPDATE promise SET kept_outbox_id = ? WHERE id = ? AND kept_at IS NULL AND dropped_why = ''",
        [(outbox_id, number) for number in drafted.keeps],
    )


def delivered(conn: Connection, outbox_id: int, message_id: int, at: int) -> None:
    """The reply is sent as that message, at `at` (Unix seconds): the member has been told. Once more is no harm."""
    conn.execute("UPDATE promise SET message_id = ? WHERE outbox_id = ?", (message_id, outbox_id))
    conn.execute(
        "UPDATE promise SET kept_at = coalesce(kept_at, ?), kept_message_id = ? WHERE kept_outbox_id = ?"
        " AND dropped_why = ''",
        (at, message_id, outbox_id),
    )


def taken_back(conn: Connection, outbox_id: int) -> Drafted:
    """The reply will not be sent: what it promised is no promise, what it was to keep is open; returns both.

    A promise that was kept or dropped meanwhile stays.
    """
    made = conn.execute(
        "SELECT id, what, coalesce(due_on, '') FROM promise WHERE outbox_id = ? AND message_id IS NULL"
        " AND kept_at IS NULL AND dropped_why = '' ORDER BY id",
        (outbox_id,),
    ).fetchall()
    kept = conn.execute("SELECT id FROM promise WHERE kept_outbox_id = ? AND kept_at IS NULL", (outbox_id,)).fetchall()
    conn.executemany("DELETE FROM promise WHERE id = ?", [(number,) for number, _what, _due in made])
    conn.executemany("UPDATE promise SET kept_outbox_id = NULL WHERE id = ?", [(number,) for (number,) in kept])
    return Drafted(tuple(Made(what, due) for _number, what, due in made), tuple(number for (number,) in kept))
