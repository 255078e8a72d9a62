"""Reads what can still be read of a damaged file, table by table, into a new one.

SQLite reads rows in the order of their keys and stops at a page that it can't read. Reading goes on behind it, where
that is found by halving; how many rows lay between nobody knows. What refers to a row that is lost is mended last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from app.store import header, migrations
from app.store.connection import give_number, open_connection
from app.store.sqlite import Connection, DatabaseError, connect, scalar

_FURTHEST = (1 << 63) - 1
_AT_ONCE = 500
_MOST_GAPS = 2_000  # unreadable pages of one table; with more of them the rest of it is given up
_NO_ROWID = "WITHOUT ROWID"
UNREADABLE = (DatabaseError, UnicodeDecodeError)
"""What reading a damaged file raises: a damaged schema is quoted in SQLite's message, as it is."""
_MADE_ANEW = ("tally", "seal", "sqlite_sequence", "_sqlite_migrations")
"""Tables that follow from others, and those of SQLite and of the migrations."""


class Gap(NamedTuple):
    """Rows of a table that can't be read: those with an id above `after` and below `before`."""

    after: int
    before: int


@dataclass
class Found:
    """What was read: how many rows of each table, and where some are missing."""

    rows: dict[str, int] = field(default_factory=dict)
    gaps: dict[str, list[Gap]] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    """Tables without ids, or too damaged, that end before they should."""
    left_out: int = 0
    """Rows that were read and that their table doesn't take: a value in them was damaged."""
    letters: int = 0
    """Texts of which a letter was damaged: it stands as \ufffd there."""

    @property
    def is_whole(self) -> bool:
        """Whether nothing was missing."""
        return not (self.gaps or self.cut or self.left_out or self.letters)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The tables of which not everything could be read, by the alphabet."""
        return tuple(sorted({*self.gaps, *self.cut}))

    def lacks(self, table: str) -> bool:
        """Whether rows of this table couldn't be read, as far as is known."""
        return table in self.gaps or table in self.cut


