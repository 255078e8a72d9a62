"""Export what is set up once and seldom changes (templates, rules, teammates), and promises and the outbox.

Also the rows of a list by their ids, in the order of the list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from app.csvfile.writing import Cell
from app.export import queries
from app.store.sqlite import Connection

Rows = tuple[Sequence[str], Iterator[Sequence[Cell]]]
"""The header of a table, and its rows as a stream."""


def _iso(column: str) -> str:
    return f"strftime('%Y-%m-%dT%H:%M:%SZ', {column}, 'unixepoch')"


_TEMPLATES = (
    ("template", "shortcut", "use", "language", "variant", "text", "times_used", "archived"),
    """
SELECT t.name, t.key, t.use, x.language, x.variant, x.body,
  (SELECT count(*) FROM template_use u WHERE u.template_id = t.id AND u.language = x.language
    AND u.variant = x.variant), iif(t.archived, 'yes', '')
FROM {source} LEFT JOIN template_text x ON x.template_id = t.id ORDER BY {order}, x.language, x.variant
""",
    "template t",
)
_OUTBOX = (
    ("outbox_id", "status", "purpose", "channel", "account", "conversation_id", "receiver", "address", "subject",
     "text", "language", "created_at", "send_at", "sent_at", "error"),
    f"""
SELECT 'O-' || o.id, o.state, o.purpose, a.kind, a.name, 'C-' || o.conversation_id,
  coalesce(nullif(o.receivers ->> '$[0][1]', ''), nullif(p.name, ''), nullif(i.name, ''), i.handle, ''),
  coalesce(nullif(o.receivers ->> '$[0][2]', ''), i.handle, ''), o.subject, o.text, o.language, {_iso("o.created_at")},
  {_iso("iif(o.state = 'held', o.held_until, o.next_at)")}, {_iso("o.sent_at")}, o.error
FROM {{source}} JOIN account a ON a.id = o.account_id LEFT JOIN identity i ON i.id = o.identity_id
LEFT JOIN member p ON p.id = i.member_id ORDER BY {{order}}
""",
    "outbox o",
)  # fmt: skip
_PROMISES = (
    ("member", "identifier", "conversation_id", "promise", "made_at", "due_on", "kept_at", "dropped_why"),
    f"""
SELECT coalesce(p.name, ''), 'P-' || r.member_id, 'C-' || r.conversation_id, r.what, {_iso("r.at")},
  r.due_on, {_iso("r.kept_at")}, r.dropped_why
FROM {{source}} LEFT JOIN member p ON p.id = r.member_id ORDER BY {{order}}
""",
    "promise r",
)
_TEAMMATES = (
    ("name", "team", "email", "languages", "helps_with", "away_from", "away_until", "stand_in", "archived"),
    """
SELECT t.name, t.team, t.email, t.languages, t.subjects, t.away_from, t.away_until, s.name, iif(t.archived, 'yes', '')
FROM {source} LEFT JOIN teammate s ON s.id = t.stand_in_id ORDER BY {order}
""",
    "teammate t",
)
_RULES = (
    ("language", "words", "level", "risk", "reason", "instead", "until", "archived"),
    f"""
SELECT r.language, r.words, r.level, r.risk, r.why, r.instead, {_iso("r.until")}, iif(r.archived, 'yes', '')
FROM {{source}} ORDER BY {{order}}
""",
    "voice_rule r",
)
_TABLES = {
    "templates": _TEMPLATES, "rules": _RULES, "teammates": _TEAMMATES, "promises": _PROMISES, "outbox": _OUTBOX,
}  # fmt: skip
KINDS = tuple(_TABLES)


def every(conn: Connection, kind: str) -> Rows:
    """Return every row of one of KINDS, oldest first."""
    header, sql, table = _TABLES[kind]
    made = sql.format(source=table, order=f"{table[-1]}.id")
    return header, (tuple(row) for row in conn.execute(made))


def listed(conn: Connection, kind: str, numbers: Sequence[int]) -> Rows:
    """Return the conversations, members, templates or outbox rows with these ids, in this order."""
    given = {"numbers": json.dumps(list(numbers))}
    if kind == "conversations":
        talks = conn.execute(queries.LISTED_CONVERSATIONS, given)
        return queries.CONVERSATIONS, (queries.conversation_cells(tuple(row)) for row in talks)
    if kind == "members":
        people = conn.execute(queries.LISTED_MEMBERS, given)
        return queries.MEMBERS, (queries.member_cells(tuple(row)) for row in people)
    header, sql, table = _TABLES[kind]
    source = f"json_each(:numbers) j CROSS JOIN {table} ON {table[-1]}.id = j.value"
    return header, (tuple(row) for row in conn.execute(sql.format(source=source, order="j.key"), given))
