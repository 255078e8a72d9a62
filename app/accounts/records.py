"""Writes `account`, `cursor` and `tally` for other packages, in the transaction of the caller."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from app.base import clock
from app.store.sqlite import Connection


def add_file_account(conn: Connection, kind: str, name: str, own: Iterable[str] = ()) -> int:
    """Insert an account without a login, for an imported file or for notes made by hand; returns its id.

    `own` are our own names there, folded. The name must be free.
    """
    made = conn.execute(
        "INSERT INTO account (kind, name, mode, own, created_at) VALUES (?, ?, 'file', ?, ?)",
        (kind, name, "\n".join(sorted(own)), clock.now()),
    )
    return int(made.lastrowid or 0)


def set_own(conn: Connection, number: int, own: Iterable[str]) -> None:
    """Replace our own names on the account; `own` must be folded."""
    conn.execute("UPDATE account SET own = ? WHERE id = ?", ("\n".join(sorted(own)), number))


def keep_cursor(conn: Connection, number: int, cursor: Mapping[str, str]) -> None:
    """Store how far the account has been read, in the transaction that stores what was read."""
    conn.executemany(
        "INSERT OR REPLACE INTO cursor VALUES (?, ?, ?)", [(number, name, value) for name, value in cursor.items()]
    )


def look_at_once(conn: Connection) -> None:
    """Make every live account due now."""
    conn.execute("UPDATE account SET next_at = NULL WHERE mode = 'live'")


def remove(conn: Connection, numbers: Collection[int]) -> None:
    """Delete accounts that nothing references, with their tallies."""
    conn.executemany("DELETE FROM tally WHERE account_id = ?", [(number,) for number in numbers])
    conn.executemany("DELETE FROM account WHERE id = ?", [(number,) for number in numbers])