def salvage(source: Path, part: Path) -> Found:
    """Read `source`, with its log, into the new file `part`, which must not exist; returns what was found.

    `source` is written to, so hand over a copy. Raises DatabaseError if not even the names of its tables can be read.
    """
    with closing(open_connection(part)) as new:
        _make(new, _version(source))
        found = Found()
        with closing(_opened(source, new, found)) as old:
            tables = {name for (name,) in old.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            new.execute("PRAGMA foreign_keys = OFF")
            new.execute("BEGIN")
            for table, columns, key in _sheets(new):
                if table in tables:
                    _copy_table(old, new, table, columns, key, found)
                else:
                    found.cut.add(table)
            _count_on(new, old)
            new.execute("COMMIT")
            give_number(new)
        return found


def fill(part: Path, backup: Path, found: Found) -> int:
    """Take the rows that couldn't be read from a sound backup; returns how many those were.

    Only rows between two that were read, or all of a table that was cut off. What was deleted since the backup, and was
    there, comes back with them.
    """
    many = 0
    with closing(open_connection(part)) as new, closing(connect(f"file:{backup.absolute()}?mode=ro", uri=True)) as old:
        old.text_factory = _as_text
        new.execute("PRAGMA foreign_keys = OFF")
        new.execute("BEGIN")
        for table, columns, key in _sheets(new):
            there = [name for name in columns if name in _columns(old, table)]
            if not there or (table not in found.gaps and table not in found.cut):
                continue
            spans = [Gap(-_FURTHEST, _FURTHEST)] if table in found.cut else found.gaps[table]
            for span in spans:
                where = f"WHERE {key} > {span.after} AND {key} < {span.before}" if key else ""
                with suppress(*UNREADABLE):
                    rows = old.execute(f"SELECT {', '.join(there)} FROM {table} {where}").fetchall()
                    many += _put(new, table, there, rows)
        new.execute("COMMIT")
    return many


def fill_messages(part: Path, backup: Path) -> int:
    """Take from a sound backup the messages of conversations that counted more than there are; how many those were."""
    with closing(open_connection(part)) as new, closing(connect(f"file:{backup.absolute()}?mode=ro", uri=True)) as old:
        old.text_factory = _as_text
        new.execute("PRAGMA foreign_keys = OFF")
        short = [
            number
            for (number,) in new.execute(
                "SELECT id FROM conversation c WHERE c.messages >"
                " (SELECT count(*) FROM message m WHERE m.conversation_id = c.id)"
            )
        ]
        there = [name for name in _columns(new, "message") if name in _columns(old, "message")]
        sql = f"SELECT {', '.join(there)} FROM message WHERE conversation_id = ?"
        new.execute("BEGIN")
        many = sum(_put(new, "message", there, old.execute(sql, (number,)).fetchall()) for number in short)
        new.execute("COMMIT")
    return many


def mend(conn: Connection) -> int:
    """Take out references to rows that are lost, in the open transaction; returns how many rows had to go with them.

    A message is kept whatever it lost: its conversation and account are made anew, with nothing but their ids.
    """
    gone = 0
    for _ in range(20):
        broken = {(child, key) for child, _, _, key in conn.execute("PRAGMA foreign_key_check")}
        if not broken:
            break
        for child, number in sorted(broken):
            gone += _mend_one(conn, child, number)
    return gone


def _mend_one(conn: Connection, child: str, number: int) -> int:
    links = [row for row in conn.execute(f"PRAGMA foreign_key_list({child})") if row["id"] == number]
    parent = links[0]["table"]
    mine = [row["from"] for row in links]
    theirs = [row["to"] or "id" for row in links]
    lost = (
        f"{' AND '.join(f'{one} IS NOT NULL' for one in mine)} AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE "
        + " AND ".join(f"p.{to} = {child}.{one}" for one, to in zip(mine, theirs, strict=True))
        + ")"
    )
    if len(mine) == 1 and parent in _STUBS and child in _STUBS_FOR:
        filled = _STUBS[parent].format(child=child, column=mine[0], lost=lost)
        conn.execute(f"INSERT OR IGNORE INTO {parent} {filled}")
        if not scalar(conn, f"SELECT EXISTS (SELECT 1 FROM {child} WHERE {lost})"):
            return 0
    needed = {row["name"] for row in conn.execute(f"PRAGMA table_info({child})") if row["notnull"] or row["pk"]}
    if not needed & set(mine):
        conn.execute(f"UPDATE {child} SET {', '.join(f'{one} = NULL' for one in mine)} WHERE {lost}")
        return 0
    return int(conn.execute(f"DELETE FROM {child} WHERE {lost}").rowcount)


_STUBS_FOR = ("message", "conversation", "identity", "outbox", "draft", "gift", "member_note")
_STUBS = {
    "account": (
        "(id, kind, name, mode, state, created_at)"
        " SELECT DISTINCT {column}, 'file', '#' || {column}, 'file', 'paused', 0 FROM {child} WHERE {lost}"
    ),
    "conversation": (
        "(id, account_id, public, first_at, last_at)"
        " SELECT m.conversation_id, min(m.account_id), 0, min(m.at), max(m.at) FROM message m"
        " WHERE m.conversation_id IN (SELECT {column} FROM {child} WHERE {lost}) GROUP BY 1"
    ),
    "member": (
        "(id, name, created_at)"
        " SELECT DISTINCT {column}, coalesce((SELECT nullif(i.name, '') FROM identity i WHERE i.member_id ="
        " {child}.{column}), '?'), 0 FROM {child} WHERE {lost}"
    ),
}
"""Rows that are made anew where what refers to them has words of its own."""


def _as_text(octets: bytes) -> str:
    return octets.decode("utf-8", "replace")  # a letter may be damaged, where the rest can be read


def _noting(found: Found) -> Callable[[bytes], str]:
    """The same, which notes how many texts have a damaged letter."""

    def as_text(octets: bytes) -> str:
        try:
            return octets.decode()
        except UnicodeDecodeError:
            found.letters += 1
            return _as_text(octets)

    return as_text


def _version(source: Path) -> int:
    head = header.latest(source)
    version = head.version if head is not None else 0
    return version if 1 <= version <= header.LATEST else header.LATEST


def _opened(source: Path, new: Connection, found: Found) -> Connection:
    """A connection that can read the file's schema; where it can't be read, its first bytes and its text are healed."""
    for heal in (lambda: None, lambda: heal_head(source), lambda: _heal_schema(source, new)):
        with suppress(*UNREADABLE):
            heal()
        old = connect(str(source), isolation_level=None)
        old.text_factory = _noting(found)
        with suppress(*UNREADABLE):
            old.execute("SELECT count(*) FROM setting").fetchone()
            return old
        old.close()
    old = connect(str(source), isolation_level=None)  # whatever of it can be read
    old.text_factory = _noting(found)
    return old


def _heal_schema(source: Path, new: Connection) -> None:
    """Write the text of every table and index anew, as ours of that version says it; their pages stay."""
    with closing(connect(str(source), isolation_level=None)) as conn:
        conn.text_factory = _as_text
        conn.execute("PRAGMA writable_schema = ON")
        for name, sql in new.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall():
            conn.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ? AND sql IS NOT ?", (sql, name, sql))
        names = [name for (name,) in new.execute("SELECT name FROM sqlite_schema")]
        marks = ", ".join("?" * len(names))
        conn.execute(f"DELETE FROM sqlite_schema WHERE name NOT IN ({marks})", names)


def _make(new: Connection, version: int) -> None:
    """The tables of that version, empty."""
    if version == header.LATEST:
        migrations.migrate(new)
    else:
        migrations.migrate_to(new, version)
    for (table,) in new.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE '_sqlite%' AND name NOT LIKE '%\\_index\\_%' ESCAPE '\\'"
    ).fetchall():
        new.execute(f"DELETE FROM {table}")  # what a step puts in comes from the old file


