"""Names that people sign with: whether two are one person's, and which are still to be asked about."""

from __future__ import annotations

from typing import NamedTuple

from app.base.text import words
from app.base.words import tr
from app.store.sqlite import Connection

_SIGNED = """
SELECT min(m.id) AS first, m.identity_id, m.envelope ->> '$.from[0][0]' AS signed, i.name, i.handle,
  coalesce(p.name, '') AS member
FROM message m JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE m.conversation_id = ? AND m.out = 0 AND m.quiet = '' AND m.envelope LIKE '{"from":%'
GROUP BY m.identity_id, signed ORDER BY first
"""


SIGNED = """
CASE WHEN c.public = 0 THEN (SELECT nullif(s.envelope ->> '$.from[0][0]', '') FROM message s
  WHERE s.conversation_id = c.id AND s.out = 0 AND s.identity_id = c.identity_id AND s.envelope LIKE '{"from":%'
  ORDER BY s.id LIMIT 1) END
"""
"""SQL on a conversation `c`: the name that whom it is with signs with, if they are known by another; else NULL."""


class NameQuestion(NamedTuple):
    """A name new to an address that somebody else is known by; the question is whether it is the same person.

    `message_id` is the first message in the conversation that bears the name, `known_as` the member's name.
    """

    message_id: int
    identity_id: int
    name: str
    known_as: str
    address: str


def in_words(asked: NameQuestion) -> str:
    """The question in a sentence or two."""
    return tr("“{name}” is a new name for {address}, where {known} writes from. Is it the same person?").format(
        name=asked.name, address=asked.address, known=asked.known_as
    )


def is_same_name(one: str, other: str) -> bool:
    """Whether two names have the same words, in any order, case and accents aside."""
    return sorted(words(one)) == sorted(words(other))


def may_be_one(one: str, other: str) -> bool:
    """Whether two names may be one person's without a question: one says no more than the other, or is no name."""
    ours, theirs = set(words(one)), set(words(other))
    return "@" in one or "@" in other or ours <= theirs or theirs <= ours


def questions(conn: Connection, conversation_id: int) -> tuple[NameQuestion, ...]:
    """The names in a conversation that are still to be asked about, each once, in the order of their messages."""
    found: list[NameQuestion] = []
    for row in conn.execute(_SIGNED, (conversation_id,)):
        name = row["signed"]
        known = [row["name"] or row["member"], row["member"]]
        known += (
            given
            for (given,) in conn.execute("SELECT name FROM known_name WHERE identity_id = ?", (row["identity_id"],))
        )
        known += (asked.name for asked in found if asked.identity_id == row["identity_id"])
        if not name or not row["name"] or any(may_be_one(name, other) for other in known if other):
            continue
        found.append(NameQuestion(row["first"], row["identity_id"], name, row["member"] or row["name"], row["handle"]))
    return tuple(found)


def question_about(conn: Connection, message_id: int) -> NameQuestion | None:
    """The open question about the name that a message bears, whichever message asks it; None if there is none."""
    row = conn.execute(
        "SELECT conversation_id, identity_id, envelope ->> '$.from[0][0]' AS signed FROM message WHERE id = ?"
        " AND envelope <> ''",
        (message_id,),
    ).fetchone()
    if row is None or not row["signed"]:
        return None
    return next(
        (
            asked for asked in questions(conn, row["conversation_id"])
            if asked.identity_id == row["identity_id"] and is_same_name(asked.name, row["signed"])
        ),
        None,
    )  # fmt: skip
