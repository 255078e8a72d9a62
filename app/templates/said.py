"""What we wrote to a member before: our own messages to them, the latest first. Reads only."""

from __future__ import annotations

from typing import NamedTuple

from app.store.sqlite import Connection
from app.templates import terms

_MOST = 12
_OURS = """
SELECT m.id, m.at, m.conversation_id, m.text, m.language
FROM conversation c CROSS JOIN message m ON m.conversation_id = c.id
LEFT JOIN outbox o ON o.message_id = m.id LEFT JOIN identity t ON t.id = o.identity_id
LEFT JOIN message a ON a.account_id = m.account_id AND a.remote_id = m.parent_id AND a.out = 0
LEFT JOIN identity w ON w.id = a.identity_id
WHERE c.identity_id IN (SELECT id FROM identity WHERE member_id = ?1)
  AND m.out = 1 AND m.kind = 'said' AND m.gone_at IS NULL AND m.failed = '' AND m.quiet = ''
  AND coalesce(t.member_id, w.member_id, ?1) = ?1
ORDER BY m.at DESC, m.id DESC LIMIT ?2
"""


class Said(NamedTuple):
    """A message of ours: its id, when it was sent (Unix seconds), where, its words and their language."""

    id: int
    at: int
    conversation_id: int
    text: str
    language: str


def to_member(conn: Connection, member_id: int | None, most: int = _MOST) -> list[Said]:
    """Our latest messages to a member, in the conversations that they began; none for an unknown one."""
    if member_id is None:
        return []
    return [Said(*row) for row in conn.execute(_OURS, (member_id, most))]


def form_with(conn: Connection, member_id: int | None) -> tuple[str, Said | None]:
    """On which terms we are with a member, and the message of ours that tells it; None where their profile says so.

    What the profile says holds; else the latest message of ours that tells the terms and does not mix them. ("", None)
    where nothing does.
    """
    row = conn.execute("SELECT form_of_address FROM member WHERE id = ?", (member_id,)).fetchone()
    if row is None or row["form_of_address"]:
        return (row["form_of_address"] if row else ""), None
    for one in to_member(conn, member_id):
        form = terms.form_of(one.text, one.language)
        if form in (terms.FAMILIAR, terms.FORMAL):
            return form, one
    return "", None
