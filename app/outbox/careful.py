"""What is said before a new message to somebody who asked not to be written to, for window and shell alike."""

from __future__ import annotations

from contextlib import suppress

from app.base.errors import UserError
from app.members.cautions import of_writing
from app.outbox.letter_drafts import LetterDraft
from app.outbox.reach import identity_at
from app.store.sqlite import Connection


def caution(conn: Connection, draft: LetterDraft) -> str:
    """Who of a draft's receivers asked not to be written to, and why; "" where nobody did.

    They are found by address, by handle, and as the member whom the draft is for.
    """
    row = conn.execute("SELECT kind FROM account WHERE id = ?", (draft.account_id,)).fetchone()
    members = {draft.member_id}
    for box in draft.receivers if row is not None else ():
        with suppress(UserError):  # several have the handle: none of them is guessed
            members.add(identity_at(conn, row["kind"], box.address).member_id)
    known = [number for number in members if number is not None]
    return of_writing(conn, known, [box.address for box in draft.receivers])