def _sheets(new: Connection) -> list[tuple[str, list[str], str]]:
    """The tables to be filled: name, columns, and the one that is the row's id, "" if there is none."""
    found = []
    for name, sql in new.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid"
    ).fetchall():
        if name in _MADE_ANEW or name.startswith(("sqlite_", "message_index_", "member_index_")):
            continue
        columns = _columns(new, name)
        ids = [
            row["name"] for row in new.execute(f"PRAGMA table_info({name})") if row["pk"] and row["type"] == "INTEGER"
        ]
        keys = sum(bool(row["pk"]) for row in new.execute(f"PRAGMA table_info({name})"))
        plain = _NO_ROWID not in sql.upper()
        found.append((name, columns, ids[0] if plain and keys == 1 and ids else "rowid" if plain else ""))
    return found


def _columns(conn: Connection, table: str) -> list[str]:
    """The columns that are stored."""
    return [name for _, name, *_, hidden in conn.execute(f"PRAGMA table_xinfo({table})") if not hidden]


def _copy_table(old: Connection, new: Connection, table: str, columns: Sequence[str], key: str, found: Found) -> None:
    try:
        there = [name for name in columns if name in _columns(old, table)]
    except UNREADABLE:
        there = []
    if not there:
        found.cut.add(table)
        return
    many = 0
    reading = _by_id(old, table, there, key, found) if key else _in_order(old, table, there, found)
    for rows in reading:
        put = _put(new, table, there, rows)
        many += put
        found.left_out += len(rows) - put if table not in found.cut else 0  # read twice, from either end
    found.rows[table] = many


