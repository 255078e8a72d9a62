"""The usual language of whoever wrote a message that doesn't tell its own: "OK!", a name, a number.

It counts only where the conversation doesn't tell it either: an "OK!" in an English talk is no change of language.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from app.store.sqlite import Connection

_LATEST = 50


class Told(NamedTuple):
    """A message of a transaction: its conversation, who wrote it (None: we, or a machine), and its language or ""."""

    remote_id: str
    talk: int
    identity: int | None
    language: str


def filled_in(conn: Connection, told: Iterable[Told]) -> dict[str, str]:
    """The languages by remote id of those messages that take their author's usual one; `told` is in order of time."""
    every = list(told)
    if all(one.language or one.identity is None for one in every):
        return {}
    talks = _with_language(conn, {one.talk for one in every if not one.language})
    here: dict[int, str] = {}  # who is new has said all that is known of them in this transaction
    asked: dict[int, str] = {}
    found: dict[str, str] = {}
    for one in every:
        if one.identity is None:
            continue
        if one.language:
            talks.add(one.talk)
            here[one.identity] = one.language
        elif one.talk not in talks:
            if one.identity not in asked:
                asked[one.identity] = usual(conn, one.identity)
            language = asked[one.identity] or here.get(one.identity, "")
            if language:
                found[one.remote_id] = language
    return found


def usual(conn: Connection, identity: int) -> str:
    """The code of the language of whoever has this identity: as noted on the member, else that of most they wrote."""
    row = conn.execute(
        "SELECT p.id, p.language, p.languages FROM identity i JOIN member p ON p.id = i.member_id WHERE i.id = ?",
        (identity,),
    ).fetchone()
    if row is None:
        return ""
    noted = str(row["language"] or row["languages"].partition(",")[0])
    return noted or _most_written(conn, row["id"])


def _most_written(conn: Connection, member: int) -> str:
    row = conn.execute(
        "SELECT language FROM (SELECT m.language, m.at FROM identity i JOIN message m ON m.identity_id = i.id"
        " WHERE i.member_id = ? AND m.out = 0 AND m.language <> '' ORDER BY m.at DESC LIMIT ?)"
        " GROUP BY language ORDER BY count(*) DESC, max(at) DESC LIMIT 1",
        (member, _LATEST),
    ).fetchone()
    return "" if row is None else str(row["language"])


def _with_language(conn: Connection, talks: set[int]) -> set[int]:
    """Those of the conversations whose language is known."""
    rows = conn.execute(
        "SELECT id FROM conversation WHERE language <> '' AND id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(talks)),),
    )
    return {row["id"] for row in rows}
