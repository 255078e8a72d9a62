"""Writes the tables of attached files: each distinct content once, and none that is too large to lie in the file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from app.base.digests import sha256
from app.base.message import Attached
from app.store.sqlite import Connection

_AWAY = b""


def insert(conn: Connection, number: int, file: Attached, most: int | None = None) -> None:
    """Store a message's file; with `most`, the content only if it has no more bytes than that."""
    size = file.left or len(file.content)
    is_here = not file.left and (most is None or size <= most)
    digest = sha256(file.content) if is_here else _AWAY
    conn.execute(
        "INSERT INTO attachment (message_id, name, type, size, sha256, content_id, section)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, file.name, file.type, size, digest, file.content_id, "" if is_here else file.section),
    )
    if is_here:
        conn.execute("INSERT OR IGNORE INTO attachment_bytes VALUES (?, ?)", (digest, file.content))


def contents_of(conn: Connection, messages: str) -> list[bytes]:
    """The digests of the contents of these messages' files; `messages` are ids, in JSON."""
    rows = conn.execute(
        "SELECT DISTINCT sha256 FROM attachment WHERE message_id IN (SELECT value FROM json_each(?))", (messages,)
    )
    return [digest for (digest,) in rows]


def forget_contents(conn: Connection, digests: Iterable[bytes]) -> None:
    """Delete contents that no file has any more."""
    conn.executemany(
        "DELETE FROM attachment_bytes WHERE sha256 = ?1 AND NOT EXISTS (SELECT 1 FROM attachment WHERE sha256 = ?1)",
        [(digest,) for digest in digests],
    )


def forget_file(conn: Connection, number: int) -> None:
    """Delete a file, and its content unless another one has the same."""
    digests = [row["sha256"] for row in conn.execute("SELECT sha256 FROM attachment WHERE id = ?", (number,))]
    conn.execute("DELETE FROM attachment WHERE id = ?", (number,))
    forget_contents(conn, digests)


def remove(conn: Connection, numbers: Collection[int], at: int) -> None:
    """Delete the contents of these files; their names and sizes stay, with when that was (Unix seconds)."""
    wanted = json.dumps(list(numbers))
    own = "id IN (SELECT value FROM json_each(?))"
    digests = [digest for (digest,) in conn.execute(f"SELECT DISTINCT sha256 FROM attachment WHERE {own}", (wanted,))]
    conn.execute(
        f"UPDATE attachment SET sha256 = x'', section = '', content_id = '', removed_at = ? WHERE {own}", (at, wanted)
    )
    forget_contents(conn, digests)


def forget(conn: Connection, digests: Iterable[bytes]) -> None:
    """Delete the files with these digests, wherever they are attached, and their content."""
    wanted = [(digest,) for digest in digests]
    conn.executemany("DELETE FROM attachment WHERE sha256 = ?", wanted)
    conn.executemany("DELETE FROM attachment_bytes WHERE sha256 = ?", wanted)
