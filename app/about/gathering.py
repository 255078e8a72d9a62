"""Every row of the file that is about one member, by table. Reads only.

A row is theirs by naming the member, one of their identities, a message of theirs or a conversation with them, or by
belonging to such a row (`_PARTS`). What we wrote in a talk with them is about them too. Columns are kept as they
are in the file, but for contents of files, which go along as files, and for what no person reads: the search index and
the undo log, which hold copies.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from app.members import Members
from app.store.sqlite import Connection, Row

_LEFT_OUT = (
    "action_step",
    "action",
    "tally",
    "raw",
    "attachment_bytes",
    "outgoing_bytes",
    "message_index",
    "member_index",
)
_OF_MEMBER = ("member_id", "kept_id", "gone_id", "one_id", "other_id")
_BY = (
    (_OF_MEMBER, "members"),
    (("identity_id", "helped_identity_id"), "identities"),
    (("message_id", "said_message_id", "told_message_id"), "messages"),
    (("conversation_id",), "conversations"),
)  # fmt: skip
_PARTS = (
    ("handoff", "handoff_step", "handoff_id"),
    ("outbox", "outgoing_file", "outbox_id"),
    ("letter_draft", "outgoing_file", "letter_draft_id"),
    ("quarrel_side", "quarrel", "id"),
)
"""Tables whose rows are parts of others, by the column that names those; a quarrel is told by its sides."""
_PUT_OFF = ("member", "let_be")
"""The nouns of `put_off` that are about a member."""
_GONE = """
WITH RECURSIVE gone(id) AS (SELECT id FROM member WHERE merged_into = ?1
  UNION SELECT p.id FROM gone g CROSS JOIN member p ON p.merged_into = g.id)
SELECT id FROM gone ORDER BY id
"""
"""All who were merged into a member, also into one who was merged on."""
_MESSAGES = """
SELECT m.id FROM message m WHERE m.identity_id IN (SELECT value FROM json_each(?1))
UNION SELECT m.id FROM conversation c JOIN message m ON m.conversation_id = c.id AND m.out
WHERE c.identity_id IN (SELECT value FROM json_each(?1))
"""


class Theirs(NamedTuple):
    """Ids of a member with those who were merged into them, of their names on the channels, conversations, messages."""

    members: tuple[int, ...]
    identities: tuple[int, ...]
    conversations: tuple[int, ...]
    messages: tuple[int, ...]

    def lists(self) -> dict[str, str]:
        """The same as JSON, to be bound to what `condition` returns."""
        return {name: json.dumps(numbers) for name, numbers in self._asdict().items()}


def theirs(conn: Connection, member: int) -> Theirs:
    """Whose rows, and which, are about a member who was merged into nobody."""
    people = (member, *(row["id"] for row in conn.execute(_GONE, (member,))))
    names = tuple(row["id"] for row in conn.execute("SELECT id FROM identity WHERE member_id = ?", (member,)))
    given = json.dumps(names)
    talks = conn.execute("SELECT id FROM conversation WHERE identity_id IN (SELECT value FROM json_each(?))", (given,))
    said = conn.execute(_MESSAGES, (given,))
    return Theirs(people, names, tuple(row["id"] for row in talks), tuple(row["id"] for row in said))


def held(conn: Connection, members: Members, number: int) -> dict[str, list[dict[str, Any]]]:
    """The rows about a member, by table; tables without any are left out. Raises NotFoundError if there is none."""
    lists = theirs(conn, members.get(number).id).lists()
    found: dict[str, list[dict[str, Any]]] = {}
    for table in _tables(conn):
        where = condition(conn, table)
        rows = conn.execute(f"SELECT * FROM {table} WHERE {where}", lists).fetchall() if where else ()
        if rows:
            found[table] = [_readable_row(row) for row in rows]
    for whole, table, column in _PARTS:
        _add_parts(conn, found, whole, table, column)
    put_off = "SELECT * FROM put_off WHERE noun IN (?, ?) AND row_id IN (SELECT value FROM json_each(?))"
    _add(found, "put_off", conn.execute(put_off, (*_PUT_OFF, lists["members"])))
    return dict(sorted(found.items()))


def _add_parts(conn: Connection, found: dict[str, list[dict[str, Any]]], whole: str, table: str, column: str) -> None:
    named = "quarrel_id" if whole == "quarrel_side" else "id"
    numbers = json.dumps([row[named] for row in found.get(whole, ())])
    sql = f"SELECT * FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
    _add(found, table, conn.execute(sql, (numbers,)))


def _add(found: dict[str, list[dict[str, Any]]], table: str, rows: Iterable[Row]) -> None:
    """Add rows of a table that are not there yet."""
    there = {row["id"] for row in found.get(table, ())}
    more = [made for made in map(_readable_row, rows) if made["id"] not in there]
    if more:
        found[table] = [*found.get(table, ()), *more]


def _tables(conn: Connection) -> list[str]:
    rows = conn.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*'"
        " AND name NOT GLOB '_sqlite_*' ORDER BY name"
    )
    return [row["name"] for row in rows if row["name"] not in _LEFT_OUT]


def condition(conn: Connection, table: str) -> str:
    """SQL that is true for the rows of a table that are about a member, with the lists of `Theirs` as parameters.

    "" for a table that is about nobody by itself.
    """
    columns = [row["name"] for row in conn.execute("SELECT name FROM pragma_table_xinfo(?)", (table,))]
    own = {"member": "members", "identity": "identities", "conversation": "conversations", "message": "messages",
           "involvement": "members", "activity": "identities", "help": "messages", "no_help": "messages"}  # fmt: skip
    tests = [f"id IN (SELECT value FROM json_each(:{own[table]}))"] if table in own else []
    if table not in ("message", "conversation"):  # theirs are found above: a thread of others isn't theirs as a whole
        tests += [
            f"{name} IN (SELECT value FROM json_each(:{which}))"
            for names, which in _BY
            for name in names
            if name in columns
        ]
    return " OR ".join(tests)


def _readable_row(row: Row) -> dict[str, Any]:
    return {name: _readable(row[name]) for name in row.keys()}  # noqa: SIM118  a row of sqlite


def _readable(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value
