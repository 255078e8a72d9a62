"""Undo of an action with what it takes to redo it, and redo, which restores the rows that the undo touched.

Only within the same process, and only while every such row is still as the undo left it; otherwise nothing is changed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.base import clock
from app.base.errors import UserError
from app.base.words import tr
from app.store import undo
from app.store.references import has_rows
from app.store.sqlite import Connection, IntegrityError, scalar
from app.store.undo import Hooks

LOOSE = {"conversation": ("unread",), "draft": ("at", "template_id", "language")}
"""Columns to ignore in that comparison: they change on merely opening a conversation (read mark, draft saved)."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A row that an undo changed: the whole row as JSON, before and after; "" if it did not exist."""

    table: str
    op: str
    row_id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Undone:
    """An undone action and the rows needed to redo it; `said` is what is to be said once it is redone."""

    action: int
    title: str
    rows: tuple[Touched, ...]
    said: str = ""


def gather(conn: Connection) -> tuple[Touched, ...]:
    """The rows touched since `undo.begin`, in the open transaction; stops recording."""
    conn.execute("UPDATE temp.undo_on SET n = 0")
    taken = conn.execute("SELECT tbl, op, row_id, before, after FROM temp.undo_step ORDER BY step").fetchall()
    conn.execute("DELETE FROM temp.undo_step")
    return tuple(Touched(table, op, row_id, before or "", after or "") for table, op, row_id, before, after in taken)


def take_back(
    conn: Connection,
    hooks: Hooks,
    action: int,
    steps: Sequence[undo.Step] | None,
    others: Hooks | None,
    together: Sequence[str],
) -> tuple[Undone | None, str]:
    """Undo an action in the open transaction, as `Store.undo_action` says, and mark it undone.

    Returns what it takes to redo it, None if that can't be done completely, and what is to be said.
    """
    found = undo.steps_of(conn, action) if steps is None else steps
    telling = undo.Telling(conn, hooks.told, (step.table for step in found))
    undo.begin(conn)
    alone = undo.revert(conn, action, others or hooks, found, together)
    rows = gather(conn)
    said = telling.sentences()
    conn.execute("UPDATE action SET undone_at = ? WHERE id = ?", (clock.now(), action))
    title = str(scalar(conn, "SELECT title FROM action WHERE id = ?", (action,)))
    return Undone(action, title, rows) if alone and steps is None else None, said


def run(conn: Connection, last: Undone, hooks: Hooks) -> str:
    """Redo an undone action in the open transaction; returns what is to be said besides.

    Raises UserError if it has been redone already, or a row has changed since.
    """
    if conn.execute("SELECT 1 FROM action WHERE id = ? AND undone_at IS NULL", (last.action,)).fetchone() is not None:
        msg = tr("“{title}” has already been redone.").format(title=last.title)
        raise UserError(msg)
    telling = undo.Telling(conn, hooks.told, (row.table for row in last.rows))
    for step in replay(conn, last, hooks):
        if step.table in hooks.after and step.table not in undo.WRITTEN_ON:  # nothing was written since
            hooks.after[step.table](conn, step)
    conn.execute("UPDATE action SET undone_at = NULL WHERE id = ?", (last.action,))
    return telling.sentences()


def replay(conn: Connection, undone: Undone, hooks: Hooks) -> list[undo.Step]:
    """Restore the rows to what the action had left, in the open transaction; returns the steps taken.

    Their copies (`hooks.copies`) follow. `hooks.again` are called after a row of their table has been inserted again.
    Raises UserError if a row has changed since.
    """
    done: list[undo.Step] = []
    copying = undo.Copying(conn, hooks.copies)
    try:
        for row in reversed(undone.rows):
            before, after = json.loads(row.before or "{}"), json.loads(row.after or "{}")
            copying.forget(row.table, row.row_id)
            if row.op == "delete":
                _insert(conn, row.table, before)
                if row.table in hooks.again:
                    hooks.again[row.table](conn, "insert", row.row_id)
            elif not _matches(conn, row, after) or (row.op == "insert" and _has_dependents(conn, row)):
                raise _changed(undone)
            elif row.op == "insert":
                conn.execute(f"DELETE FROM {row.table} WHERE rowid = ?", (row.row_id,))
            else:
                _update(conn, row, before, after)
            done.append(undo.Step(row.table, row.op, row.row_id, after, before))
    except IntegrityError as why:
        raise _changed(undone) from why
    copying.remember()
    return done


def _changed(undone: Undone) -> UserError:
    return UserError(
        tr("“{title}” can't be redone: something it affects has changed since.").format(title=undone.title)
    )


def _matches(conn: Connection, row: Touched, wanted: dict[str, Any]) -> bool:
    names = [name for name in wanted if name not in LOOSE.get(row.table, ())]
    marks = " AND ".join(f"{name} IS ?" for name in names)
    values = [wanted[name] for name in names]
    row_there = conn.execute(f"SELECT 1 FROM {row.table} WHERE rowid = ? AND {marks}", (row.row_id, *values)).fetchone()
    return row_there is not None


def _has_dependents(conn: Connection, row: Touched) -> bool:
    """Whether deleting the row would silently delete something the person made."""
    return any(has_rows(conn, child, column, row.row_id) for child, column in undo.hanging(conn, row.table))


def _insert(conn: Connection, table: str, values: dict[str, Any]) -> None:
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))


def _update(conn: Connection, row: Touched, before: dict[str, Any], after: dict[str, Any]) -> None:
    changed = [name for name in before if before[name] != after[name]]
    if changed:
        settings = ", ".join(f"{name} = ?" for name in changed)
        values = [before[name] for name in changed]
        conn.execute(f"UPDATE {row.table} SET {settings} WHERE rowid = ?", (*values, row.row_id))
