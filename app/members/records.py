"""Writes the tables `member` and `member_index` in the transaction of the caller."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from app.base.text import words
from app.store.sqlite import Connection

_OF_A_MINUTE = 64
"""More messages than can share the minute in their ids."""


class NewMember(NamedTuple):
    """A member to insert on their first message, with id, in the order of the table's columns."""

    id: int
    name: str
    language: str
    first_at: int
    last_at: int
    batch_id: int | None
    created_at: int
    email: str


def insert_speakers(conn: Connection, new: Iterable[NewMember], handles: Mapping[int, str]) -> None:
    """Insert members on their first message, indexed by name and handle (`handles` by member id)."""
    people = list(new)
    conn.executemany(
        "INSERT INTO member (id, name, language, first_at, last_at, batch_id, created_at, email)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        people,
    )
    conn.executemany(
        "INSERT INTO member_index (rowid, words) VALUES (?, ?)",
        [(member.id, " ".join(words(f"{member.name} {handles[member.id]}"))) for member in people],
    )


def insert(conn: Connection, values: Mapping[str, object]) -> int:
    """Insert a member with these columns; returns the id. Call `reindex` to make them searchable."""
    made = conn.execute(
        f"INSERT INTO member ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
    )
    return int(made.lastrowid or 0)


def change(conn: Connection, number: int, values: Mapping[str, object]) -> None:
    """Update columns of a member, at least one. Call `reindex` to make the new words searchable."""
    settings = ", ".join(f"{column} = ?" for column in values)
    conn.execute(f"UPDATE member SET {settings} WHERE id = ?", (*values.values(), number))


def has_spoken(conn: Connection, spans: Iterable[tuple[int, int, int]]) -> None:
    """Extend the time span in which members have written: (member id, first, last) in Unix seconds."""
    conn.executemany(
        "UPDATE member SET first_at = min(coalesce(first_at, ?2), ?2),"
        " last_at = max(coalesce(last_at, ?3), ?3) WHERE id = ?1",
        spans,
    )


def insert_merge(conn: Connection, values: Mapping[str, object]) -> int:
    """Keep what a merge changed; returns its id."""
    made = conn.execute(
        f"INSERT INTO member_merge ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",
        tuple(values.values()),
    )
    return int(made.lastrowid or 0)


def set_apart(conn: Connection, one: int, other: int, why: str, now: int) -> None:
    """Remember that two members are not one person; nothing if that is known."""
    conn.execute(
        "INSERT OR IGNORE INTO member_apart (one_id, other_id, at, why) VALUES (?, ?, ?, ?)",
        (min(one, other), max(one, other), now, why),
    )


def part(conn: Connection, merge: int, gone: int, kept: int, now: int) -> None:
    """Take back that `gone` was merged, and measure again when both have written; `merge` is taken apart from now."""
    conn.execute("UPDATE member_merge SET parted_at = ? WHERE id = ?", (now, merge))
    conn.execute("UPDATE member SET merged_into = NULL WHERE id = ?", (gone,))
    measure_quickly(conn, (gone, kept))


def measure_quickly(conn: Connection, numbers: Iterable[int]) -> None:
    """Set when these members wrote first and last; who has no message keeps what is known of that."""
    for number in numbers:
        first, last = _span(conn, number)
        if last is not None:
            conn.execute("UPDATE member SET first_at = ?, last_at = ? WHERE id = ?", (first, last, number))


def _span(conn: Connection, number: int) -> tuple[int | None, int | None]:
    """When a member wrote first and last, in Unix seconds; None and None if they never did.

    Ids carry the minute of their message (docs/decisions/0001), so only the messages of both minutes are read.
    """
    mine = "SELECT id FROM identity WHERE member_id = ?1"
    low, high = conn.execute(
        f"SELECT min(id), max(id) FROM message INDEXED BY message_identity WHERE identity_id IN ({mine})", (number,)
    ).fetchone()
    if low is None:
        return None, None
    ends = (("min", low, low + _OF_A_MINUTE), ("max", high - _OF_A_MINUTE, high))
    first, last = (
        conn.execute(
            f"SELECT {least}(at) FROM message WHERE id BETWEEN ?2 AND ?3 AND NOT out AND +identity_id IN ({mine})",
            (number, begin, end),
        ).fetchone()[0]
        for least, begin, end in ends
    )
    if first is None or last is None:  # all of those are ours, whom we know as this member
        first, last = conn.execute(
            f"SELECT min(at), max(at) FROM message WHERE identity_id IN ({mine}) AND NOT out", (number,)
        ).fetchone()
    return first, last


