"""Other words in any row, or no row, for what erases or mends: nothing else changes tables that it cannot name."""

from __future__ import annotations

from collections.abc import Mapping

from app.store.sqlite import Connection


def replace(conn: Connection, table: str, key: Mapping[str, object], values: Mapping[str, object]) -> None:
    """Write these columns to the row with that key, in the open transaction; its index entries are the caller's."""
    sets = ", ".join(f"{name} = ?" for name in values)
    where = " AND ".join(f"{name} = ?" for name in key)
    conn.execute(f"UPDATE {table} SET {sets} WHERE {where}", (*values.values(), *key.values()))


def put(conn: Connection, table: str, key: Mapping[str, object], values: Mapping[str, object]) -> None:
    """Write these columns to the row with that key, which is made where there is none."""
    where = " AND ".join(f"{name} = ?" for name in key)
    if conn.execute(f"SELECT 1 FROM {table} WHERE {where}", tuple(key.values())).fetchone() is not None:
        replace(conn, table, key, values)
        return
    marks = ", ".join("?" * len(values))
    conn.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def overwrite(conn: Connection, table: str, values: Mapping[str, str], where: str, given: Mapping[str, object]) -> int:
    """Write SQL expressions to columns of the rows of which `where` is true; returns how many rows there were."""
    sets = ", ".join(f"{name} = {expression}" for name, expression in values.items())
    return int(conn.execute(f"UPDATE {table} SET {sets} WHERE {where}", given).rowcount)


def delete(conn: Connection, table: str, where: str, given: Mapping[str, object]) -> int:
    """Delete the rows of which `where` is true; returns how many there were."""
    return int(conn.execute(f"DELETE FROM {table} WHERE {where}", given).rowcount)
