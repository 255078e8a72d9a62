"""Every row of the file that is about one member, by table. Reads only.

A row is theirs by naming the member, one of their identities, a message of theirs or a conversation with them. What we
wrote in a conversation with them is about them too. Columns are kept as they are in the file, but for contents of
files, which go along as files, and for what no person reads: the search index and the undo log, which hold copies.
"""

from __future__ import annotations

import json
from typing import Any

from app.members import Members
from app.store.sqlite import Connection

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
_ONE = """
WITH RECURSIVE one (id) AS (VALUES (?) UNION SELECT m.id FROM one JOIN member m ON m.merged_into = one.id)
SELECT id FROM one ORDER BY id
"""
"""A member, and all who were merged into them, in however many steps."""
_MESSAGES = """
SELECT m.id FROM message m WHERE m.identity_id IN (SELECT value FROM json_each(?1))
UNION SELECT m.id FROM conversation c JOIN message m ON m.conversation_id = c.id AND m.out
WHERE c.identity_id IN (SELECT value FROM json_each(?1))
"""


def held(conn: Connection, members: Members, number: int) -> dict[str, list[dict[str, Any]]]:
    """The rows about a member, by table; tables without any are left out. Raises NotFoundError if there is none."""
    member = members.get(number).id
    ids = {
        "members": [row["id"] for row in conn.execute(_ONE, (member,))],
        "identities": [],
        "conversations": [],
        "messages": [],
    }
    names = conn.execute("SELECT id FROM identity WHERE member_id = ?", (member,))
    ids["identities"] = [row["id"] for row in names]
    given = json.dumps(ids["identities"])
    talks = conn.execute("SELECT id FROM conversation WHERE identity_id IN (SELECT value FROM json_each(?))", (given,))
    ids["conversations"] = [row["id"] for row in talks]
    ids["messages"] = [row["id"] for row in conn.execute(_MESSAGES, (given,))]
    lists = {name: json.dumps(numbers) for name, numbers in ids.items()}
    found: dict[str, list[dict[str, Any]]] = {}
    for table in _tables(conn):
        rows = _rows(conn, table, lists)
        if rows:
            found[table] = rows
    return found


def _tables(conn: Connection) -> list[str]:
    rows = conn.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*'"
        " AND name NOT GLOB '_sqlite_*' ORDER BY name"
    )
    return [row["name"] for row in rows if row["name"] not in _LEFT_OUT]


def _rows(conn: Connection, table: str, lists: dict[str, str]) -> list[dict[str, Any]]:
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
    if not tests:
        return []
    asked = conn.execute(f"SELECT * FROM {table} WHERE {' OR '.join(tests)}", lists)
    return [{name: _readable(row[name]) for name in row.keys()} for row in asked]  # noqa: SIM118  a row of sqlite


def _readable(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value
