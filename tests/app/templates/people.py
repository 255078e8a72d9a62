"""Conversations with members, and what we replied to them."""

from __future__ import annotations

from app.store.store import Store


def talk(store: Store, name: str, language: str, kind: str = "blog") -> tuple[int, int]:
    """A conversation with one member: (conversation, member)."""
    with store.write() as conn:
        conn.execute("INSERT OR IGNORE INTO account (id, kind, name, created_at) VALUES (1, ?, 'Blog', 0)", (kind,))
        member = conn.execute(
            "INSERT INTO member (name, language, created_at) VALUES (?, ?, 0)", (name, language)
        ).lastrowid
        identity = conn.execute(
            "INSERT INTO identity (kind, handle, key, member_id, home_id) VALUES (?1, ?2, ?2, ?3, ?3)",
            (kind, f"{name}{member}", member),
        ).lastrowid
        made = conn.execute(
            "INSERT INTO conversation (account_id, identity_id, language, first_at, last_at) VALUES (1, ?, ?, 0, 0)",
            (identity, language),
        ).lastrowid
    return int(made or 0), int(member or 0)


def reply(store: Store, conversation: int, text: str, language: str, *, at: int) -> int:
    """A message of ours in a conversation; its id."""
    with store.write() as conn:
        made = conn.execute(
            "INSERT INTO message (account_id, conversation_id, out, at, text, language) VALUES (1, ?, 1, ?, ?, ?)",
            (conversation, at, text, language),
        ).lastrowid
    return int(made or 0)


def ask(store: Store, conversation: int, text: str, language: str, *, at: int) -> int:
    """A message of the member's in a conversation; its id."""
    with store.write() as conn:
        made = conn.execute(
            "INSERT INTO message (account_id, conversation_id, identity_id, out, at, text, language)"
            " SELECT 1, id, identity_id, 0, ?2, ?3, ?4 FROM conversation WHERE id = ?1",
            (conversation, at, text, language),
        ).lastrowid
    return int(made or 0)