def merge(conn: Connection, gone: int, into: int) -> None:
    """Mark `gone` as merged into `into`, and extend the latter's time span by the former's."""
    conn.execute("UPDATE member SET merged_into = ? WHERE id = ?", (into, gone))
    conn.execute(
        "UPDATE member SET (first_at, last_at) = (SELECT min(coalesce(member.first_at, o.first_at),"
        " coalesce(o.first_at, member.first_at)), max(coalesce(member.last_at, o.last_at),"
        " coalesce(o.last_at, member.last_at)) FROM member o WHERE o.id = ?) WHERE id = ?",
        (gone, into),
    )


def measure(conn: Connection, numbers: Collection[int]) -> None:
    """Recompute the time span in which these members have written, after messages were deleted."""
    conn.executemany(
        "UPDATE member SET (first_at, last_at) = (SELECT min(m.at), max(m.at) FROM identity i JOIN message m"
        " ON m.identity_id = i.id WHERE i.member_id = member.id AND NOT m.out) WHERE id = ?",
        [(number,) for number in numbers],
    )


def remove(conn: Connection, numbers: Collection[int]) -> None:
    """Delete members that nothing references, with their index entries and what was noted of merges taken apart."""
    gone = json.dumps(list(numbers))
    conn.execute("DELETE FROM member_label WHERE member_id IN (SELECT value FROM json_each(?))", (gone,))
    conn.execute("DELETE FROM member_value WHERE member_id IN (SELECT value FROM json_each(?))", (gone,))
    conn.execute("DELETE FROM member_note WHERE member_id IN (SELECT value FROM json_each(?))", (gone,))
    conn.execute(
        "UPDATE member SET met_through_id = NULL WHERE met_through_id IN (SELECT value FROM json_each(?))", (gone,)
    )
    conn.execute(
        "DELETE FROM member_merge WHERE kept_id IN (SELECT value FROM json_each(?1))"
        " OR gone_id IN (SELECT value FROM json_each(?1))",
        (gone,),
    )
    conn.execute(
        "DELETE FROM member_apart WHERE one_id IN (SELECT value FROM json_each(?1))"
        " OR other_id IN (SELECT value FROM json_each(?1))",
        (gone,),
    )
    conn.execute("DELETE FROM member_index WHERE rowid IN (SELECT value FROM json_each(?))", (gone,))
    conn.execute("DELETE FROM member WHERE id IN (SELECT value FROM json_each(?))", (gone,))


def drop_removed(conn: Connection) -> None:
    """Merge the segments of the search index, so that no word is left of what was removed from it."""
    conn.execute("INSERT INTO member_index (member_index) VALUES ('optimize')")


def reindex(conn: Connection, number: int) -> None:
    """Update a member's entry in the search index; a deleted member's is removed."""
    row = conn.execute(
        "SELECT p.name, p.note, p.city, p.email, p.company, p.interests, p.sort_name, p.met_how, p.met_through,"
        " (SELECT group_concat(handle || ' ' || name, ' ') FROM identity WHERE member_id = p.id) AS names,"
        " (SELECT group_concat(l.name, ' ') FROM member_label m JOIN label l ON l.id = m.label_id"
        " WHERE m.member_id = p.id) AS labels,"
        " (SELECT group_concat(value, ' ') FROM member_value WHERE member_id = p.id) AS fields,"
        " (SELECT group_concat(text, ' ') FROM member_note WHERE member_id = p.id) AS notes"
        " FROM member p WHERE p.id = ?",
        (number,),
    ).fetchone()
    conn.execute("DELETE FROM member_index WHERE rowid = ?", (number,))
    if row is not None:
        conn.execute(
            "INSERT INTO member_index (rowid, words) VALUES (?, ?)",
            (number, " ".join(words(" ".join(filter(None, row))))),
        )
