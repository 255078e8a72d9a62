"""Which rows refer to a row of a table."""

from __future__ import annotations

from app.store.sqlite import Connection, scalar


def keys_to(conn: Connection, table: str) -> list[tuple[str, str, bool]]:
    """Foreign keys to this table: (table, column, whether deletes cascade)."""
    rows = conn.execute(
        "SELECT t.name, f.\"from\", f.on_delete = 'CASCADE' FROM sqlite_schema t, pragma_foreign_key_list(t.name) f"
        " WHERE t.type = 'table' AND f.\"table\" = ?",
        (table,),
    )
    return [(child, column, bool(cascades)) for child, column, cascades in rows]


def has_rows(conn: Connection, table: str, column: str, row_id: int) -> bool:
    """Whether any row of the table has this id in the column."""
    return bool(scalar(conn, f"SELECT EXISTS (SELECT 1 FROM {table} WHERE {column} = ?)", (row_id,)))
