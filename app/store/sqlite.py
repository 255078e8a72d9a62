"""The one module that names SQLite's Python binding.

`pysqlite3` brings SQLite 3.53, which is free of two faults of older systems' libraries: the WAL-reset bug (fixed in
3.51.3) and FTS5 without `secure-delete`. Where its wheel is missing the standard library's binding serves, and
`rapport check` says so.
"""

from __future__ import annotations

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
except ImportError:  # the wheel exists for fewer systems than Python does
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
    "sqlite_version_info",
]
