"""Through which account a reply goes, and what is handed to its channel."""

from __future__ import annotations

import json

from app.channels.base import Author, Reply
from app.errors import NotFoundError, UserError
from app.ids import CONVERSATION, shown
from app.outbox.entry import Entry, make_key
from app.store.sqlite import Connection

_REFS = 20  # how many Message-IDs of a chain are named: the first and the latest; mail programs need no more

_SENDER = """
SELECT a.id, a.mode, a.state, a.kind, a.name, i.member_id, coalesce(nullif(p.name, ''), nullif(c.title, ''), a.name)
FROM conversation c JOIN account a ON a.id = c.account_id
LEFT JOIN identity i ON i.id = c.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE c.id = ?
"""
_LIVE = (
    "SELECT id FROM account WHERE kind = ? AND mode = 'live' AND state <> 'removed' ORDER BY state <> 'on', id LIMIT 1"
)


def sender(conn: Connection, conversation_id: int) -> tuple[int, int | None, str]:
    """Who sends: the account, the member and the name it goes to.

    A conversation from a file is answered through a live account of the same kind. UserError where there is none.
    """
    row = conn.execute(_SENDER, (conversation_id,)).fetchone()
    if row is None:
        msg = f"There is no conversation {shown(CONVERSATION, conversation_id)}."
        raise NotFoundError(msg)
    account, mode, state, kind, name, member, whom = row
    if mode == "file" or state == "removed":
        live = conn.execute(_LIVE, (kind,)).fetchone()
        if live is None:
            why = "came from a file" if mode == "file" else "is no longer connected"
            msg = f"“{name}” {why} and cannot send. Connect such an account first; the draft is kept."
            raise UserError(msg)
        account = live[0]
    return account, member, whom


def new_key(conn: Connection, account_id: int) -> str:
    """A new key of the account's kind, for good."""
    kind, own, fields = conn.execute("SELECT kind, own, fields FROM account WHERE id = ?", (account_id,)).fetchone()
    return make_key(kind, own, {key: str(value) for key, value in json.loads(fields or "{}").items()})


def reply(conn: Connection, found: Entry) -> Reply:
    """The row as a channel sends it, or looks it up: the same at every try."""
    thread, post_url, public = conn.execute(
        "SELECT remote_id, post_url, public FROM conversation WHERE id = ?", (found.conversation_id,)
    ).fetchone()
    refs = [
        row[0]
        for row in conn.execute(
            "SELECT remote_id FROM message WHERE conversation_id = ? AND remote_id IS NOT NULL AND at <= ?"
            " ORDER BY at, id",
            (found.conversation_id, found.created_at),
        )
    ]
    answers = conn.execute(
        "SELECT m.remote_id, i.key, i.handle, i.name, i.url FROM conversation c"
        " LEFT JOIN message m ON m.id = ? LEFT JOIN identity i ON i.id = coalesce(m.identity_id, c.identity_id)"
        " WHERE c.id = ?",
        (found.answers_id, found.conversation_id),
    ).fetchone()
    before = conn.execute(
        "SELECT e.remote_id FROM outbox o JOIN outbox e ON e.id = o.after_id WHERE o.id = ?", (found.id,)
    ).fetchone()
    parent = (before and before[0]) or answers[0] or (refs[-1] if refs else "")
    chain = [ref for ref in refs if ref != parent]
    shortened = chain[:1] + chain[1:][-(_REFS - 2) :]
    to = Author(answers[1], answers[2], answers[3], answers[4]) if answers[1] else None
    return Reply(
        key=found.key, text=found.text, thread=thread or "", parent=parent, title=found.title,
        refs=(*shortened, parent) if parent else (), to=to, at=found.created_at, post_url=post_url,
        public=bool(public), tried=found.tried,
    )  # fmt: skip
