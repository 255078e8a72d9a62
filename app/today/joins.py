"""What was put off until tomorrow follows its conversation into the one that it becomes part of."""

from __future__ import annotations

from collections.abc import Collection

from app.store.sqlite import Connection
from app.today.queue import CONVERSATION


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Put the other conversation off as the one was, in the transaction that joins the two.

    With `messages`, only those are moved: then nothing here goes with them.
    """
    if messages is None:
        conn.execute(
            "INSERT INTO put_off (noun, row_id, on_day) SELECT noun, ?1, on_day FROM put_off"
            " WHERE noun = ?2 AND row_id = ?3 ON CONFLICT DO NOTHING",
            (kept, CONVERSATION, gone),
        )
        conn.execute("DELETE FROM put_off WHERE noun = ? AND row_id = ?", (CONVERSATION, gone))
