"""Reads from the file what rules ask of messages: those that came in since a time, or those of given ids."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import NamedTuple

from app.rules.facts import Facts
from app.store.sqlite import Connection

_MINUTE, _MINUTE_IDS = 60, 32  # message ids run in time order: see docs/decisions/0001
_FIRST = "m.identity_id IS NOT NULL AND m.at <= p.first_at"
_MOST_CHARS = 20_000
_SELECT = f"""
SELECT m.id, m.conversation_id, m.at, substr(m.text, 1, {_MOST_CHARS}), m.account_id,
  coalesce(nullif(m.language, ''), c.language) AS language, coalesce(p.kind, ''), {_FIRST}
FROM message m JOIN conversation c ON c.id = m.conversation_id
LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE m.out = 0 AND m.kind = 'said' AND m.gone_at IS NULL AND m.quiet IN ('', 'closer', 'rule')
"""


class Heard(NamedTuple):
    """A message with what rules ask of it; `at` is Unix seconds."""

    id: int
    conversation_id: int
    at: int
    facts: Facts


def since(conn: Connection, at: int) -> Iterator[Heard]:
    """What somebody has written to us since then, in order of time."""
    return map(_heard, conn.execute(f"{_SELECT} AND m.id >= ? AND m.at >= ? ORDER BY m.id", (_first(at), at)))


def with_words(conn: Connection, at: int, expression: str) -> frozenset[int]:
    """The ids of messages since then that the search index finds; a thousand times as fast as reading them all."""
    rows = conn.execute(
        "SELECT rowid FROM message_index WHERE message_index MATCH ? AND rowid >= ?", (expression, _first(at))
    )
    return frozenset(number for (number,) in rows)


def languages(conn: Connection, at: int) -> list[str]:
    """The languages of messages since then, by their codes."""
    sql = f"SELECT DISTINCT language FROM ({_SELECT} AND m.id >= ? AND m.at >= ?) WHERE language <> '' ORDER BY 1"
    return [code for (code,) in conn.execute(sql, (_first(at), at))]


def _first(at: int) -> int:
    return max(0, at) // _MINUTE * _MINUTE_IDS


def these(conn: Connection, numbers: Collection[int]) -> list[Heard]:
    """Those of these messages that somebody wrote to us, in order of time."""
    sql = f"{_SELECT} AND m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id"
    return [_heard(row) for row in conn.execute(sql, (json.dumps(list(numbers)),))]


def _heard(row: tuple[int, int, int, str, int, str, str, int]) -> Heard:
    number, conversation, at, text, account, language, member, first = row
    return Heard(number, conversation, at, Facts(text, account, language, member, first_time=bool(first)))
