"""The `letter_draft` table: messages that are being written and have no conversation yet."""

from __future__ import annotations

import json
from typing import NamedTuple

from app.base import clock
from app.base.errors import NotFoundError
from app.base.message import Addressee
from app.base.words import tr
from app.store.merged import current_member
from app.store.sqlite import Connection, Row
from app.store.undo import Step

PRIVATE = "private"
"""Why a conversation is linked to the public one that it takes further (conversation_link.why)."""
_COLUMNS = (
    "id, account_id, receivers, subject, text, language, template_id, sender, together, forwards_id, linked_id,"
    " member_id, at, promise"
)


class LetterDraft(NamedTuple):
    """A message that is being written; `id` is 0 before it is first saved, `at` when that last was (Unix seconds).

    `receivers` are whom it goes to, `sender` an address of ours, "" for the account's. `together`: one letter to all of
    them, who see each other; else each gets a letter of their own. `forwards_id` is the message inside it, `linked_id`
    the conversation that it takes further in private, `member_id` whom it is for while no address of theirs is known,
    `promise` what it is about to promise and keep, as `app.promises.drafted_text` has it.
    """

    id: int = 0
    account_id: int | None = None
    receivers: tuple[Addressee, ...] = ()
    subject: str = ""
    text: str = ""
    language: str = ""
    template_id: int | None = None
    sender: str = ""
    together: bool = False
    forwards_id: int | None = None
    linked_id: int | None = None
    member_id: int | None = None
    at: int = 0
    promise: str = ""


def every(conn: Connection) -> list[LetterDraft]:
    """All drafts, the latest first."""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM letter_draft ORDER BY at DESC, id DESC")
    return [_from_row(conn, row) for row in rows.fetchall()]


def _from_row(conn: Connection, row: Row) -> LetterDraft:
    number, account, receivers, *rest = row
    subject, text, language, template, sender, together, forwards, linked, member, at, promise = rest
    member = None if member is None else current_member(conn, member)
    boxes = tuple(Addressee(*box) for box in json.loads(receivers))
    return LetterDraft(
        number, account, boxes, subject, text, language, template, sender, bool(together), forwards, linked, member, at,
        promise,
    )  # fmt: skip


def get(conn: Connection, number: int) -> LetterDraft:
    """The draft with this id. Raises NotFoundError if there is none."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM letter_draft WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise NotFoundError(tr("That draft is no longer there."))
    return _from_row(conn, row)


def save(conn: Connection, draft: LetterDraft) -> LetterDraft:
    """Save a draft, replacing what it was; returns it with its id."""
    now = clock.now()
    receivers = json.dumps([list(box) for box in draft.receivers], ensure_ascii=False)
    values = (
        draft.account_id, receivers, draft.subject, draft.text, draft.language, draft.template_id, draft.sender,
        draft.together, draft.forwards_id, draft.linked_id, draft.member_id, now,
        draft.promise,
    )  # fmt: skip
    made = conn.execute(
        f"INSERT INTO letter_draft ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, receivers = excluded.receivers,"
        " subject = excluded.subject, text = excluded.text, language = excluded.language,"
        " template_id = excluded.template_id, sender = excluded.sender, together = excluded.together,"
        " linked_id = excluded.linked_id, member_id = excluded.member_id, at = excluded.at,"
        " promise = excluded.promise",
        (draft.id or None, *values),
    )
    return draft._replace(id=draft.id or int(made.lastrowid or 0), at=now)


def delete(conn: Connection, number: int) -> None:
    """Delete a draft, if it is there."""
    conn.execute("DELETE FROM letter_draft WHERE id = ?", (number,))


def put_back(conn: Connection, draft: LetterDraft) -> int:
    """Keep the words of a letter that is not sent as a draft again, in the caller's transaction; returns its id."""
    return save(conn, draft._replace(id=0)).id


def after_undo(conn: Connection, step: Step) -> None:
    """After an undo: keep the restored words of a draft that was written on since, in front of the newer ones."""
    back = step.before.get("text", "")
    row = conn.execute("SELECT text FROM letter_draft WHERE id = ?", (step.row_id,)).fetchone()
    if step.op == "delete" and row is not None and row["text"].strip() != back.strip():
        conn.execute("UPDATE letter_draft SET text = ? WHERE id = ?", (f"{back}\n\n{row['text']}", step.row_id))
