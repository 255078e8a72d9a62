"""Schema migrations: numbered steps with frozen SQL, recorded by sqlite-utils' `Migrations`.

`PRAGMA user_version` repeats the number of the last step, so that an up-to-date file opens without importing
sqlite-utils, which takes 60 ms of the startup.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.base.errors import DamagedFileError, DiskError, NewerFileError
from app.base.words import tr
from app.store import header
from app.store.header import APPLICATION_ID
from app.store.sqlite import Connection, scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

_CORE_TABLES = 5
_FRAMES_TO_TELL = 64  # of a write-ahead log, whose first transaction writes the first page (`connection.sign_log`)
_SEALED_SINCE = 14
_STEPS = (
    "whole_product",
    "whom_a_reply_goes_to",
    "talks_are_counted_on_an_index",
    "letters",
    "letters_written",
    "whatever_comes_in",
    "the_channels_as_they_are",
    "many_at_once",
    "the_day",
    "promises_kept",
    "members_remembered",
    "delight_to_the_end",
    "one_voice",
    "seals",
    "kept_for_so_long",
)
"""The steps in order, under the names by which files have them on record; the SQL of step N is `schema_N.sql`."""


def version(conn: Connection) -> int:
    """The number of the last migration applied to this file; 0 for an empty one."""
    return int(scalar(conn, "PRAGMA user_version"))


def refuse_newer(conn: Connection) -> None:
    """Raise NewerFileError if the file was written by a newer Rapport; nothing is touched."""
    if version(conn) > header.LATEST:
        raise _newer()


def refuse_unfit(conn: Connection, path: Path) -> None:
    """Raise UserError if the open file is of a newer Rapport or another program, or is half made."""
    refuse_newer(conn)
    refuse_foreign(conn, path)
    refuse_half(conn, path)


def refuse_missing(path: Path) -> None:
    """Raise DamagedFileError if the missing file at `path` existed before: a new, empty inbox would hide the loss.

    Signs of that are a dangling symlink, backups, or a write-ahead log.
    """
    from app.store.wayback import has_backups, way_back  # noqa: PLC0415  only needed when the file is missing

    if path.is_symlink():  # the drive that holds the file may only be unplugged
        there = path.readlink()
        msg = tr(
            "{path} is a link to {there}, which doesn't exist. Connect the drive it's on, or remove the link."
        ).format(path=path, there=there)
        raise DamagedFileError(msg)
    if has_backups(path):
        msg = tr("{path} is missing, but there are still backups of it. {advice}").format(
            path=path, advice=way_back(path)
        )
        raise DamagedFileError(msg)
    log = header.log_of(path)
    if header.has_log(path):
        msg = tr(
            "{path} is missing, but its {name} is still there. Put the file back, or move that one away first."
        ).format(path=path, name=log.name)
        raise DamagedFileError(msg)


def refuse_unopened(path: Path) -> None:
    """Refuse, before SQLite opens it, a file that is empty, another program's, or a newer Rapport's.

    Raises DamagedFileError or NewerFileError. Our own file is never empty, as it is moved into place complete
    (app.store.making).
    """
    try:
        head = header.latest(path)
        size = path.stat().st_size
    except OSError:  # no permission; opening it will report that
        return
    if head is not None and head.is_ours:
        if head.version > header.LATEST:
            raise _newer()
        return
    from app.store.wayback import has_backups, saving, way_back  # noqa: PLC0415  only needed when something is wrong

    if not size:
        sentence = tr("{path} is empty. {advice}")
        if has_backups(path):
            sentence = tr("{path} is empty, and it wasn't before. {advice}")
        raise DamagedFileError(sentence.format(path=path, advice=way_back(path)))
    if head is None:
        msg = tr("{path} can't be read as a Rapport file. {advice}").format(path=path, advice=saving(path))
        raise DamagedFileError(msg)
    if head.is_bare and not head.application_id:
        msg = tr("{path} contains no community: it's an empty database. {advice}").format(
            path=path, advice=way_back(path)
        )
        raise DamagedFileError(msg)
    raise _foreign(path)


def refuse_foreign_log(path: Path) -> None:
    """Raise DamagedFileError if the write-ahead log beside the file belongs to another one.

    Call it only while nobody has the file open.
    """
    if header.has_foreign_log(path):
        log = header.log_of(path)
        msg = tr(
            "{log} belongs to a different file, not to {name}; nothing was changed. Move it away, then try again."
        ).format(log=log, name=path.name)
        raise DamagedFileError(msg)


def refuse_replaced(path: Path) -> None:
    """Raise DiskError if another file was put in the place of one that somebody has open, whose log is still there."""
    if header.has_foreign_log(path, frames=_FRAMES_TO_TELL):
        msg = tr(
            "Another program has put another file in the place of {path} while Rapport had it open. Close the window "
            "and the commands that are open on it, then try again."
        ).format(path=path)
        raise DiskError(msg)


def refuse_half(conn: Connection, path: Path) -> None:
    """Raise DamagedFileError if any core table is missing."""
    tables = scalar(
        conn,
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('message', 'conversation', 'member', 'account', 'setting')",
    )
    if tables != _CORE_TABLES:
        from app.store.wayback import way_back  # noqa: PLC0415  as above

        msg = tr("{path} is missing tables that every Rapport file has. {advice}").format(
            path=path, advice=way_back(path)
        )
        raise DamagedFileError(msg)


def refuse_foreign(conn: Connection, path: Path) -> None:
    """Raise DamagedFileError if the file holds another program's tables."""
    if (
        version(conn) == 0
        and conn.execute(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%sqlite%' LIMIT 1"
        ).fetchone()
    ):
        raise _foreign(path)


