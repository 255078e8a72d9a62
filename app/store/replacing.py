"""Other words in any row, for what erases: nothing else changes tables that it cannot name."""

from __future__ import annotations

from collections.abc import Mapping

from app.store.sqlite import Connection


def replace(conn: Connection, table: str, key: Mapping[str, object], values: Mapping[str, object]) -> None:
    """Write these columns to the row with that key, in the open transaction; its index entries are the caller's."""
    sets = ", ".join(f"{name} = ?" for name in values)
    where = " AND ".join(f"{name} = ?" for name in key)
    conn.execute(f"UPDATE {table} SET {sets} WHERE {where}", (*values.values(), *key.values()))
