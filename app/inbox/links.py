"""Writes `conversation_link`: two conversations about one matter, shown on both."""

from __future__ import annotations

from typing import NamedTuple

from app.base import clock
from app.inbox.whereabouts import whereabouts
from app.store.sqlite import Connection

LINKED = "linked"
"""The reason of a link that the person made; the others are those of `conversation_link.why`."""


class Link(NamedTuple):
    """The other conversation of a link: its id, title and account, and why the two are linked."""

    conversation_id: int
    title: str
    account: str
    why: str


def links(conn: Connection, number: int) -> tuple[Link, ...]:
    """The conversations that this one is linked to, in the order in which they were linked."""
    rows = conn.execute(
        "SELECT CASE WHEN conversation_id = ?1 THEN other_id ELSE conversation_id END AS other, why"
        " FROM conversation_link WHERE conversation_id = ?1 OR other_id = ?1 ORDER BY id",
        (number,),
    ).fetchall()
    now = whereabouts(conn, [row["other"] for row in rows])
    found = {now[row["other"]]: row["why"] for row in rows}
    return tuple(
        Link(other, title, account, why)
        for other, why in found.items()
        for title, account in conn.execute(
            "SELECT coalesce(nullif(c.title, ''), a.name), a.name FROM conversation c JOIN account a"
            " ON a.id = c.account_id WHERE c.id = ? AND c.messages > 0",
            (other,),
        )
        if other != number
    )


def insert(conn: Connection, first: int, second: int, why: str) -> bool:
    """Link two conversations; returns False if they were linked already."""
    made = conn.execute(
        "INSERT INTO conversation_link (conversation_id, other_id, why, at) SELECT ?1, ?2, ?3, ?4 WHERE NOT EXISTS"
        " (SELECT 1 FROM conversation_link WHERE conversation_id IN (?1, ?2) AND other_id IN (?1, ?2))",
        (first, second, why, clock.now()),
    )
    return bool(made.rowcount > 0)


def remove(conn: Connection, first: int, second: int) -> bool:
    """Remove the link between two conversations; returns False if there was none."""
    gone = conn.execute(
        "DELETE FROM conversation_link WHERE conversation_id IN (?1, ?2) AND other_id IN (?1, ?2)", (first, second)
    )
    return bool(gone.rowcount > 0)


def move(conn: Connection, gone: int, kept: int) -> None:
    """Give the links of one conversation to another; a link between the two has nothing left to say."""
    remove(conn, gone, kept)
    for number, why in conn.execute(
        "SELECT CASE WHEN conversation_id = ?1 THEN other_id ELSE conversation_id END, why FROM conversation_link"
        " WHERE conversation_id = ?1 OR other_id = ?1 ORDER BY id",
        (gone,),
    ).fetchall():
        remove(conn, gone, number)
        insert(conn, kept, number, why)
