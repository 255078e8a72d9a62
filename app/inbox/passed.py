"""Enquiries that a colleague passed on to us: by whom, and what they said about it. Whoever asked is answered."""

from __future__ import annotations

from typing import NamedTuple

from app.base.words import tr
from app.store.sqlite import Connection


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
