"""Enquiries that a colleague passed on to us: by whom, and what they said about it. Whoever asked is answered."""

from __future__ import annotations

from typing import NamedTuple

from app.base import ids
from app.base.errors import UserError
from app.base.words import tr
from app.store.sqlite import Connection
from app.store.store import Store


class PassedOn(NamedTuple):
    """That a conversation was passed on; `at` is in Unix seconds, `teammate_id` None for a colleague who is none."""

    by: str
    teammate_id: int | None
    note: str
    at: int
    message_id: int | None

    @property
    def sentence(self) -> str:
        """Who passed it on, and what they said: "Passed on by Jón Einarsson: Can you take this?"."""
        note = " ".join(self.note.split())
        if note:
            return tr("Passed on by {name}: {note}").format(name=self.by, note=note)
        return tr("Passed on by {name}").format(name=self.by)


def passed_on(conn: Connection, conversation_id: int) -> PassedOn | None:
    """Who passed a conversation on; None if nobody did."""
    row = conn.execute(
        "SELECT p.by_name, p.teammate_id, p.note, p.at, p.message_id FROM passed_on p WHERE p.conversation_id = ?",
        (conversation_id,),
    ).fetchone()
    return None if row is None else PassedOn(*row)


def was_not_passed_on(store: Store, conversation_id: int) -> PassedOn:
    """Say that nobody passed a conversation on, as one action; returns what was said of it.

    Its messages stay as they are, and are answered to whoever they are from. Raises UserError if none said otherwise.
    """
    found = passed_on(store.read, conversation_id)
    if found is None:
        shown = ids.display(ids.CONVERSATION, conversation_id)
        raise UserError(tr("{id} isn't marked as passed on.").format(id=shown))
    with store.write(tr("Not passed on by {name}").format(name=found.by)) as conn:
        conn.execute("DELETE FROM passed_on WHERE conversation_id = ?", (conversation_id,))
    return found
