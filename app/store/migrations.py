"""How the file grew: numbered steps with frozen SQL, recorded by sqlite-utils' `Migrations`.

`PRAGMA user_version` repeats the number of the last step, so that an up-to-date file opens without importing
sqlite-utils (60 ms that the first paint does not have).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import DamagedFileError, NewerFileError
from app.store.sqlite import Connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

LATEST = 2
APPLICATION_ID = 0x52505254  # "RPRT": lets `file` and us tell our files from any other SQLite file
_HEADER = 100  # bytes of an SQLite file's header


def version(conn: Connection) -> int:
    """The number of the last step applied to this file; 0 for an empty one."""
    found: int = conn.execute("PRAGMA user_version").fetchone()[0]
    return found


def refuse_newer(conn: Connection) -> None:
    """Raise NewerFileError, having touched nothing, when a later Rapport has been at this file."""
    if version(conn) > LATEST:
        raise _newer()


def refuse_unopened(path: Path) -> None:
    """Raise, before SQLite so much as opens it, for a file of a newer Rapport, of another program, or emptied.

    A file that we have just made is empty too; one beside which backups lie has lost what it held.
    """
    try:
        with path.open("rb") as content:
            head = content.read(100)
    except OSError:  # not there yet, or not ours to read, which opening it will say
        return
    if not head and any((path.parent / "backups").glob("*.rapport")):
        msg = f"{path} is empty, and it was not before. Bring back a backup from {path.parent / 'backups'}."
        raise DamagedFileError(msg)
    if head.startswith(b"SQLite format 3") and len(head) == _HEADER:
        made_by = int.from_bytes(head[68:72], "big")
        if made_by not in (0, APPLICATION_ID):
            raise _foreign(path)
        if made_by and int.from_bytes(head[60:64], "big") > LATEST:
            raise _newer()


def refuse_foreign(conn: Connection, path: Path) -> None:
    """Raise DamagedFileError for a file with another program's tables in it."""
    if (
        version(conn) == 0
        and conn.execute(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%' LIMIT 1"
        ).fetchone()
    ):
        raise _foreign(path)


def _foreign(path: Path) -> DamagedFileError:
    return DamagedFileError(f"{path} belongs to another program. Name another folder; nothing has been changed.")


def _newer() -> NewerFileError:
    return NewerFileError(
        "This file was made by a newer Rapport. Install that version to open it; nothing has been changed."
    )


def migrate(conn: Connection) -> None:
    """Bring the file to LATEST; each step is one transaction with its own record."""
    from sqlite_utils import Database  # noqa: PLC0415  slow to import; only a file that must grow pays

    steps().apply(Database(conn, execute_plugins=False))


def steps() -> Migrations:
    """All steps in order."""
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415  as above

    known = Migrations("rapport")

    @known(name="0001_whole_product")
    def first(db: Database) -> None:
        _run(db, "schema_1.sql", 1)

    @known(name="0002_whom_a_reply_goes_to")
    def second(db: Database) -> None:
        _run(db, "schema_2.sql", 2)

    return known


def _run(db: Database, name: str, number: int) -> None:
    from importlib.resources import files  # noqa: PLC0415  3 ms that only a file that must grow pays

    for statement in statements(files("app.store").joinpath(name).read_text("utf-8")):
        db.conn.execute(statement)
    db.conn.execute(f"PRAGMA user_version = {number}")
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def statements(script: str) -> Iterator[str]:
    """The script's statements one by one; `executescript` would commit the transaction that a step runs in."""
    from sqlite3 import complete_statement  # noqa: PLC0415

    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if line.rstrip().endswith(";") and complete_statement(gathered):
            yield gathered
            gathered = ""
