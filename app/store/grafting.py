"""Rows of another copy of the file, brought into this one under ids that are free here, with the rows they refer to.

A row that is here already is found by what it is, not by its id: two copies that were both written to gave the same
ids to different rows. What a row refers to is brought along where its table is one that may be; elsewhere the reference
is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from app.store import twin, undo
from app.store.sqlite import Connection, scalar
from app.store.twin import OTHER

MAP = "temp.grafted"
"""The ids of rows of the copy (`other`) and those of the same rows here (`mine`), by table (`tbl`)."""
Take = Callable[[Connection, Mapping[str, Any]], int]


class Way(NamedTuple):
    """How rows of a table are recognised, and brought.

    `same` is SQL that selects the id here of the row with the id ?1 there; "" for rows that are always new. `alone`:
    rows are only recognised, never brought along. `now` says which row one stands for by now, such as of a merge.
    `number` gives a new row its id where that of the copy is taken. `refers` names the tables of columns that no
    foreign key tells of.
    """

    same: str = ""
    alone: bool = False
    now: Callable[[Connection, int], int] | None = None
    number: Take | None = None
    refers: Mapping[str, str] = {}


class Graft:
    """Brings rows of the copy that is attached as `OTHER`, in the open transaction."""

    def __init__(self, conn: Connection, ways: Mapping[str, Way], copies: Mapping[str, undo.Copy]) -> None:
        """`ways` are the tables that are known; `copies` the search indexes, which follow."""
        self._conn, self._ways, self._copies = conn, ways, copies
        self.brought: dict[str, list[int]] = {}
        conn.execute(f"DROP TABLE IF EXISTS {MAP}")
        conn.execute(
            f"CREATE TEMP TABLE {MAP.removeprefix('temp.')}"
            " (tbl TEXT, other INTEGER, mine INTEGER, PRIMARY KEY (tbl, other)) WITHOUT ROWID"
        )

    def close(self) -> None:
        """Drop what was noted."""
        self._conn.execute(f"DROP TABLE IF EXISTS {MAP}")

    def pair(self, table: str, columns: Sequence[str], which: str = "") -> None:
        """Note which rows of the copy are here under another id, by what these columns hold.

        `which` is SQL for the rows `r` of the copy that are asked about. One that is here under its own id is left out.
        """
        way = self._ways[table]
        alike = " AND ".join(f"x.{name} = r.{name}" for name in columns)
        more = f" AND ({which})" if which else ""
        rows = self._conn.execute(
            f"SELECT r.id, min(x.id) FROM {OTHER}.{table} r JOIN main.{table} x ON {alike}"
            f" WHERE NOT EXISTS (SELECT 1 FROM main.{table} y WHERE y.id = r.id AND y.{columns[0]} = r.{columns[0]})"
            f"{more} GROUP BY r.id"
        ).fetchall()
        for other, mine in rows:
            self._note(table, other, mine if way.now is None else way.now(self._conn, mine))

    def here(self, table: str, number: int) -> int | None:
        """The id here of a row of the copy; None if it is not here."""
        known = self._conn.execute(f"SELECT mine FROM {MAP} WHERE tbl = ? AND other = ?", (table, number)).fetchone()
        if known is not None:
            return int(known["mine"])
        way = self._ways[table]
        found = self._conn.execute(way.same, (number,)).fetchone() if way.same else None
        if found is None:
            return None
        mine = int(found[0]) if way.now is None else way.now(self._conn, int(found[0]))
        self._note(table, number, mine)
        return mine

    def bring(self, table: str, number: int) -> int | None:
        """The id here of a row of the copy, which is brought if it isn't here; None if there is no such row."""
        row = self._conn.execute(f"SELECT * FROM {OTHER}.{table} WHERE rowid = ?", (number,)).fetchone()
        if row is None:
            return None
        self._bring_accounts(table, row)
        mine = self.here(table, number)
        if mine is not None or self._ways[table].alone:
            return mine
        values = self._translated(table, dict(row))
        again = self.here(table, number)  # it may have been brought along meanwhile
        return self._put(table, number, values) if again is None else again

    def _bring_accounts(self, table: str, row: Mapping[str, Any]) -> None:
        """By its account a conversation or a message is recognised."""
        if table != "account" and "account_id" in row.keys() and row["account_id"] is not None:  # noqa: SIM118  a Row
            self.bring("account", int(row["account_id"]))

    def put(self, table: str, values: Mapping[str, Any]) -> int:
        """Insert a row of our own making; returns its id."""
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        made = self._conn.execute(f"INSERT INTO main.{table} ({names}) VALUES ({marks})", tuple(values.values()))
        number = int(made.lastrowid or 0)
        self._after(table, number)
        return number

    def follow(self, table: str, column: str, other: object, mine: object) -> None:
        """Copy the rows of a table without ids of its own that hang on a row which came: `other` there, `mine` here."""
        for row in self._conn.execute(f"SELECT * FROM {OTHER}.{table} WHERE {column} = ?", (other,)).fetchall():
            values = dict(row) | {column: mine}
            if "account_id" in values:
                values["account_id"] = self.here("account", values["account_id"])
            names, marks = ", ".join(values), ", ".join("?" * len(values))
            self._conn.execute(f"INSERT OR IGNORE INTO main.{table} ({names}) VALUES ({marks})", tuple(values.values()))

    def _put(self, table: str, number: int, values: dict[str, Any]) -> int:
        key = self._key(table)
        if scalar(self._conn, f"SELECT EXISTS (SELECT 1 FROM main.{table} WHERE {key} = ?)", (values[key],)):
            take = self._ways[table].number
            if take is not None:
                values[key] = take(self._conn, values)
            else:
                del values[key]
        mine = self.put(table, values)
        self._note(table, number, mine)
        return mine

    def _after(self, table: str, number: int) -> None:
        self.brought.setdefault(table, []).append(number)
        if table in self._copies:
            self._copies[table].remember(self._conn, number)
        if table not in undo.UNDOABLE:
            twin.note(self._conn, table, [(number,)])

    def _note(self, table: str, other: int, mine: int) -> None:
        self._conn.execute(f"INSERT OR REPLACE INTO {MAP} VALUES (?, ?, ?)", (table, other, mine))

    def _key(self, table: str) -> str:
        return next(str(row["name"]) for row in self._conn.execute(f"PRAGMA table_info({table})") if row["pk"])

    def _translated(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        """The row with the ids that hold here; references to rows that aren't brought are left out."""
        info = {one["name"]: one for one in self._conn.execute(f"PRAGMA main.table_info({table})")}
        parents = {one["from"]: one["table"] for one in self._conn.execute(f"PRAGMA main.foreign_key_list({table})")}
        parents |= self._ways[table].refers
        values: dict[str, Any] = {}
        for name, value in row.items():
            if name not in info:
                continue
            loose = name.endswith("_id") and info[name]["type"] == "INTEGER" and not info[name]["pk"]
            if name in parents or loose:
                values[name] = self._reference(parents.get(name, ""), value)
            else:
                values[name] = value
        return values

    def _reference(self, parent: str, value: int | None) -> int | None:
        if value is None or parent not in self._ways:
            return None
        return self.bring(parent, value)
