"""A copy of the file that was worked in: what differs between the two, row by row, and making this file like it.

Both are of one origin, and only the copy was written to since: a row of both has the same id. What follows from other
rows, what belongs to a computer, and how far each account was read stays as it is here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

from app.base.errors import UserError
from app.base.words import tr
from app.store import undo
from app.store.sqlite import Connection, IntegrityError, scalar

OTHER = "twin"
"""The name by which the copy is attached."""
_OWN = frozenset((
    "setting", "cursor", "import_batch", "import_mapping", "kept_form", "action", "action_step", "tombstone",
    "forgotten", "keep_run",
))  # fmt: skip
"""Tables that stay as they are here: settings, how far accounts were read, imports and what was done with their undo;
and what was forgotten, which is forgotten here by what forgets."""
_FOLLOWS = frozenset(("tally", "seal", "activity", "involvement", "_sqlite_migrations"))
"""Tables that follow from others, here as there."""
_INDEX = ("message_index", "member_index")
_OWN_COLUMNS: Mapping[str, frozenset[str]] = {
    "account": frozenset(("state", "ok_at", "error", "error_at", "next_at", "checked_at")),
}
"""How an account stands on the computer that it is read from."""
_PASSES = 4
"""How often what differs is looked for: triggers of the file answer a row with another one, which then differs."""

Key = tuple[object, ...]


class Sheet(NamedTuple):
    """A table whose rows are taken over: its columns, those of its key, and whether that is the row's id.

    `shared` are the columns that are taken over where the row is in both.
    """

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    has_ids: bool
    shared: tuple[str, ...]


class Differing(NamedTuple):
    """The rows of a table that differ, by their keys: those that are only here, those only there, and changed ones."""

    gone: tuple[Key, ...] = ()
    new: tuple[Key, ...] = ()
    changed: tuple[Key, ...] = ()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.gone or self.new or self.changed)


@contextmanager
def beside(conn: Connection, copy: Path) -> Iterator[None]:
    """Have the copy, which nobody else uses, as `OTHER` beside the file of a connection, also in a transaction."""
    conn.execute(f"ATTACH ? AS {OTHER}", (str(copy),))
    try:
        yield
    finally:
        if not conn.in_transaction:
            conn.execute(f"DETACH {OTHER}")


def sheets(conn: Connection) -> list[Sheet]:
    """The tables that are taken over, each after those that its rows refer to."""
    every = (name for (name,) in conn.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name"))
    names = [name for name in every if _is_taken(name)]
    order = TopologicalSorter({name: _parents(conn, name) & {*names} - {name} for name in names})
    return [_sheet(conn, name) for name in order.static_order()]


def _is_taken(name: str) -> bool:
    return not (name in _OWN or name in _FOLLOWS or name.startswith(("sqlite_", *_INDEX)))


def _parents(conn: Connection, table: str) -> set[str]:
    return {row["table"] for row in conn.execute(f"PRAGMA foreign_key_list({table})")}


def _sheet(conn: Connection, name: str) -> Sheet:
    columns = conn.execute(f"PRAGMA table_info({name})").fetchall()
    key = [row for row in columns if row["pk"]]
    has_ids = len(key) == 1 and key[0]["type"] == "INTEGER"
    names, keys = tuple(row["name"] for row in columns), tuple(row["name"] for row in key)
    own = {*keys, *_OWN_COLUMNS.get(name, ())}
    return Sheet(name, names, keys, has_ids, tuple(column for column in names if column not in own))


def differing(conn: Connection, sheet: Sheet) -> Differing:
    """What differs in a table. Needs `beside`."""
    keys = ", ".join(f"r.{name}" for name in sheet.key)
    same = " AND ".join(f"x.{name} = r.{name}" for name in sheet.key)
    differs = " OR ".join(f"x.{name} IS NOT r.{name}" for name in sheet.shared) or "0"
    missing = "SELECT {keys} FROM {here}.{table} r WHERE NOT EXISTS (SELECT 1 FROM {there}.{table} x WHERE {same})"
    gone = missing.format(keys=keys, here="main", there=OTHER, table=sheet.name, same=same)
    new = missing.format(keys=keys, here=OTHER, there="main", table=sheet.name, same=same)
    changed = f"SELECT {keys} FROM {OTHER}.{sheet.name} r JOIN main.{sheet.name} x ON {same} WHERE {differs}"
    return Differing(*(tuple(tuple(row) for row in conn.execute(sql)) for sql in (gone, new, changed)))


def all_differing(conn: Connection, among: Iterable[Sheet]) -> dict[str, Differing]:
    """What differs in each of these tables, without those in which nothing does. Needs `beside`."""
    found = {sheet.name: differing(conn, sheet) for sheet in among}
    return {name: rows for name, rows in found.items() if rows}


def take_over(conn: Connection, copies: Mapping[str, undo.Copy]) -> None:
    """Make the rows of this file like those of the copy beside it, in the open transaction.

    `copies` are the search indexes, which follow. Rows of tables that an undo doesn't know are noted for it where they
    are new, so that it takes them out again before what they hang on. Raises UserError, and the transaction is to be
    rolled back, if the two are not of one origin.
    """
    every = sheets(conn)
    try:
        conn.execute("PRAGMA defer_foreign_keys = ON")
        for _ in range(_PASSES):
            found = all_differing(conn, every)
            if not found:
                break
            _make_alike(conn, every, found, copies)
        else:
            raise _foreign()
        faults = scalar(conn, "SELECT count(*) FROM pragma_foreign_key_check")
    except IntegrityError as why:
        raise _foreign() from why
    if faults:
        raise _foreign()


def _foreign() -> UserError:
    msg = tr("What was done in that copy can't be put together with this file. Use the copy instead.")
    return UserError(msg)


def _make_alike(
    conn: Connection, every: Collection[Sheet], found: Mapping[str, Differing], copies: Mapping[str, undo.Copy]
) -> None:
    copying = undo.Copying(conn, copies)
    for sheet in reversed(list(every)):
        for key in found.get(sheet.name, Differing()).gone:
            if sheet.has_ids:
                copying.forget(sheet.name, int(str(key[0])))
            conn.execute(f"DELETE FROM main.{sheet.name} WHERE {_where(sheet)}", key)
    for sheet in every:
        rows = found.get(sheet.name, Differing())
        if sheet.has_ids:
            for key in (*rows.changed, *rows.new):
                copying.forget(sheet.name, int(str(key[0])))
        if rows.changed:
            conn.executemany(_update(sheet), ((*key, *key) for key in rows.changed))
        conn.executemany(_insert(sheet), rows.new)
        if sheet.has_ids and sheet.name not in undo.UNDOABLE:
            note(conn, sheet.name, rows.new)
    copying.remember()


def _where(sheet: Sheet) -> str:
    return " AND ".join(f"{name} = ?" for name in sheet.key)


def _insert(sheet: Sheet) -> str:
    names = ", ".join(sheet.columns)
    return f"INSERT INTO main.{sheet.name} ({names}) SELECT {names} FROM {OTHER}.{sheet.name} WHERE {_where(sheet)}"


def _update(sheet: Sheet) -> str:
    names, where = ", ".join(sheet.shared), _where(sheet)
    theirs = f"SELECT {names} FROM {OTHER}.{sheet.name} WHERE {where}"
    return f"UPDATE main.{sheet.name} SET ({names}) = ({theirs}) WHERE {where}"


def note(conn: Connection, table: str, new: Iterable[Key]) -> None:
    """Note new rows of a table that an undo doesn't know by itself, by their ids; their words are not kept twice."""
    conn.executemany(
        "INSERT INTO temp.undo_step (tbl, op, row_id, before, after) VALUES (?, 'insert', ?, NULL, '{}')",
        ((table, *key) for key in new),
    )
