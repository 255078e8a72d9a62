"""The only module that imports an SQLite binding.

`pysqlite3` bundles SQLite 3.53, which lacks two flaws of older system libraries: the WAL-reset bug (fixed in 3.51.3)
and FTS5 without `secure-delete`. Without its wheel the standard library's `sqlite3` is used, and `rapport check` says
so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

try:
    from pysqlite3.dbapi2 import (
        Connection,
        Cursor,
        DatabaseError,
        IntegrityError,
        OperationalError,
        Row,
        connect,
        sqlite_version_info,
    )
except ImportError:  # it has no wheels for some of our platforms
    from sqlite3 import (
        Connection,
        Cursor,
        DatabaseError,
        IntegrityError,
        OperationalError,
        Row,
        connect,
        sqlite_version_info,
    )

__all__ = [
    "Connection",
    "Cursor",
    "DatabaseError",
    "IntegrityError",
    "OperationalError",
    "Row",
    "connect",
    "scalar",
    "sqlite_version_info",
]


def scalar(conn: Connection, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> Any:  # noqa: ANN401  whatever the column holds
    """The value of a query for a single column of a single row, such as a count. Raises TypeError if no row matches."""
    (value,) = conn.execute(sql, values).fetchone()
    return value