def _put(new: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> int:
    """Write rows; one that breaks a rule of the table, by a value that was damaged, is left out."""
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"
    new.execute("SAVEPOINT putting")
    try:
        return int(new.executemany(sql, rows).rowcount) if rows else 0  # without what triggers do
    except UNREADABLE:  # STRICT: a value of another type, or a CHECK
        new.execute("ROLLBACK TO putting")
        return sum(_is_put(new, sql, row) for row in rows)
    finally:
        new.execute("RELEASE putting")


def _is_put(new: Connection, sql: str, row: Sequence[object]) -> int:
    try:
        return int(new.execute(sql, tuple(row)).rowcount)
    except UNREADABLE:
        return 0


def _in_order(old: Connection, table: str, columns: Sequence[str], found: Found) -> Iterator[list[Sequence[object]]]:
    """The rows from the first on, and where that breaks off, from the last back."""
    named = [(place, name) for _, name, *_, place in old.execute(f"PRAGMA table_info({table})") if place]
    keys = [name for _, name in sorted(named)]
    for order in ("", f"ORDER BY {', '.join(f'{key} DESC' for key in keys)}"):
        try:
            cursor = old.execute(f"SELECT {', '.join(columns)} FROM {table} {order}")
            while rows := cursor.fetchmany(_AT_ONCE):
                yield rows
        except UNREADABLE:
            found.cut.add(table)
            continue
        return


def _by_id(
    old: Connection, table: str, columns: Sequence[str], key: str, found: Found
) -> Iterator[list[Sequence[object]]]:
    """The rows by their ids; behind one that can't be read it goes on with the next that can."""
    after, least = -_FURTHEST, 1
    for _ in range(_MOST_GAPS):
        rows: list[Sequence[object]] = []
        try:
            cursor = old.execute(
                f"SELECT {key}, {', '.join(columns)} FROM {table} WHERE {key} > ? ORDER BY {key}", (after,)
            )
            for number, *values in cursor:
                if not isinstance(number, int) or number <= after:
                    raise DatabaseError
                rows.append(values)
                after = number
                if len(rows) == _AT_ONCE:
                    yield rows
                    rows = []
            yield rows
        except UNREADABLE:
            yield rows
        else:
            return
        before = _next_readable(old, table, columns, key, after + least)
        found.gaps.setdefault(table, []).append(Gap(after, before))
        if before == _FURTHEST:
            return
        least = 1 if rows else least * 2  # rows out of order may lead to the same place again
        after = before - 1
    found.cut.add(table)


def _next_readable(old: Connection, table: str, columns: Sequence[str], key: str, after: int) -> int:
    """The lowest id from `after` on whose row can be read; the greatest number if there is none.

    Doubles its steps until it is behind what can't be read, and then halves them: some 100 looks for ids of any size.
    """
    low, step = after - 1, 1
    while low + step < _FURTHEST and not _is_readable(old, table, columns, key, low + step):
        low, step = low + step, step * 2
    high = min(low + step, _FURTHEST)
    while high - low > 1:
        middle = (low + high) // 2
        if _is_readable(old, table, columns, key, middle):
            high = middle
        else:
            low = middle
    found = None
    with suppress(*UNREADABLE):
        found = old.execute(f"SELECT min({key}) FROM {table} WHERE {key} >= ?", (high,)).fetchone()[0]
    return _FURTHEST if found is None else int(found)


def _is_readable(old: Connection, table: str, columns: Sequence[str], key: str, at: int) -> bool:
    """Whether the first row from the id `at` on can be read, or there is none."""
    try:
        old.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {key} >= ? ORDER BY {key} LIMIT 1", (at,)
        ).fetchone()
    except UNREADABLE:
        return False
    return True


def _count_on(new: Connection, old: Connection) -> None:
    """Numbers that people may have seen are not given again."""
    with suppress(*UNREADABLE):
        for name, last in old.execute("SELECT name, seq FROM sqlite_sequence").fetchall():
            if isinstance(last, int) and 0 < last < 1 << 40:
                new.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (last, name))


def heal_head(copy: Path) -> bool:
    """Write into a copy anew what the first bytes of every file of ours say; False if it can't be one.

    The fields are those of https://www.sqlite.org/fileformat.html (1.3); lengths and free pages are counted anew.
    """
    with copy.open("r+b") as file:
        head = bytearray(file.read(100))
        if len(head) < 100 or not _looks_ours(file.read(8)):  # noqa: PLR2004  the header's length
            return False
        version = int.from_bytes(head[60:64], "big")
        head[0:24] = b"SQLite format 3\0" + (8192).to_bytes(2, "big") + b"\1\1\0\x40\x20\x20"
        head[28:40] = bytes(12)
        head[44:48], head[56:60] = (4).to_bytes(4, "big"), (1).to_bytes(4, "big")
        head[60:64] = (version if 1 <= version <= header.LATEST else header.LATEST).to_bytes(4, "big")
        head[68:72] = header.APPLICATION_ID.to_bytes(4, "big")
        head[72:100] = bytes(28)
        file.seek(0)
        file.write(head)
    return True


def _looks_ours(after: bytes) -> bool:
    """Whether what follows the header is the root of a table of names, as every SQLite file begins."""
    return after[:1] in (b"\x05", b"\x0d")