def _foreign(path: Path) -> DamagedFileError:
    from app.store.wayback import has_backups, way_back  # noqa: PLC0415  as above

    message = tr("{path} belongs to another program. Choose another folder; nothing has been changed.").format(
        path=path
    )
    return DamagedFileError(f"{message} {way_back(path)}" if has_backups(path) else message)


def _newer() -> NewerFileError:
    return NewerFileError(
        tr("This file was made by a newer Rapport. Install that version to open it; nothing has been changed.")
    )


def migrate(conn: Connection) -> None:
    """Migrate the file to LATEST; each step and its record are one transaction."""
    migrate_to(conn, header.LATEST)


def migrate_to(conn: Connection, step: int) -> None:
    """Migrate the file to a step, as an earlier Rapport would have; no further than it is already."""
    from sqlite_utils import Database  # noqa: PLC0415  slow to import; only needed to migrate

    stop = None if step >= header.LATEST else _name(step + 1)
    steps().apply(Database(conn, execute_plugins=False), stop_before=stop)


def steps() -> Migrations:
    """All migrations in order."""
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415  as above

    known = Migrations("rapport")
    for number in range(1, len(_STEPS) + 1):
        known(name=_name(number))(_step(number))
    return known


def _name(number: int) -> str:
    return f"{number:04d}_{_STEPS[number - 1]}"


def _step(number: int) -> Callable[[Database], None]:
    def step(db: Database) -> None:
        _run(db, f"schema_{number}.sql", number)

    return step


def _run(db: Database, name: str, number: int) -> None:
    from importlib.resources import files  # noqa: PLC0415  takes 3 ms; only needed to migrate

    for statement in statements(files("app.store").joinpath(name).read_text("utf-8")):
        db.conn.execute(statement)
    if number > _SEALED_SINCE:  # what a step changes no longer fits its seal
        db.conn.execute("DELETE FROM seal")
    db.conn.execute(f"PRAGMA user_version = {number}")
    db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def statements(script: str) -> Iterator[str]:
    """Split the script into statements; `executescript` would commit the transaction that a step runs in."""
    from sqlite3 import complete_statement  # noqa: PLC0415  only a migration needs it

    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if line.rstrip().endswith(";") and complete_statement(gathered):
            yield gathered
            gathered = ""
