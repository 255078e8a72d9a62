"""What follows from a message in the tables around it: who must speak, and the words in the index."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from app.inbox.receivers import ELSEWHERE, is_addressed, waiting_in
from app.inbox.turns import Said, Standing, advance, retell
from app.store import index
from app.store.sqlite import Connection

_HEARD = "EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.out = 0)"
COLUMNS = tuple(Standing.__dataclass_fields__)
"""The columns of `conversation` that follow from what was said."""


def words_of(conn: Connection, number: int) -> str:
    """The index entry of a stored message, made from its row as `take` made it."""
    row = conn.execute(
        "SELECT m.account_id, m.identity_id, m.text, i.name, c.title FROM message m"
        " JOIN conversation c ON c.id = m.conversation_id LEFT JOIN identity i ON i.id = m.identity_id WHERE m.id = ?",
        (number,),
    ).fetchone()
    return index.entry(row[0], row[1], row[4], row[3] or "", row[2])


def forget_words(conn: Connection, op: str, number: int) -> None:
    """Before an undone message goes, its words leave the index."""
    if op == "insert":
        index.remove(conn, [(number, words_of(conn, number))])


def remember_words(conn: Connection, number: int) -> None:
    """After a message is there again, its words are in the index again."""
    index.add(conn, [(number, words_of(conn, number))])


def story(conn: Connection, number: int) -> list[Said]:
    """All that was said in a conversation, in order of time."""
    rows = conn.execute(
        "SELECT at, id, out, language, gone_at IS NOT NULL FROM message WHERE conversation_id = ? ORDER BY at, id",
        (number,),
    )
    return [Said(at, message, bool(out), language, bool(gone)) for at, message, out, language, gone in rows]


def retold(conn: Connection, number: int, before: Standing, new: Collection[int], quiet_before: int) -> Standing:
    """The standing of a conversation whose story has changed in its midst; who spoke first is looked up again too."""
    conn.execute(
        "UPDATE conversation SET identity_id = (SELECT identity_id FROM message WHERE conversation_id = ?1"
        " AND identity_id IS NOT NULL ORDER BY at, id LIMIT 1) WHERE id = ?1",
        (number,),
    )
    return retell(before, story(conn, number), new, quiet_before)


def bring_up(conn: Connection, new: Mapping[int, list[Said]], quiet_before: int) -> None:
    """Bring the standing of conversations up to what is new in them; nothing new means that something was deleted."""
    rows = conn.execute(
        f"SELECT id, {', '.join(COLUMNS)} FROM conversation WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(new)),),
    ).fetchall()
    moved = []
    for row in rows:
        standing, said = Standing(*row[1:]), new[row[0]]
        if said and said[0].at >= standing.last_at:
            standing = advance(standing, said, quiet_before)
        else:
            standing = retold(conn, row[0], standing, {one.id for one in said}, quiet_before)
        moved.append((*standing.values(), row[0]))
    settings = ", ".join(f"{name} = ?" for name in COLUMNS)
    conn.executemany(f"UPDATE conversation SET {settings} WHERE id = ?", moved)


def settle(conn: Connection, conversations: Collection[int]) -> None:
    """Private talk in which each is answered alone needs us until each of them has been answered."""
    rows = conn.execute(
        "SELECT c.id, a.kind, c.waiting_since"
        " FROM json_each(?) j CROSS JOIN conversation c ON c.id = j.value AND c.public = 0"
        " JOIN account a ON a.id = c.account_id"
        " LEFT JOIN identity f ON f.id = c.identity_id"
        " WHERE EXISTS (SELECT 1 FROM message m LEFT JOIN identity i ON i.id = m.identity_id WHERE m.out = 0"
        f"   AND m.conversation_id = c.id AND i.member_id IS NOT f.member_id) OR ({_HEARD} AND {ELSEWHERE})",
        (json.dumps(list(conversations)),),
    ).fetchall()
    addressed = {kind for kind in {row[1] for row in rows} if is_addressed(kind)}
    alone = {number: since for number, kind, since in rows if kind in addressed}
    waits = waiting_in(conn, alone) if alone else {}
    since = {number: min(each.values(), default=None) for number, each in waits.items()}
    conn.executemany(
        "UPDATE conversation SET waiting_since = ? WHERE id = ?",
        [(at, number) for number, at in since.items() if at != alone[number]],
    )
