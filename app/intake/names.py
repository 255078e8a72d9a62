"""“Same person” and “Another person”: what is answered about a new name on a known address is remembered.

Another person becomes a member of their own, whom the messages signed with that name belong to, and so do later ones:
their identity has the address's key with the name behind it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from app.base.addresses import PERSON_MARK
from app.base.message import Incoming
from app.base.text import words
from app.inbox import conversations
from app.inbox.names import NameQuestion, is_same_name
from app.inbox.standing import recompute_standing
from app.intake import messages
from app.intake.speakers import last_number
from app.members import identities, records
from app.members.identities import NewIdentity
from app.members.records import NewMember
from app.store.sqlite import Connection

_SIGNED = """
SELECT id, conversation_id, at, language, envelope ->> '$.from[0][0]' AS signed FROM message
WHERE identity_id = ? AND out = 0 AND envelope LIKE '{"from":%' ORDER BY at, id
"""
_FIRST_SPEAKER = """
SELECT identity_id FROM message WHERE conversation_id = ? AND out = 0 AND quiet = '' AND identity_id IS NOT NULL
ORDER BY at, id LIMIT 1
"""


def key_of(address_key: str, name: str) -> str:
    """The key of the identity of somebody who shares an address with others."""
    return f"{address_key}{PERSON_MARK}{' '.join(sorted(words(name)))}"


def told_apart(conn: Connection, kind: str, items: Sequence[Incoming]) -> list[Incoming]:
    """The messages, their authors keyed by address and name where the person said that they are somebody else."""
    keys = {item.author.key for item in items if item.author.name and item.letter}
    rows = conn.execute(
        "SELECT i.key, n.name FROM identity i JOIN known_name n ON n.identity_id = i.id AND n.same = 0"
        " WHERE i.kind = ? AND i.key IN (SELECT value FROM json_each(?))",
        (kind, json.dumps(sorted(keys))),
    ).fetchall()
    if not rows:
        return list(items)
    others = {key_of(key, name) for key, name in rows}
    return [
        item._replace(author=item.author._replace(key=key))
        if item.author.name and (key := key_of(item.author.key, item.author.name)) in others
        else item
        for item in items
    ]


def remember(conn: Connection, asked: NameQuestion, *, same: bool, now: int) -> None:
    """Remember the answer to a question; another person's messages become their own."""
    conn.execute(
        "INSERT OR REPLACE INTO known_name (identity_id, name, same, at) VALUES (?, ?, ?, ?)",
        (asked.identity_id, asked.name, same, now),
    )
    if same:
        return
    theirs = [row for row in conn.execute(_SIGNED, (asked.identity_id,)) if is_same_name(row["signed"], asked.name)]
    first = theirs[0]
    kind, key, handle, before = conn.execute(
        "SELECT kind, key, handle, member_id FROM identity WHERE id = ?", (asked.identity_id,)
    ).fetchone()
    member, identity = last_number(conn, "member") + 1, last_number(conn, "identity") + 1
    person = NewMember(member, asked.name, first["language"], first["at"], theirs[-1]["at"], None, now, handle)
    records.insert_speakers(conn, [person], {member: handle})
    new = NewIdentity(identity, kind, handle, key_of(key, asked.name), asked.name, "", member, member, None)
    identities.insert(conn, [new])
    messages.reassign(conn, [row["id"] for row in theirs], identity)
    records.measure(conn, [before])
    talks = sorted({row["conversation_id"] for row in theirs})
    _name_first_speakers(conn, talks)
    recompute_standing(conn, talks)


def _name_first_speakers(conn: Connection, talks: Iterable[int]) -> None:
    for talk in talks:
        row = conn.execute(_FIRST_SPEAKER, (talk,)).fetchone()
        if row is not None:
            conversations.set_speaker(conn, talk, row["identity_id"])
