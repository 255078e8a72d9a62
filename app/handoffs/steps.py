"""The `handoff_step` table: what was done when no answer came."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from app.handoffs.ladder import Taken
from app.store.sqlite import Connection

_COLUMNS = "id, handoff_id, step, at, from_teammate_id, teammate_id, outbox_id, letter_draft_id"


def steps_of(conn: Connection, handoffs: Collection[int]) -> dict[int, list[Taken]]:
    """Return the steps taken for these hand-offs, oldest first, by the hand-off's id."""
    found: dict[int, list[Taken]] = {number: [] for number in handoffs}
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM handoff_step WHERE handoff_id IN (SELECT value FROM json_each(?)) ORDER BY at, id",
        (json.dumps(list(handoffs)),),
    )
    for row in rows:
        found[row["handoff_id"]].append(Taken(*row))
    return found


def record(
    conn: Connection,
    handoff_id: int,
    step: str,
    at: int,
    *,
    from_teammate_id: int | None = None,
    teammate_id: int | None = None,
    letter_draft_id: int | None = None,
) -> int:
    """Record a step in the open transaction; returns its id. `at` in Unix seconds."""
    made = conn.execute(
        "INSERT INTO handoff_step (handoff_id, step, at, from_teammate_id, teammate_id, letter_draft_id)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (handoff_id, step, at, from_teammate_id, teammate_id, letter_draft_id),
    )
    return int(made.lastrowid or 0)


def letter_sent(conn: Connection, letter_draft_id: int, outbox_ids: Iterable[int]) -> None:
    """Note by which message a step is done whose letter is being sent."""
    first = next(iter(outbox_ids), None)
    conn.execute(
        "UPDATE handoff_step SET outbox_id = ?, letter_draft_id = NULL WHERE letter_draft_id = ?",
        (first, letter_draft_id),
    )
