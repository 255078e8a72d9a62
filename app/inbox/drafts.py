"""The `draft` table: what is being written in each conversation, and to whom."""

from __future__ import annotations

from typing import NamedTuple

from app.base import clock
from app.store.sqlite import Connection
from app.store.undo import Step


class Draft(NamedTuple):
    """What is written in a conversation and not sent; `answers_id` is the message that it answers."""

    conversation_id: int
    text: str
    language: str = ""
    answers_id: int | None = None
    template_id: int | None = None


def keep(conn: Connection, draft: Draft) -> None:
    """Keep a draft in the place of the one before it."""
    _write(conn, "REPLACE", draft)


def put_back(conn: Connection, draft: Draft) -> bool:
    """Keep a draft again, unless another has been begun in its conversation since; whether it was kept."""
    return _write(conn, "IGNORE", draft)


def _write(conn: Connection, clash: str, draft: Draft) -> bool:
    written = conn.execute(
        f"INSERT OR {clash} INTO draft (conversation_id, text, language, answers_id, template_id, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (*draft, clock.now()),
    )
    return bool(written.rowcount > 0)


def forget(conn: Connection, conversation_id: int) -> None:
    """Forget what was being written there."""
    conn.execute("DELETE FROM draft WHERE conversation_id = ?", (conversation_id,))


def after_undo(conn: Connection, step: Step) -> None:
    """Words that come back by undo stand before what has been begun since, so that neither is lost."""
    back = step.before.get("text", "")
    row = conn.execute("SELECT text FROM draft WHERE conversation_id = ?", (step.row_id,)).fetchone()
    if step.op == "delete" and row is not None and row["text"].strip() != back.strip():
        conn.execute("UPDATE draft SET text = ? WHERE conversation_id = ?", (f"{back}\n\n{row['text']}", step.row_id))
