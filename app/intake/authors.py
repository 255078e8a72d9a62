"""Authors whose key has changed: known by a former one, or by another while their message waited for approval."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.base import text
from app.base.message import Author, Incoming
from app.members import identities, records
from app.store.sqlite import Connection

_OF_A_MEMBER = ("gift", "promise", "handoff", "template_use")


def known_before(conn: Connection, kind: str, authors: Sequence[Author]) -> list[tuple[str, int, int]]:
    """Authors who stand in the file under their former key and by their name: key, identity, member. They get the new.

    Under a former key several people may have been taken for one; the name says who of them it was first.
    """
    former = sorted({author.former for author in authors if author.former})
    if not former:
        return []
    rows = conn.execute(
        "SELECT key, id, member_id, name FROM identity WHERE kind = ? AND key IN (SELECT value FROM json_each(?))",
        (kind, json.dumps(former)),
    )
    before = {key: (identity, member, name) for key, identity, member, name in rows.fetchall()}
    found: list[tuple[str, int, int]] = []
    for author in authors:
        if author.former not in before:
            continue
        identity, member, name = before[author.former]
        if text.fold(name) != text.fold(author.name):
            continue
        if identities.change_key(conn, identity, author.key):
            found.append((author.key, identity, member))
            del before[author.former]
    return found


def meet(conn: Connection, kind: str, number: int, item: Incoming) -> None:
    """Whoever waited for approval under another key than they are shown by is the same, for the message is the same.

    `number` is the message's, whose row still says how it stood before; nothing is done for one that did not wait.
    """
    author = item.author
    row = conn.execute(
        "SELECT i.id, i.key, i.member_id FROM message m JOIN identity i ON i.id = m.identity_id"
        " WHERE m.id = ? AND m.upstream = 'held'",
        (number,),
    ).fetchone()
    if row is None or item.upstream == "held" or item.out or author.key in ("", row["key"]):
        return
    if "/" not in row["key"]:  # no more than a name, as an older Rapport kept them: several people may share it
        return
    if row["key"].endswith(f"/{item.remote_id}"):  # known by this one message alone: the key has done its work
        if not identities.change_key(conn, row["id"], author.key):
            _join(conn, kind, row["id"], row["member_id"], author.key)
        return
    identities.add(conn, kind, author, row["member_id"])


def _join(conn: Connection, kind: str, identity: int, member: int, key: str) -> None:
    """The member whom one message made is whoever has this key already, as long as nothing has been kept of them."""
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
