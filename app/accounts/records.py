"""What other nouns write of accounts within their own transactions: the tables `account`, `cursor` and `tally`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from app.base import clock
from app.store.sqlite import Connection


def add_file_account(conn: Connection, kind: str, name: str, own: Iterable[str] = ()) -> int:
    """An account with no login, for what comes from a file or is written down by hand; its id.

    `own` are our own names there, folded. The name has to be free.
    """
    made = conn.execute(
        "INSERT INTO account (kind, name, mode, own, created_at) VALUES (?, ?, 'file', ?, ?)",
        (kind, name, "\n".join(sorted(own)), clock.now()),
    )
    return int(made.lastrowid or 0)


def set_own(conn: Connection, number: int, own: Iterable[str]) -> None:
    """Let these be our own names on the account, folded, in the place of those that were known."""
    conn.execute("UPDATE account SET own = ? WHERE id = ?", ("\n".join(sorted(own)), number))


def keep_cursor(conn: Connection, number: int, cursor: Mapping[str, str]) -> None:
    """Note how far the account has been read, in the transaction of what was read."""
    conn.executemany(
        "INSERT OR REPLACE INTO cursor VALUES (?, ?, ?)", [(number, name, value) for name, value in cursor.items()]
    )


def look_at_once(conn: Connection) -> None:
    """Let every live account be due now."""
    conn.execute("UPDATE account SET next_at = NULL WHERE mode = 'live'")


def remove(conn: Connection, numbers: Collection[int]) -> None:
    """Take accounts out that hold no conversation, with their counts; nothing may point to them."""
    conn.executemany("DELETE FROM tally WHERE account_id = ?", [(number,) for number in numbers])
    conn.executemany("DELETE FROM account WHERE id = ?", [(number,) for number in numbers])
