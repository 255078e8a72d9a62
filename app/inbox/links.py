"""Links between two conversations about one matter: a public one and its private one, or as the person linked them."""

from __future__ import annotations

from typing import NamedTuple

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.store.sqlite import Connection

PRIVATE, LINKED, FORWARD = "private", "linked", "forward"
"""Why two conversations are linked: the second takes the first further in private, the person linked them, or a message
of the first was forwarded in the second."""
_LINKS = """
SELECT l.id, c.id, coalesce(nullif(c.title, ''), nullif(c.post_title, ''), a.name), l.why, l.at, c.public,
  a.name, a.kind, c.state, l.conversation_id = ?1
FROM conversation_link l
JOIN conversation c ON c.id = CASE WHEN l.conversation_id = ?1 THEN l.other_id ELSE l.conversation_id END
JOIN account a ON a.id = c.account_id
WHERE ?1 IN (l.conversation_id, l.other_id) ORDER BY l.at, l.id
"""


class Link(NamedTuple):
    """The other conversation of a link; `at` is when they were linked (Unix seconds).

    `state` is "empty" while its first message is not sent yet. `first`: this conversation is the one that the other
    goes back to: the public one, or the one whose message was forwarded.
    """

    id: int
    conversation_id: int
    title: str
    why: str
    at: int
    public: bool
    account: str
    kind: str
    state: str
    first: bool


def links(conn: Connection, conversation_id: int) -> tuple[Link, ...]:
    """The conversations that this one is linked to, in the order in which they were linked."""
    rows = conn.execute(_LINKS, (conversation_id,))
    return tuple(
        Link(number, other, title, why, at, bool(public), account, kind, state, bool(first))
        for number, other, title, why, at, public, account, kind, state, first in rows
    )


def link(conn: Connection, conversation_id: int, other_id: int, why: str = LINKED) -> None:
    """Link two conversations; nothing happens if they are linked already. Raises UserError for one with itself."""
    if conversation_id == other_id:
        raise UserError(tr("A conversation can't be linked to itself."))
    if any(known.conversation_id == other_id for known in links(conn, conversation_id)):
        return
    conn.execute(
        "INSERT INTO conversation_link (conversation_id, other_id, why, at) VALUES (?, ?, ?, ?)",
        (conversation_id, other_id, why, clock.now()),
    )


def unlink(conn: Connection, conversation_id: int, other_id: int) -> None:
    """Take the link of two conversations away. Raises NotFoundError if there is none."""
    gone = conn.execute(
        "DELETE FROM conversation_link WHERE (conversation_id, other_id) IN ((?1, ?2), (?2, ?1))",
        (conversation_id, other_id),
    )
    if not gone.rowcount:
        raise NotFoundError(tr("These conversations aren't linked."))


def move(conn: Connection, conversation_id: int, to: int) -> None:
    """Let another conversation have the links of this one, which is going to be removed."""
    for known in links(conn, conversation_id):
        if known.conversation_id != to:
            pair = (to, known.conversation_id) if known.first else (known.conversation_id, to)
            link(conn, *pair, known.why)
    conn.execute("DELETE FROM conversation_link WHERE ? IN (conversation_id, other_id)", (conversation_id,))
