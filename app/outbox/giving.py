"""Files for teammates that go with letters: the register of what was given follows the letter that carries them."""

from __future__ import annotations

from app import given
from app.handoffs import given_again
from app.outbox.whose import LETTER, OUTBOX, Whose
from app.store.sqlite import Connection


def moved(conn: Connection, whose: Whose, to: Whose) -> None:
    """The files of one thing go with another now, in the caller's transaction."""
    if whose.column == LETTER and to.column == OUTBOX:
        given.submitted(conn, whose.id, to.id)
    elif whose.column == OUTBOX and to.column == LETTER:
        given.written_again(conn, whose.id, to.id)


def detached(conn: Connection, whose: Whose) -> None:
    """Files of a draft were taken away: what they held counts as given only where another file has it."""
    if whose.column == LETTER:
        rows = conn.execute("SELECT name FROM outgoing_file WHERE letter_draft_id = ?", (whose.id,)).fetchall()
        given_again(conn, given.struck(conn, whose.id, [row["name"] for row in rows]))
