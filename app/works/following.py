"""What becomes of works with the reply that asks for them, each in the transaction of the outbox."""

from __future__ import annotations

from app.base.text import folded_words
from app.store.sqlite import Connection
from app.works.work import today

ASK_KEY = "ask-permission"
"""The key of the template that asks."""
_MAY_BE_ASKED = "(w.state = 'noted' OR w.state = 'granted' AND w.until_on <> '' AND w.until_on < :today)"


def asked_with(
    conn: Connection, outbox_id: int, template_id: int | None, text: str, member_id: int | None, at: int
) -> None:
    """A reply to that member was submitted at `at` (Unix seconds): what it asks for by the template is asked now.

    It asks for the works that it names; where it names none, for the ones that came in its conversation.
    """
    if template_id is None or member_id is None or not _is_asking(conn, template_id):
        return
    rows = conn.execute(
        "SELECT w.id, w.title, m.conversation_id IS (SELECT conversation_id FROM outbox WHERE id = :outbox) AS here"
        f" FROM work w LEFT JOIN message m ON m.id = w.message_id WHERE w.member_id = :member AND {_MAY_BE_ASKED}",
        {"outbox": outbox_id, "member": member_id, "today": today().isoformat()},
    ).fetchall()
    said = f" {folded_words(text)} "
    named = [row["id"] for row in rows if f" {folded_words(row['title'])} " in said]
    conn.executemany(
        "UPDATE work SET state = 'asked', asked_at = ?, asked_outbox_id = ? WHERE id = ?",
        [(at, outbox_id, number) for number in named or [row["id"] for row in rows if row["here"]]],
    )


def _is_asking(conn: Connection, template_id: int) -> bool:
    row = conn.execute("SELECT 1 FROM template WHERE id = ? AND key = ?", (template_id, ASK_KEY)).fetchone()
    return row is not None


def sent_with(conn: Connection, outbox_id: int, at: int) -> None:
    """The reply was sent at `at` (Unix seconds): from then on an answer may come."""
    conn.execute("UPDATE work SET asked_at = ? WHERE asked_outbox_id = ? AND state = 'asked'", (at, outbox_id))


def taken_back(conn: Connection, outbox_id: int) -> None:
    """The reply will not be sent: what it asked for is not asked. A permission that had ended is given, and ended."""
    conn.execute(
        "UPDATE work SET state = iif(said_at IS NULL, 'noted', 'granted'), asked_at = NULL, asked_outbox_id = NULL"
        " WHERE asked_outbox_id = ? AND state = 'asked'",
        (outbox_id,),
    )
