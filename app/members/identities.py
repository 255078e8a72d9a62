"""Writes the `identity` table (members' names on the channels) in the transaction of the caller."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from app.base.message import Author
from app.store.sqlite import Connection


class NewIdentity(NamedTuple):
    """A new identity with its id, in the order of the table's columns."""

    id: int
    kind: str
    handle: str
    key: str
    name: str
    url: str
    member_id: int
    home_id: int
    batch_id: int | None


def insert(conn: Connection, new: Iterable[NewIdentity]) -> None:
    """Insert identities of existing members. Raises IntegrityError if a key is taken on that kind of channel."""
    conn.executemany(
        "INSERT INTO identity (id, kind, handle, key, name, url, member_id, home_id, batch_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new,
    )


def add(conn: Connection, kind: str, author: Author, member: int, batch_id: int | None = None) -> bool:
    """Give a member an identity with the author's key; returns False if the key is taken on that kind of channel."""
    made = conn.execute(
        "INSERT INTO identity (kind, handle, key, name, url, member_id, home_id, batch_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, key) DO NOTHING",
        (kind, author.handle, author.key, author.name, author.url, member, member, batch_id),
    )
    return bool(made.rowcount > 0)


def known_as(conn: Connection, kind: str, key: str, name: str, member: int) -> str:
    """The key of the member's identity on that kind of channel; if they have none, one with `key` is created.

    If they have several, `key` itself is preferred, else the oldest. If `key` belongs to somebody else, or the member
    has been merged into another, nothing is written and `key` is returned.
    """
    row = conn.execute(
        "SELECT key FROM identity WHERE kind = ? AND member_id = ? ORDER BY key = ? DESC, id LIMIT 1",
        (kind, member, key),
    ).fetchone()
    if row is not None:
        return str(row["key"])
    conn.execute(
        "INSERT INTO identity (kind, handle, key, name, member_id, home_id)"
        " SELECT ?1, ?3, ?2, ?3, id, id FROM member WHERE id = ?4 AND merged_into IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM identity WHERE kind = ?1 AND key = ?2)",
        (kind, key, name, member),
    )
    return key


def has(conn: Connection, member: int, kind: str, key: str) -> bool:
    """Whether a member has the identity with that key on that kind of channel."""
    row = conn.execute(
        "SELECT 1 FROM identity WHERE kind = ? AND key = ? AND member_id = ?", (kind, key, member)
    ).fetchone()
    return row is not None


def change_key(conn: Connection, number: int, key: str) -> bool:
    """Change an identity's key; returns False if the new key is taken."""
    return bool(conn.execute("UPDATE OR IGNORE identity SET key = ? WHERE id = ?", (key, number)).rowcount)


def move(conn: Connection, number: int, member: int) -> None:
    """Move an identity to another member."""
    conn.execute("UPDATE identity SET member_id = ? WHERE id = ?", (member, number))


def hand_over(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """Move the identities of member `gone` to member `into`, by one UPDATE; with `rows`, only those of these ids."""
    conn.execute(
        "UPDATE identity SET member_id = ?1 WHERE member_id = ?2"
        " AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))",
        (into, gone, None if rows is None else json.dumps(list(rows))),
    )


def remove(conn: Connection, numbers: Collection[int]) -> None:
    """Delete identities without messages."""
    conn.execute("DELETE FROM identity WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),))
