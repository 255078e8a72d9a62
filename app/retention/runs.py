"""The receipts of runs: what a rule erased and what is out of reach, without a word of it; kept in the file."""

from __future__ import annotations

import json
from typing import NamedTuple

from app.forgetting import Done
from app.store.sqlite import Connection


class Run(NamedTuple):
    """A run of a rule, which is told as it was by then; `octets` are the bytes that it erased."""

    id: int
    at: int
    rule: str
    members: int
    octets: int
    done: Done


def put(conn: Connection, run: Run) -> Run:
    """Write it, or what has become known of it since, into the open transaction; returns it with its id."""
    packed = json.dumps({"rule": run.rule, "members": run.members, "octets": run.octets, **run.done._asdict()})
    if run.id:
        conn.execute("UPDATE keep_run SET receipt = ? WHERE id = ?", (packed, run.id))
        return run
    row = conn.execute("INSERT INTO keep_run (at, receipt) VALUES (?, ?)", (run.at, packed))
    return run._replace(id=int(row.lastrowid or 0))


def carried(conn: Connection, kept: list[tuple[int, str]]) -> None:
    """Take over the receipts (times, packed) of the file that this one replaced, in the open transaction."""
    for at, packed in kept:
        conn.execute(
            "INSERT INTO keep_run (at, receipt)"
            " SELECT :at, :packed WHERE NOT EXISTS (SELECT 1 FROM keep_run WHERE at = :at AND receipt = :packed)",
            {"at": at, "packed": packed},
        )


def every(conn: Connection) -> list[Run]:
    """All of them, the latest first."""
    rows = conn.execute("SELECT id, at, receipt FROM keep_run ORDER BY id DESC").fetchall()
    return [_read(row["id"], row["at"], json.loads(row["receipt"])) for row in rows]


def _read(number: int, at: int, kept: dict[str, object]) -> Run:
    lists = {name: tuple(kept[name]) for name in ("rewritten", "stuck", "deleted", "away")}  # type: ignore[arg-type, var-annotated]
    of_done = {name: kept[name] for name in Done._fields if name not in lists}
    done = Done(**of_done, **lists)  # type: ignore[arg-type]
    return Run(number, at, str(kept["rule"]), int(str(kept["members"])), int(str(kept["octets"])), done)
