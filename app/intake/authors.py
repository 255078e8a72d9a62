"""Authors whose key has changed: since an older release, or once their message was approved."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.base import text
from app.base.message import Author, Incoming
from app.members import identities, records
from app.store.sqlite import Connection

_OF_A_MEMBER = ("gift", "promise", "handoff", "template_use")


def known_before(conn: Connection, kind: str, authors: Sequence[Author]) -> list[tuple[str, int, int]]:
    """Find authors stored under their former key and the same name, and give them the new key: (key, identity, member).

    Several people may have shared a former key and been taken for one; the name tells whose it was first.
    """
    former = sorted({author.former for author in authors if author.former})
    if not former:
        return []
    rows = conn.execute(
        "SELECT key, id, member_id, name FROM identity WHERE kind = ? AND key IN (SELECT value FROM json_each(?))",
        (kind, json.dumps(former)),
    )
    before = {key: (identity, member, name) for key, identity, member, name in rows.fetchall()}
    renamed: list[tuple[str, int, int]] = []
    for author in authors:
        if author.former not in before:
            continue
        identity, member, name = before[author.former]
        if text.fold(name) != text.fold(author.name):
            continue
        if identities.change_key(conn, identity, author.key):
            renamed.append((author.key, identity, member))
            del before[author.former]
    return renamed


def meet(conn: Connection, kind: str, number: int, item: Incoming) -> None:
    """Unite the identity that an author had while their message awaited approval with the one it is published under.

    Both are the same person, as it is the same message. `number` is its id; its row must still be in the old state.
    No-op if the message was not held or the key has not changed.
    """
    author = item.author
    row = conn.execute(
        "SELECT i.id, i.key, i.member_id FROM message m JOIN identity i ON i.id = m.identity_id"
        " WHERE m.id = ? AND m.upstream = 'held'",
        (number,),
    ).fetchone()
    if row is None or item.upstream == "held" or item.out or author.key in ("", row["key"]):
        return
    if "/" not in row["key"]:  # just a name, as older releases stored it: several people may share it
        return
    if row["key"].endswith(f"/{item.remote_id}"):  # the key was made for this one message and is not needed any more
        if not identities.change_key(conn, row["id"], author.key):
            _join(conn, kind, row["id"], row["member_id"], author.key)
        return
    identities.add(conn, kind, author, row["member_id"])


def _join(conn: Connection, kind: str, identity: int, member: int, key: str) -> None:
    """Merge the member of a held message into the owner of `key`.

    Skipped if anything else is recorded of the member: a note, gift, promise, hand-off, template use, or second
    identity.
    """
    (into,) = conn.execute("SELECT member_id FROM identity WHERE kind = ? AND key = ?", (kind, key)).fetchone()
    kept = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE member_id = ?1)" for table in _OF_A_MEMBER)
    (known,) = conn.execute(
        f"SELECT p.note <> '' OR p.merged_into IS NOT NULL OR {kept}"
        " OR (SELECT count(*) FROM identity WHERE member_id = ?1) > 1 FROM member p WHERE p.id = ?1",
        (member,),
    ).fetchone()
    if known or into == member:
        return
    identities.move(conn, identity, into)
    records.merge(conn, member, into)
