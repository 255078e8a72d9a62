"""The data types of quarrels, and how they are read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from app.store.sqlite import Connection, Row

OPEN, SETTLED, NONE = "open", "settled", "none"
"""Its state: somebody has to look, it is over, or it never was a quarrel."""
STATES = (OPEN, SETTLED, NONE, "all")
_SELECT = """
SELECT q.id, q.conversation_id, c.title, a.name AS account, q.found_at, q.heat, q.signs, q.by_hand, q.state, q.state_at,
  q.note, c.last_at FROM quarrel q JOIN conversation c ON c.id = q.conversation_id JOIN account a ON a.id = c.account_id
"""
_SIDES = """
SELECT s.identity_id, i.member_id, coalesce(nullif(p.name, ''), nullif(i.name, ''), i.handle) AS name
FROM quarrel_side s JOIN identity i ON i.id = s.identity_id JOIN member p ON p.id = i.member_id
WHERE s.quarrel_id = ? ORDER BY s.id
"""


class Party(NamedTuple):
    """One side: under which name, and which member."""

    identity_id: int
    member_id: int
    name: str


class Quarrel(NamedTuple):
    """One case. `heat` is what it was when it was last found, `messages` the sharp ones; times are Unix seconds."""

    id: int
    conversation_id: int
    title: str
    account: str
    found_at: int
    heat: int
    messages: tuple[int, ...]
    by_hand: bool
    state: str
    state_at: int | None
    note: str
    last_at: int
    sides: tuple[Party, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the sides are called."""
        return tuple(side.name for side in self.sides)


class Past(NamedTuple):
    """What is known of a side: since when, how much they wrote, how often they helped, and their earlier quarrels."""

    party: Party
    first_at: int | None
    messages: int
    helped: int
    quarrels: int
    deeds: int
    said: tuple[tuple[int, int, str], ...]
    """Their sharp messages there: id, time (Unix seconds), text."""


def read(conn: Connection, where: str, values: Sequence[object] = ()) -> list[Quarrel]:
    """The quarrels that meet a condition in SQL, but for those of which a side has gone with an import.

    Nor one whose sides are one person by now: nobody quarrels with themselves.
    """
    two = (
        "(SELECT count(DISTINCT i.member_id) FROM quarrel_side s JOIN identity i ON i.id = s.identity_id"
        " WHERE s.quarrel_id = q.id) > 1"
    )
    return [_quarrel(conn, row) for row in conn.execute(f"{_SELECT} WHERE {two} AND {where}", values).fetchall()]


def _quarrel(conn: Connection, row: Row) -> Quarrel:
    sides = tuple(Party(*side) for side in conn.execute(_SIDES, (row["id"],)))
    return Quarrel(
        row["id"], row["conversation_id"], row["title"], row["account"], row["found_at"], row["heat"],
        tuple(json.loads(row["signs"] or "[]")), bool(row["by_hand"]), row["state"], row["state_at"], row["note"],
        row["last_at"], sides,
    )  # fmt: skip


def past(conn: Connection, quarrel: Quarrel, side: Party) -> Past:
    """What is known of one side of a quarrel."""
    first, many = conn.execute(
        "SELECT p.first_at, (SELECT count(*) FROM identity i JOIN message m ON m.identity_id = i.id AND m.out = 0"
        " WHERE i.member_id = p.id) FROM member p WHERE p.id = ?",
        (side.member_id,),
    ).fetchone()
    helped, quarrels, deeds = conn.execute(
        "SELECT (SELECT count(*) FROM help h JOIN identity i ON i.id = h.identity_id WHERE i.member_id = ?1),"
        " (SELECT count(DISTINCT q.id) FROM quarrel_side s JOIN identity i ON i.id = s.identity_id"
        "   JOIN quarrel q ON q.id = s.quarrel_id AND q.state <> 'none' AND q.id <> ?2 WHERE i.member_id = ?1),"
        " (SELECT count(*) FROM moderation d WHERE d.state NOT IN ('undone', 'failed')"
        "   AND d.member_id IN (SELECT ?1 UNION SELECT home_id FROM identity WHERE member_id = ?1))",
        (side.member_id, quarrel.id),
    ).fetchone()
    said = conn.execute(
        "SELECT m.id, m.at, m.text FROM json_each(?) j CROSS JOIN message m ON m.id = j.value"
        " JOIN identity i ON i.id = m.identity_id WHERE i.member_id = ? ORDER BY m.id",
        (json.dumps(quarrel.messages), side.member_id),
    )
    return Past(side, first, many, helped, quarrels, deeds, tuple((number, at, words) for number, at, words in said))
