"""Writes docs/schema.sql: the file's tables as they stand after all migrations.

Run it with `.venv/bin/python packaging/schema.py` after a migration was added; a test holds the two together.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.store.sqlite import Connection

HOUSE = Path(__file__).resolve().parent.parent
SCHEMA = HOUSE / "docs" / "schema.sql"
HEAD = "-- Made by packaging/schema.py from an empty file after all migrations; not to be edited.\n"
# The tables behind a search index are SQLite's own and follow from its CREATE VIRTUAL TABLE.
OURS = """
    SELECT type, name, sql FROM sqlite_schema AS ours
    WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' AND NOT EXISTS (
      SELECT 1 FROM sqlite_schema AS found
      WHERE found.sql GLOB 'CREATE VIRTUAL *' AND ours.name GLOB found.name || '_*')
    ORDER BY ours.rowid
"""


def schema() -> str:
    """The statements that make an empty file of this version, in the order in which they were run."""
    from app.store.store import Store  # noqa: PLC0415  the house is put on the path below when this is run by itself

    with tempfile.TemporaryDirectory() as scratch:
        store = Store(Path(scratch) / "empty.rapport")
        statements = described(store.read)
        store.close()
    return statements


def described(conn: Connection) -> str:
    """The statements that made this file, in the order in which they were run."""
    return HEAD + "".join(f"\n{sql};\n" for _, _, sql in conn.execute(OURS))


if __name__ == "__main__":
    sys.path.insert(0, str(HOUSE))
    SCHEMA.write_text(schema(), encoding="utf-8")
