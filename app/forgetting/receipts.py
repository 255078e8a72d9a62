"""The receipt of a forgetting: what was erased and what is out of reach, without a name; kept in the file."""

from __future__ import annotations

import json
from typing import NamedTuple

from app.forgetting.erasing import Counts
from app.forgetting.plan import Handed, Plan
from app.store.sqlite import Connection, Row


class Receipt(NamedTuple):
    """What was done; `at` is in Unix seconds, `left` whether traces go only when Rapport next starts.

    `rewritten` and `stuck` are names of backups, `deleted` of files that Rapport had made in the profile's folder.
    """

    id: int
    at: int
    member_id: int
    said: int
    told: int
    conversations: int
    files: int
    rows: dict[str, int]
    named: int
    handed: tuple[Handed, ...]
    channels: tuple[tuple[str, int], ...]
    rewritten: tuple[str, ...]
    stuck: tuple[str, ...]
    away: tuple[str, ...]
    deleted: tuple[str, ...] = ()
    left: bool = False


def made(plan: Plan, counts: Counts, at: int, rewritten: tuple[str, ...], stuck: tuple[str, ...]) -> Receipt:
    """The receipt of what was planned and done; it has no id yet."""
    return Receipt(
        0, at, plan.member_id, counts.said, counts.told, counts.conversations, counts.files, counts.rows, plan.named,
        plan.handed, plan.channels, rewritten, stuck, plan.away,
    )  # fmt: skip


def keep(conn: Connection, receipt: Receipt) -> Receipt:
    """Write it into the open transaction; returns it with its id."""
    row = conn.execute(
        "INSERT INTO forgotten (at, member_id, receipt) VALUES (?, ?, ?)",
        (receipt.at, receipt.member_id, _packed(receipt)),
    )
    return receipt._replace(id=int(row.lastrowid or 0))


def amend(conn: Connection, receipt: Receipt) -> None:
    """Write what has become known of it since."""
    conn.execute("UPDATE forgotten SET receipt = ? WHERE id = ?", (_packed(receipt), receipt.id))


def listed(conn: Connection) -> list[Receipt]:
    """All receipts, the latest first."""
    return [_read(row) for row in conn.execute("SELECT id, at, member_id, receipt FROM forgotten ORDER BY id DESC")]


def carried(conn: Connection, rows: list[tuple[int, int, str]]) -> None:
    """Write receipts of another copy of the file that this one doesn't have: their times, members and words."""
    conn.executemany(
        "INSERT INTO forgotten (at, member_id, receipt) SELECT ?1, ?2, ?3"
        " WHERE NOT EXISTS (SELECT 1 FROM forgotten WHERE at = ?1 AND member_id = ?2)",
        rows,
    )


def _packed(receipt: Receipt) -> str:
    fields = receipt._asdict()
    return json.dumps({name: fields[name] for name in fields if name not in ("id", "at", "member_id")})


def _read(row: Row) -> Receipt:
    kept = json.loads(row["receipt"])
    kept["handed"] = tuple(Handed(*one) for one in kept["handed"])
    kept["channels"] = tuple((name, count) for name, count in kept["channels"])
    lists = {name: tuple(kept[name]) for name in ("rewritten", "stuck", "away", "deleted")}
    return Receipt(row["id"], row["at"], row["member_id"], **{**kept, **lists})
