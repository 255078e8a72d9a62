"""What a write would do, tried on copies of tables in memory: nothing reaches the file, and no other write waits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from app.store.connection import open_reader
from app.store.failures import sentence
from app.store.sqlite import Connection, DatabaseError

_ALLOWED, _DENIED = 0, 1
_CHANGES = frozenset((9, 18, 23))  # SQLITE_DELETE, SQLITE_INSERT, SQLITE_UPDATE
_HEAD = re.compile(r"CREATE (TABLE |(?:UNIQUE )?INDEX )")
_PARTS = "SELECT type, sql FROM main.sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type = 'table' DESC"


@contextmanager
def rehearsed(path: Path, tables: Sequence[str]) -> Iterator[Connection]:
    """A connection on which these tables of the file are copies, as they are now; whatever is written to them is lost.

    All other tables are the file's own, to be read only: writing one raises DatabaseError. The copies have neither
    triggers nor foreign keys. Raises UserError if the file fails.
    """
    conn = open_reader(path)
    try:
        conn.execute("PRAGMA foreign_keys = OFF")  # what a copy refers to is in the file
        conn.execute("PRAGMA query_only = OFF")
        conn.set_authorizer(_refuse_the_file)
        conn.execute("BEGIN")
        try:
            for table in tables:
                _copy(conn, table)
        except DatabaseError as why:
            raise sentence(why, path) from why
        yield conn
    finally:
        conn.close()


def _copy(conn: Connection, table: str) -> None:
    for kind, sql in conn.execute(_PARTS, (table,)).fetchall():
        if kind == "table":
            conn.execute(_HEAD.sub(r"CREATE TEMP \1", sql, count=1))
            conn.execute(f"INSERT INTO temp.{table} SELECT * FROM main.{table}")
        elif kind == "index":
            conn.execute(_HEAD.sub(r"CREATE \1temp.", sql, count=1))


def _refuse_the_file(
    action: int, _table: str | None, _column: str | None, database: str | None, _by: str | None
) -> int:
    return _DENIED if action in _CHANGES and database == "main" else _ALLOWED
