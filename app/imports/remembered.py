"""What the person said about the columns of a table, remembered by its titles, whatever their order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from app.base import clock
from app.imports.mapping import key_of
from app.store.sqlite import Connection


def recall(conn: Connection, header: Iterable[str]) -> dict[str, str]:
    """The mapping (title -> field) that is remembered for these titles; {} if there is none."""
    titles = list(header)
    row = conn.execute("SELECT mapping FROM import_mapping WHERE header = ?", (key_of(titles),)).fetchone()
    return {title: field for title, field in (json.loads(row["mapping"]) if row else {}).items() if title in titles}


def remember(conn: Connection, header: Iterable[str], fields: Mapping[str, str]) -> None:
    """Remember a mapping (title -> field) for tables with these titles, in the open transaction."""
    conn.execute(
        "INSERT OR REPLACE INTO import_mapping VALUES (?, ?, ?)",
        (key_of(header), json.dumps(dict(fields), ensure_ascii=False), clock.now()),
    )
