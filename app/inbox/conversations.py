"""Writes the `conversation` table in the transaction of the caller: begin, close, reopen, remove.

The columns that follow from its messages are written by `app.inbox.standing` and `app.inbox.answers`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from app.base import clock
from app.base.message import Incoming
from app.inbox.turns import Standing
from app.store.sqlite import Connection

TITLE_CHARS = 80
"""Of the first message's text, which is the title where the channel has none."""


class NewConversation(NamedTuple):
    """A new conversation with its id, in the order of the table's columns."""

    id: int
    account_id: int
    remote_id: str | None
    identity_id: int | None
    title: str
    post_title: str
    post_url: str
    post_text: str
    url: str
    public: bool
    batch_id: int | None
    parted_from: int | None = None
    """The conversation that the person parted it from: no letter joins the two again by itself."""


_COLUMNS = (*NewConversation._fields, *Standing._fields)
_BEGIN = f"INSERT INTO conversation ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"


def begin(conn: Connection, new: Iterable[tuple[NewConversation, Standing]]) -> None:
    """Insert conversations along with the standing that results from their first messages, in one statement."""
    conn.executemany(_BEGIN, [(*conversation, *standing) for conversation, standing in new])


def name_speakers(conn: Connection, first: Iterable[tuple[int, int]]) -> None:
    """Set who spoke first, in conversations where only we had spoken: (conversation id, identity id) pairs."""
    conn.executemany(
        "UPDATE conversation SET identity_id = ?2 WHERE id = ?1 AND identity_id IS NULL",
        first,
    )


def set_speaker(conn: Connection, number: int, identity: int) -> None:
    """Set whom a conversation is with."""
    conn.execute("UPDATE conversation SET identity_id = ? WHERE id = ?", (identity, number))


def name_thread(conn: Connection, number: int, remote_id: str) -> None:
    """Set the channel's key of a conversation that we have begun there."""
    conn.execute("UPDATE conversation SET remote_id = ? WHERE id = ? AND remote_id IS NULL", (remote_id, number))


def note_locked(conn: Connection, number: int, *, locked: bool) -> None:
    """Note whether a conversation is closed at its channel, so that nobody can write in it there."""
    conn.execute("UPDATE conversation SET locked = ?1 WHERE id = ?2 AND locked <> ?1", (locked, number))


def note_closing(conn: Connection, number: int, at: int | None) -> None:
    """Note when a conversation is going to be closed at its channel (Unix seconds); None: never."""
    conn.execute("UPDATE conversation SET closes_at = ?1 WHERE id = ?2 AND closes_at IS NOT ?1", (at, number))


def become(conn: Connection, number: int, account_id: int, item: Incoming, identity: int) -> None:
    """Make a conversation of letters the one on another account that `item` belongs to; its title stays."""
    conn.execute(
        "UPDATE conversation SET account_id = ?, remote_id = ?, identity_id = ?, post_title = ?, post_url = ?, url = ?,"
        " public = ? WHERE id = ?",
        (account_id, item.thread, identity, item.post_title, item.post_url, item.url, item.public, number),
    )


def follow_language(conn: Connection, number: int) -> None:
    """Make a conversation's language that of its latest message of somebody else whose language is known."""
    conn.execute(
        "UPDATE conversation SET language = coalesce((SELECT m.language FROM message m WHERE m.conversation_id = ?1"
        " AND m.out = 0 AND m.language <> '' ORDER BY m.at DESC, m.id DESC LIMIT 1), language) WHERE id = ?1",
        (number,),
    )


def retitle(conn: Connection, number: int, title: str, post_title: str) -> None:
    """Set the titles of a conversation and of its post; the caller sees to the search index."""
    conn.execute("UPDATE conversation SET title = ?, post_title = ? WHERE id = ?", (title, post_title, number))


def remove_empty(conn: Connection, number: int) -> None:
    """Delete a conversation that was begun for a letter, if no message came to be in it."""
    conn.execute("DELETE FROM conversation WHERE id = ? AND messages = 0", (number,))


def close(conn: Connection, number: int, at: int | None = None) -> None:
    """Mark a conversation as done and read, at `at` (Unix seconds, default now)."""
    conn.execute(
        "UPDATE conversation SET closed = 1, done_at = ?, closed_itself_at = NULL, snoozed_until = NULL, unread = 0"
        " WHERE id = ?",
        (clock.now() if at is None else at, number),
    )


def solved(conn: Connection, number: int) -> None:
    """Take the marks off a conversation that is no longer unhappy or difficult."""
    conn.execute("UPDATE conversation SET unhappy = 0, hard = 0 WHERE id = ?", (number,))


def reopen(conn: Connection, numbers: Iterable[int]) -> None:
    """Reopen conversations that are closed or snoozed."""
    conn.executemany(
        "UPDATE conversation SET closed = 0, done_at = NULL, closed_itself_at = NULL, snoozed_until = NULL"
        " WHERE id = ?",
        [(number,) for number in numbers],
    )


def close_by_itself(conn: Connection, number: int, at: int) -> None:
    """Close a conversation that nobody waits in, at `at` (Unix seconds); the person did not say Done."""
    conn.execute(
        "UPDATE conversation SET closed = 1, closed_itself_at = ?, unread = 0 WHERE id = ? AND state = 'waiting'",
        (at, number),
    )


def lower_unread(conn: Connection, most: Iterable[tuple[int, int]]) -> None:
    """Count no more messages as unread: (conversation id, the most that can be)."""
    conn.executemany(
        "UPDATE conversation SET unread = ?2 WHERE id = ?1 AND unread > ?2",
        most,
    )


def remove(conn: Connection, numbers: Collection[int]) -> None:
    """Delete conversations that have no messages left."""
    conn.execute("DELETE FROM conversation WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(numbers)),))
