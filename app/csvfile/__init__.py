"""CSV that survives a spreadsheet: guards cells when writing, detects encoding and separator when reading."""

from __future__ import annotations

from app.csvfile.guard import clean, damaged, guard, unguard
from app.csvfile.reading import Row, Table, header_of, inspect_table, rows
from app.csvfile.writing import ExistsError, columns, in_place, write, write_columns

__all__ = [
    "ExistsError",
    "Row",
    "Table",
    "clean",
    "columns",
    "damaged",
    "guard",
    "header_of",
    "in_place",
    "inspect_table",
    "rows",
    "unguard",
    "write",
    "write_columns",
]
