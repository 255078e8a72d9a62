"""The `draft` table: the unsent text in each conversation, and whom it is for."""

from __future__ import annotations

from typing import NamedTuple

from app.base import clock
from app.inbox.whereabouts import current
from app.store.sqlite import Connection
from app.store.undo import Step


class Draft(NamedTuple):
    """An unsent text in a conversation; `answers_id` is the message that it answers.

    `addressing` is whom a letter is to go to, packed by `app.inbox.addressing`.
    """

    conversation_id: int
    text: str
    language: str = ""
    answers_id: int | None = None
    template_id: int | None = None
    addressing: str = ""


def get(conn: Connection, conversation_id: int) -> Draft | None:
    """The conversation's draft; None if there is none."""
    row = conn.execute(
        "SELECT conversation_id, text, language, answers_id, template_id, addressing FROM draft"
        " WHERE conversation_id = ?",
        (conversation_id,),
    ).fetchone()
    return None if row is None else Draft(*row)


def save(conn: Connection, draft: Draft) -> None:
    """Save a draft, replacing the previous one; what that is about to promise stays."""
    _write(conn, _REPLACE, draft)


def put_back(conn: Connection, draft: Draft) -> bool:
    """Restore a draft, unless a newer one exists in its conversation; return whether it was restored."""
    return _write(conn, "NOTHING", draft)


_REPLACE = "UPDATE SET " + ", ".join(
    f"{column} = excluded.{column}" for column in ("text", "language", "answers_id", "template_id", "addressing", "at")
)


def promised(conn: Connection, conversation_id: int) -> str:
    """What the draft is about to promise, as `app.promises` packs it; "" for nothing, or without a draft."""
    row = conn.execute("SELECT promise FROM draft WHERE conversation_id = ?", (conversation_id,)).fetchone()
    return "" if row is None else str(row["promise"])


def note_promised(conn: Connection, conversation_id: int, promise: str) -> None:
    """Keep what the draft is about to promise; without a draft there is nothing to keep it with."""
    conn.execute(
        "UPDATE draft SET promise = ?1 WHERE conversation_id = ?2 AND promise <> ?1", (promise, conversation_id)
    )


def _write(conn: Connection, clash: str, draft: Draft) -> bool:
    written = conn.execute(
        "INSERT INTO draft (conversation_id, text, language, answers_id, template_id, addressing, at)"
        f" VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (conversation_id) DO {clash}",
        (*draft, clock.now()),
    )
    return bool(written.rowcount > 0)


def delete(conn: Connection, conversation_id: int) -> None:
    """Delete the conversation's draft."""
    conn.execute("DELETE FROM draft WHERE conversation_id = ?", (conversation_id,))


def move(conn: Connection, gone: int, kept: int) -> None:
    """Give the draft of one conversation to another; behind the one that is there, so that neither is lost."""
    row = conn.execute(
        "SELECT text, language, answers_id, template_id, addressing FROM draft WHERE conversation_id = ?", (gone,)
    ).fetchone()
    if row is None:
        return
    promise = promised(conn, gone)
    append(conn, Draft(kept, *row))
    if promise and not promised(conn, kept):
        note_promised(conn, kept, promise)
    delete(conn, gone)


def append(conn: Connection, draft: Draft) -> None:
    """Save a draft; where its conversation has one already, put its text behind that, unless it is in it."""
    row = conn.execute("SELECT text FROM draft WHERE conversation_id = ?", (draft.conversation_id,)).fetchone()
    before, text = (row["text"].strip() if row is not None else ""), draft.text.strip()
    if not text or text in before:
        return
    if not before:
        save(conn, draft)
        return
    whole = draft.text if text.startswith(before) else f"{before}\n\n{draft.text}"
    conn.execute("UPDATE draft SET text = ? WHERE conversation_id = ?", (whole, draft.conversation_id))


def after_undo(conn: Connection, step: Step) -> None:
    """After an undo: prepend the restored text to a draft begun since, so that neither is lost.

    The draft of a conversation that was joined into another since goes there.
    """
    back = step.before.get("text", "")
    row = conn.execute("SELECT text FROM draft WHERE conversation_id = ?", (step.row_id,)).fetchone()
    if step.op == "delete" and row is not None and row["text"].strip() != back.strip():
        conn.execute("UPDATE draft SET text = ? WHERE conversation_id = ?", (f"{back}\n\n{row['text']}", step.row_id))
    here = current(conn, step.row_id)
    if here != step.row_id:
        move(conn, step.row_id, here)
