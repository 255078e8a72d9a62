"""The undo log as what erases sees it: which rows its steps are about, and taking out what they hold."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from app.store import undo
from app.store.sqlite import Connection


def about(conn: Connection, columns: Mapping[str, Collection[int]]) -> dict[str, set[int]]:
    """Rows of any table, by table, that name one of these ids in one of these columns, as a step keeps them.

    Those that are there no more are among them: their last step holds all that was in them.
    """
    found: dict[str, set[int]] = {}
    for column, ids in columns.items():
        given = (f"$.{column}", json.dumps(list(ids)))
        for side in ("before", "after"):
            rows = conn.execute(
                f"SELECT DISTINCT tbl, row_id FROM action_step WHERE {side} IS NOT NULL"
                f" AND json_extract({side}, ?1) IN (SELECT value FROM json_each(?2))",
                given,
            )
            for table, row_id in rows:
                found.setdefault(table, set()).add(row_id)
    return found


def take_out(conn: Connection, rows: Mapping[str, Collection[int]], title: str, at: int) -> None:
    """Take out what the log holds of these rows, in the open transaction; the actions are called `title` from now on.

    An action that did something else besides can still be undone as far as that goes; one that did not is over, `at` a
    time in Unix seconds. Imports are undone by their batch, so their steps stay, with nothing in them.
    """
    touched: set[int] = set()
    lists = {table: json.dumps(sorted(ids)) for table, ids in rows.items() if ids}
    for table, given in lists.items():
        steps = "FROM action_step WHERE tbl = ? AND row_id IN (SELECT value FROM json_each(?))"
        touched |= {action for (action,) in conn.execute(f"SELECT DISTINCT action_id {steps}", (table, given))}
    undo.forget_rows(conn, {table: f"SELECT value FROM json_each('{given}')" for table, given in lists.items()}, at)
    for table, given in lists.items():
        conn.execute(
            "UPDATE action_step SET before = iif(before IS NULL, NULL, '{}'), after = iif(after IS NULL, NULL, '{}')"
            " WHERE tbl = ? AND row_id IN (SELECT value FROM json_each(?))",
            (table, given),
        )
    conn.executemany("UPDATE action SET title = ? WHERE id = ?", [(title, number) for number in touched])


def rename(conn: Connection, actions: Collection[int], title: str) -> None:
    """Give actions another title, in the open transaction."""
    conn.executemany("UPDATE action SET title = ? WHERE id = ?", [(title, number) for number in actions])
