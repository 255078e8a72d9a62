"""The imports that were made: what each brought in, and what was left out of it and why.

The counts of what was left out stand among the settings, as `import_left_out_7` for batch 7: the batch's own row has no
place for them. They are codes and numbers, and nobody's words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import NamedTuple

from app.base.words import counted
from app.imports import left_out
from app.settings import store_value
from app.store.sqlite import Connection, Row

_KEY = "import_left_out_"
_SELECT = (
    "SELECT b.id, b.file, b.kind, coalesce(a.name, '') AS account, b.at, b.finished_at, b.new, b.known, b.rejected,"
    f" b.undone_at, s.value FROM import_batch b LEFT JOIN account a ON a.id = b.account_id"
    f" LEFT JOIN setting s ON s.key = '{_KEY}' || b.id"
)


class Batch(NamedTuple):
    """One import: its file, the account that it went to ("" if none did), and its counts.

    `at` is when it began, in Unix seconds. `finished` is False if it was stopped, `undone` True if it was taken back.
    `left_out` counts by reason (`left_out.REASONS`).
    """

    id: int
    file: str
    kind: str
    account: str
    at: int
    new: int
    known: int
    rejected: int
    left_out: Mapping[str, int]
    finished: bool
    undone: bool

    @property
    def sentence(self) -> str:
        """Its counts: "12 new, 3 already known. Left out: 2 in spam."."""
        parts = [
            counted(self.new, "{count:,} new", "{count:,} new"),
            counted(self.known, "{count:,} already known", "{count:,} already known"),
        ]
        if self.rejected:
            parts.append(counted(self.rejected, "{count:,} couldn't be read", "{count:,} couldn't be read"))
        return f"{', '.join(parts)}. {left_out.sentence(self.left_out)}".strip()


def keep(conn: Connection, batch: int, counts: Mapping[str, int]) -> None:
    """Store what was left out of an import, in the open transaction."""
    if counts:
        store_value(conn, f"{_KEY}{batch}", json.dumps(dict(counts)))


def listed(conn: Connection, count: int) -> list[Batch]:
    """The latest imports, newest first."""
    return [_batch(row) for row in conn.execute(f"{_SELECT} ORDER BY b.id DESC LIMIT ?", (count,))]


def get(conn: Connection, batch: int) -> Batch | None:
    """The import of that number; None if there is none."""
    row = conn.execute(f"{_SELECT} WHERE b.id = ?", (batch,)).fetchone()
    return None if row is None else _batch(row)


def _batch(row: Row) -> Batch:
    counts = {str(reason): int(count) for reason, count in json.loads(row["value"] or "{}").items()}
    return Batch(
        row["id"], row["file"], row["kind"], row["account"], row["at"], row["new"], row["known"], row["rejected"],
        counts, finished=row["finished_at"] is not None, undone=row["undone_at"] is not None,
    )  # fmt: skip


_NEWS = {
    "messages": "SELECT conversation_id FROM message WHERE batch_id = ? ORDER BY at DESC, id DESC LIMIT 1",
    "gifts": "SELECT id FROM gift WHERE batch_id = ? ORDER BY id LIMIT 1",
    "members": "SELECT id FROM member WHERE batch_id = ? AND merged_into IS NULL ORDER BY id LIMIT 1",
}
"""What an import brought in, the kind that it is about first: messages and gifts bring members with them."""


def leads_to(conn: Connection, batch: int) -> tuple[str, int] | None:
    """The kind and the id of what is worth showing of a batch; None if it brought nothing new."""
    for kind, sql in _NEWS.items():
        row = conn.execute(sql, (batch,)).fetchone()
        if row is not None:
            return kind, int(row[0])
    return None
