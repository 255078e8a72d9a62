"""Checks whether a backup is sound, without changing a byte of it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from app.base.words import N_, tr
from app.store import header
from app.store.manifest import manifest, sha256
from app.store.sqlite import Connection, DatabaseError, Row, connect, scalar

_DIGEST_CHARS = 64  # SHA-256 in hex
_UNREADABLE = N_("unreadable")


@dataclass(frozen=True, slots=True)
class Content:
    """Row counts of a file, and the last thing that was done in it; `last` is "" where nothing was."""

    messages: int
    conversations: int
    members: int
    last: str = ""
    last_at: int | None = None


def fault(file: Path) -> str:
    """What keeps the backup from being restored, in a few words ("damaged"); "" if nothing does.

    With a manifest only the checksum is verified, as the copy was checked when made; without one all pages are checked.
    """
    try:
        seen = tuple(path.stat().st_mtime_ns if path.exists() else 0 for path in (file, manifest(file)))
        return tr(_fault(file, (*seen, file.stat().st_size)))
    except OSError:
        return tr(_UNREADABLE)


@lru_cache(maxsize=64)
def _fault(file: Path, _seen: tuple[int, ...]) -> str:
    """`fault` before it is translated, cached for an unchanged file: error handling asks again with every failure."""
    try:
        head = header.read(file)
        if head is None:
            return N_("not a Rapport file")
        if not head.is_ours:
            return N_("a file of another program")
        if head.version > header.LATEST:
            return N_("made by a newer Rapport")
        wanted = digest_of(file)
        if wanted:
            return "" if sha256(file) == wanted else N_("changed since it was written: its checksum differs")
        with closing(reading(file)) as conn:
            faults = [value for (value,) in conn.execute("PRAGMA integrity_check(1)") if value != "ok"]
            counted(conn)
    except (OSError, DatabaseError):
        return _UNREADABLE
    return N_("damaged") if faults else ""


def digest_of(file: Path) -> str:
    """The SHA-256 in the manifest beside the file; "" if there is none."""
    try:
        named = manifest(file).read_text(encoding="utf-8", errors="replace").split()
    except OSError:
        return ""
    return named[0].lower() if named and len(named[0]) == _DIGEST_CHARS else ""


def reading(file: Path) -> Connection:
    """Open the file read-only and immutable: takes no locks, leaves nothing beside it, and ignores its log."""
    conn = connect(f"file:{quote(str(file.absolute()))}?mode=ro&immutable=1", uri=True)
    conn.row_factory = Row
    return conn


def content(file: Path) -> Content:
    """Row counts of a backup, and its last action. Raises DatabaseError if it cannot be read."""
    with closing(reading(file)) as conn:
        row = conn.execute("SELECT title, at FROM action ORDER BY id DESC LIMIT 1").fetchone()
        return counted(conn) if row is None else replace(counted(conn), last=str(row["title"]), last_at=int(row["at"]))


def counted(conn: Connection) -> Content:
    """Row counts of the connection's file; what was joined into another is no conversation of its own."""
    joins = scalar(conn, "SELECT count(*) FROM pragma_table_info('conversation') WHERE name = 'joined_into'")
    sources = ("message", f"conversation{' WHERE joined_into IS NULL' if joins else ''}", "member")
    messages, conversations, members = (int(scalar(conn, f"SELECT count(*) FROM {source}")) for source in sources)
    return Content(messages, conversations, members)
