"""Undo for any action: TEMP triggers keep each touched row as it was, the commit writes them beside the action.

A step restores only what still is as the action left it: a column that something else has changed since keeps its newer
value, so undoing "done" does not roll back a message that came in meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from app.errors import UserError
from app.store.sqlite import Connection, IntegrityError

# Rows that a person's action may touch. Whole imports are undone by their batch instead (see app.imports).
UNDOABLE = (
    "account", "member", "identity", "conversation", "message", "label", "conversation_label", "draft", "template",
    "template_text", "template_use", "voice_guide", "voice_trait", "voice_example", "voice_rule", "outbox", "promise",
    "teammate", "handoff", "gift", "gift_budget", "gift_stock",
)  # fmt: skip

Hook = Callable[[Connection, str, int], None]
"""Called before a step of its table is taken back, with what was done and the row's id; may raise UserError."""


def columns(conn: Connection, table: str) -> list[str]:
    """The table's real columns: generated ones cannot be written."""
    return [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]


def watch(conn: Connection) -> None:
    """Set the capturing triggers on a writing connection; they sleep until `begin`."""
    conn.execute("CREATE TEMP TABLE undo_on (n INTEGER NOT NULL)")
    conn.execute("INSERT INTO undo_on VALUES (0)")
    conn.execute(
        "CREATE TEMP TABLE undo_step (step INTEGER PRIMARY KEY, tbl TEXT NOT NULL, op TEXT NOT NULL,"
        " row_id INTEGER NOT NULL, before TEXT, after TEXT)"
    )
    for table in UNDOABLE:
        names = columns(conn, table)
        old, new = _as_json(names, "OLD"), _as_json(names, "NEW")
        for op, row, before, after in (
            ("insert", "NEW", "NULL", new),
            ("update", "OLD", old, new),
            ("delete", "OLD", old, "NULL"),
        ):
            conn.execute(
                f"CREATE TEMP TRIGGER undo_{table}_{op} AFTER {op} ON main.{table} WHEN (SELECT n FROM undo_on) BEGIN "
                "INSERT INTO undo_step (tbl, op, row_id, before, after) VALUES"
                f" ('{table}','{op}',{row}.rowid,{before},{after}); END"
            )


def _as_json(names: list[str], row: str) -> str:
    pairs = ", ".join(f"'{name}', {row}.{name}" for name in names)
    return f"json_object({pairs})"


def begin(conn: Connection) -> None:
    """Start to keep rows as they were; inside a transaction."""
    conn.execute("UPDATE temp.undo_on SET n = 1")


def keep(conn: Connection, title: str, at: int) -> int | None:
    """Write the action with its steps into the open transaction; its id, or None when nothing was touched."""
    conn.execute("UPDATE temp.undo_on SET n = 0")
    taken = conn.execute("SELECT tbl, op, row_id, before, after FROM temp.undo_step ORDER BY step").fetchall()
    conn.execute("DELETE FROM temp.undo_step")
    steps = [step for step in (_trimmed(*row) for row in taken) if step]
    if not steps:
        return None
    action: int = conn.execute("INSERT INTO action (at, title) VALUES (?, ?)", (at, title)).lastrowid
    conn.executemany(
        "INSERT INTO action_step VALUES (?, ?, ?, ?, ?, ?, ?)", [(action, n, *step) for n, step in enumerate(steps)]
    )
    return action


def _trimmed(table: str, op: str, row_id: int, before: str | None, after: str | None) -> tuple[Any, ...] | None:
    """The step with only the columns that changed; None for an update that changed nothing."""
    if op != "update":
        return table, op, row_id, before, None
    old, new = json.loads(before or "{}"), json.loads(after or "{}")
    changed = [name for name in old if old[name] != new[name]]
    if not changed:
        return None
    return (
        table,
        op,
        row_id,
        json.dumps({name: old[name] for name in changed}),
        json.dumps({name: new[name] for name in changed}),
    )


def take_back(conn: Connection, action: int, hooks: Mapping[str, Hook]) -> None:
    """Undo the action's steps, last first, in the open transaction; UserError where it can no longer be undone."""
    steps = conn.execute(
        "SELECT tbl, op, row_id, before, after FROM action_step WHERE action_id = ? ORDER BY step DESC", (action,)
    ).fetchall()
    try:
        for table, op, row_id, before, after in steps:
            if table in hooks:
                hooks[table](conn, op, row_id)
            _reverse(conn, table, op, row_id, json.loads(before or "{}"), json.loads(after or "{}"))
    except IntegrityError as why:
        msg = "This can no longer be undone: something newer rests on it."
        raise UserError(msg) from why


def _reverse(conn: Connection, table: str, op: str, row_id: int, before: dict[str, Any], after: dict[str, Any]) -> None:
    if op == "insert":
        conn.execute(f"DELETE FROM {table} WHERE rowid = ?", (row_id,))
    elif op == "delete":
        names = ", ".join(before)
        conn.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(before))})", tuple(before.values()))
    else:
        settings = ", ".join(f"{name} = CASE WHEN {name} IS ? THEN ? ELSE {name} END" for name in before)
        pairs = [value for name in before for value in (after[name], before[name])]
        conn.execute(f"UPDATE {table} SET {settings} WHERE rowid = ?", (*pairs, row_id))
