"""The `identity` table: a member's names on the channels, written within the transaction of whoever met them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from app.base.message import Author
from app.store.sqlite import Connection


class NewIdentity(NamedTuple):
    """A name that nobody has yet on that kind of channel, under a number of its own; in the order of the columns."""

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
    """Write names of members that are in the file; IntegrityError where a key is known on that kind of channel."""
    conn.executemany(
        "INSERT INTO identity (id, kind, handle, key, name, url, member_id, home_id, batch_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new,
    )


def add(conn: Connection, kind: str, author: Author, member: int, batch_id: int | None = None) -> bool:
    """Let the member be known by the author's key on that kind of channel; False where it is somebody's already."""
    made = conn.execute(
        "INSERT INTO identity (kind, handle, key, name, url, member_id, home_id, batch_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, key) DO NOTHING",
        (kind, author.handle, author.key, author.name, author.url, member, member, batch_id),
    )
    return bool(made.rowcount > 0)


def known_as(conn: Connection, kind: str, key: str, name: str, member: int) -> str:
    """The key of the member's own name on that kind of channel; where they have none yet, `key` becomes theirs.

    Of several it is `key`, else the first. Where `key` is somebody else's already, or the member has been merged into
    another, nothing is written and `key` comes back.
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


def change_key(conn: Connection, number: int, key: str) -> bool:
    """Let a name be known by another key from now on; False where that key is somebody's already."""
    return bool(conn.execute("UPDATE OR IGNORE identity SET key = ? WHERE id = ?", (key, number)).rowcount)


def move(conn: Connection, number: int, member: int) -> None:
    """Let a name be the member's."""
    conn.execute("UPDATE identity SET member_id = ? WHERE id = ?", (member, number))


def hand_over(conn: Connection, gone: int, into: int) -> None:
    """Let every name of one member be another's."""
    conn.execute("UPDATE identity SET member_id = ? WHERE member_id = ?", (into, gone))


def remove(conn: Connection, numbers: Collection[int]) -> None:
    """Take names out that nobody has spoken under."""
    conn.execute("DELETE FROM identity WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),))
