"""Our own exports, read back: which of the rows are messages that are there already."""

from __future__ import annotations

from collections.abc import Sequence

from app.base import ids
from app.base.errors import UserError
from app.base.words import tr
from app.imports.mapping import folded
from app.store.sqlite import Connection

_MESSAGES = frozenset(("message id", "conversation id", "parent id", "direction", "author", "author handle", "sent at"))
_CONVERSATIONS = frozenset(("conversation id", "first in at", "first reply at", "messages in", "messages out"))

_HANDOFFS = frozenset(("handoff id", "rev"))


def is_messages(header: Sequence[str]) -> bool:
    """Whether a table has the columns of our messages.csv."""
    return frozenset(map(folded, header)) >= _MESSAGES


def refuse_conversations(header: Sequence[str], name: str) -> None:
    """Raise UserError for our conversations.csv, which holds no messages; its rows would become people."""
    if frozenset(map(folded, header)) >= _CONVERSATIONS:
        msg = tr(
            "{file} is a list of conversations that Rapport exported, without their messages. Import the exported "
            "messages instead."
        ).format(file=name)
        raise UserError(msg)


def refuse_handoffs(header: Sequence[str], name: str) -> None:
    """Raise UserError for a file of hand-offs that came back: its rows are neither messages nor people."""
    if frozenset(map(folded, header)) >= _HANDOFFS:
        msg = tr("{file} is a file of hand-offs that came back. Use “Read a file back”, or `merge-back` in the shell.")
        raise UserError(msg.format(file=name))


def is_stored(conn: Connection, message_id: str, at: int, text: str, handle: str) -> bool:
    """Whether the row with this id (M-...) is a message of this file: the same time, and the same words or author.

    Ids of another community's file may be the same; their messages are others.
    """
    try:
        kind, number = ids.parse(message_id)
    except UserError:
        return False
    row = conn.execute(
        "SELECT m.at, m.text, coalesce(i.handle, '') AS handle FROM message m"
        " LEFT JOIN identity i ON i.id = m.identity_id WHERE m.id = ?",
        (number,),
    ).fetchone()
    if kind != ids.MESSAGE or row is None or row["at"] != at:
        return False
    return row["text"].split() == text.split() or (handle != "" and row["handle"] == handle)
