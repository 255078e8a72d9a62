"""Entrants from what members wrote or are marked with: each message of a conversation or a post, each tagged member."""

from __future__ import annotations

import json
from typing import NamedTuple

from app.base.errors import NotFoundError
from app.base.words import tr
from app.giveaways.entering import NewEntry
from app.store.sqlite import Connection

_MESSAGES = """
SELECT m.id, m.at, a.name AS channel, i.handle, i.key, coalesce(nullif(p.name, ''), i.handle) AS name, p.id AS member_id
FROM message m JOIN conversation c ON c.id = m.conversation_id JOIN account a ON a.id = m.account_id
  JOIN identity i ON i.id = m.identity_id JOIN member p ON p.id = i.member_id
WHERE NOT m.out AND m.kind = 'said' AND m.gone_at IS NULL AND m.quiet <> 'spam' AND {where}
  AND NOT EXISTS (SELECT 1 FROM giveaway_entry e WHERE e.giveaway_id = :giveaway AND e.message_id = m.id)
ORDER BY m.at, m.id
"""
_TAGGED = """
SELECT p.id AS member_id, p.name, p.email FROM member p JOIN member_label l ON l.member_id = p.id
WHERE l.label_id = :label AND p.merged_into IS NULL
  AND NOT EXISTS (SELECT 1 FROM giveaway_entry e WHERE e.giveaway_id = :giveaway AND e.member_id = p.id)
ORDER BY p.id
"""


_POSTS = """
SELECT c.post_url, max(c.post_title), json_group_array(DISTINCT a.name) FROM
  (SELECT * FROM conversation WHERE post_url <> '' AND messages > 0 ORDER BY id DESC LIMIT 3000) c
JOIN account a ON a.id = c.account_id GROUP BY rtrim(c.post_url, '/') ORDER BY max(c.last_at) DESC, max(c.id) DESC
LIMIT 50
"""


class Post(NamedTuple):
    """A post that somebody wrote under: its address and title, and the accounts on which they did, by name.

    One post has the same address on all of them, and is collected from all of them at once.
    """

    url: str
    title: str
    accounts: tuple[str, ...]


def posts(conn: Connection) -> list[Post]:
    """The posts that somebody wrote under lately, the latest first."""
    return [Post(url, title, tuple(sorted(json.loads(names)))) for url, title, names in conn.execute(_POSTS)]


def of_conversation(conn: Connection, giveaway: int, conversation: int) -> list[NewEntry]:
    """An entry for each message of others in a conversation that has none yet. Raises NotFoundError."""
    if conn.execute("SELECT 1 FROM conversation WHERE id = ?", (conversation,)).fetchone() is None:
        raise NotFoundError(tr("That conversation is no longer there."))
    return _messages(conn, "c.id = :value", giveaway, conversation)


def of_post(conn: Connection, giveaway: int, url: str) -> list[NewEntry]:
    """An entry for each message under the post with that address that has none yet."""
    return _messages(conn, "(rtrim(c.post_url, '/') = :value OR rtrim(c.url, '/') = :value)", giveaway, url.rstrip("/"))


def of_label(conn: Connection, giveaway: int, label: int) -> list[NewEntry]:
    """An entry for each member with that label who has none yet."""
    rows = conn.execute(_TAGGED, {"giveaway": giveaway, "label": label})
    return [NewEntry(row["name"], row["email"], "", None, row["member_id"]) for row in rows]


def _messages(conn: Connection, where: str, giveaway: int, value: object) -> list[NewEntry]:
    rows = conn.execute(_MESSAGES.format(where=where), {"giveaway": giveaway, "value": value})
    return [
        NewEntry(row["name"], row["handle"] or row["key"], row["channel"], row["at"], row["member_id"], row["id"])
        for row in rows
    ]
