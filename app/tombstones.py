"""Tombstones: by what a forgotten member and their messages were known, as digests, so that nothing of them comes back.

A digest tells nobody a name. Who has the file and guesses an address can find out whether it was forgotten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from app.base import digests
from app.base.words import N_, tr
from app.store.sqlite import Connection

PERSON, MESSAGE, THREAD, ROW, FILE = "person", "message", "thread", "row", "file"
"""What is known: somebody on a kind of channel, a message and a thread of an account, a message without an id there,
and a file of a message."""

WORDS, RULED = N_("[forgotten]"), N_("[erased by rule]")
"""What stands in the place of what was said by somebody forgotten, and of what a rule has erased."""
Mark = tuple[str, str, str]
"""One of these; the kind of channel, or the account's id; the key or remote id there, or what else tells it apart."""
CARRIED = "tombstones_to_take_over"
"""The setting in which a restored backup finds the tombstones of the file that it replaced."""
UNFINISHED = "forgetting_unfinished"
"""The setting that is there while traces of somebody forgotten may lie between the rows of the file."""
_BYTES = 20
_AT_ONCE = 500


def erased(column: str) -> str:
    """SQL that is true where a column of words holds none any more."""
    words, ruled = (tr(each).replace("'", "''") for each in (WORDS, RULED))
    return f"{column} IN ('{words}', '{ruled}')"


def person(kind: str, key: str) -> Mark:
    """The mark of somebody's name on a kind of channel."""
    return PERSON, kind, key


def message(account_id: int, remote_id: str) -> Mark:
    """The mark of a message of an account."""
    return MESSAGE, str(account_id), remote_id


def thread(account_id: int, remote_id: str) -> Mark:
    """The mark of a thread of an account."""
    return THREAD, str(account_id), remote_id


def row(account_id: int, number: int, at: int) -> Mark:
    """The mark of a message that has no id at its channel: by its own id, and when it was said (Unix seconds)."""
    return ROW, str(account_id), f"{number} {at}"


def file(account_id: int, message: str, name: str, size: int) -> Mark:
    """The mark of a file, by the last part of its message's mark, its name and its size in bytes."""
    return FILE, str(account_id), "\0".join((message, name, str(size)))


def digest(mark: Mark) -> bytes:
    """What is kept of a mark: 20 bytes by BLAKE2b."""
    return digests.blake2b("\0".join(mark).encode("utf-8", "surrogatepass"), _BYTES)


def there_are(conn: Connection) -> bool:
    """Whether anybody was ever forgotten."""
    return conn.execute("SELECT 1 FROM tombstone LIMIT 1").fetchone() is not None


def known(conn: Connection, marks: Iterable[Mark]) -> dict[Mark, int]:
    """Those of the marks that belong to somebody forgotten, with when that was (Unix seconds)."""
    digests = {digest(mark): mark for mark in marks}
    found: dict[Mark, int] = {}
    asked = list(digests)
    for begin in range(0, len(asked), _AT_ONCE):
        some = asked[begin : begin + _AT_ONCE]
        rows = conn.execute(f"SELECT digest, at FROM tombstone WHERE digest IN ({', '.join('?' * len(some))})", some)
        found |= {digests[row["digest"]]: int(row["at"]) for row in rows}
    return found


def put(conn: Connection, marks: Iterable[Mark], at: int) -> None:
    """Keep these marks from `at` on (Unix seconds), in the open transaction; the latest time counts."""
    keep(conn, {digest(mark): at for mark in marks})


def keep(conn: Connection, digests: Mapping[bytes, int]) -> None:
    """The same for digests, as `everything` returns them."""
    conn.executemany(
        "INSERT INTO tombstone VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)", digests.items()
    )


def packed(conn: Connection) -> str:
    """All digests, and the receipts of forgettings and of rules' runs, as JSON, for a restored backup to take over.

    "" if there are none.
    """
    digests = {one.hex(): at for one, at in everything(conn).items()}
    if not digests:
        return ""
    receipts = [list(row) for row in conn.execute("SELECT at, member_id, receipt FROM forgotten ORDER BY id")]
    return json.dumps({"digests": digests, "receipts": receipts, "runs": _runs(conn)})


def _runs(conn: Connection) -> list[list[object]]:
    """The receipts of rules' runs; a file of an earlier release has no table for them."""
    if conn.execute("SELECT 1 FROM sqlite_schema WHERE name = 'keep_run'").fetchone() is None:
        return []
    return [list(row) for row in conn.execute("SELECT at, receipt FROM keep_run ORDER BY id")]


def everything(conn: Connection) -> dict[bytes, int]:
    """All digests, with when each was made."""
    return {row["digest"]: int(row["at"]) for row in conn.execute("SELECT digest, at FROM tombstone")}
