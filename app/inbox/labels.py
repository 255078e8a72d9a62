"""Labels of conversations: those there are, and giving them."""

from __future__ import annotations

from collections.abc import Iterable

from app.base.text import fold
from app.store.sqlite import Connection


def give(conn: Connection, conversations: Iterable[int], name: str) -> None:
    """Give a label to conversations that do not have it; made in the open transaction if there is none of that name."""
    conn.execute("INSERT OR IGNORE INTO label (name) VALUES (?)", (name,))
    conn.executemany(
        "INSERT OR IGNORE INTO conversation_label (conversation_id, label_id) SELECT ?, id FROM label WHERE name = ?",
        [(number, name) for number in conversations],
    )


def take_back(conn: Connection, given: Iterable[int], made: Iterable[int]) -> None:
    """Take labels from conversations (ids of `conversation_label`), and delete those of `made` that none has then."""
    conn.executemany("DELETE FROM conversation_label WHERE id = ?", [(number,) for number in given])
    conn.executemany(
        "DELETE FROM label WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM conversation_label WHERE label_id = ?1)",
        [(number,) for number in made],
    )


def known(conn: Connection) -> dict[str, str]:
    """All labels by their folded names."""
    return {fold(name): name for (name,) in conn.execute("SELECT name FROM label ORDER BY id DESC")}
