"""What goes along with a request: whose matter it is, and which messages, as short lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from app.base import ids
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.mail.quotes import first_words
from app.store.sqlite import Connection

USUAL_MESSAGES = 3
_USUAL_CHARS, _CHOSEN_CHARS = 240, 1000
_OFFERED = 30
_LINE = (
    "SELECT m.id, m.out, coalesce(nullif(i.name, ''), i.handle, '') AS name, m.text, m.at FROM message m"
    " LEFT JOIN identity i ON i.id = m.identity_id"
)


class Along(NamedTuple):
    """A message that can go along: its id, whether we wrote it, its author's name, its first words, its time."""

    id: int
    ours: bool
    who: str
    words: str
    at: int


def context(conn: Connection, conversation_id: int, until: int | None = None, message_ids: Sequence[int] = ()) -> str:
    """Return the messages that go along, a shortened line each, with the author; ours are marked by `>`.

    These are `message_ids`, else the last three. With `until` (Unix seconds) later messages are left out.
    """
    chosen = json.dumps(list(message_ids))
    rows = conn.execute(
        f"{_LINE} WHERE m.conversation_id = ?1 AND m.gone_at IS NULL AND (?2 IS NULL OR m.at <= ?2)"
        " AND (?3 = '[]' OR m.id IN (SELECT value FROM json_each(?3)))"
        " ORDER BY m.at DESC, m.id DESC LIMIT ?4",
        (conversation_id, until, chosen, len(message_ids) or USUAL_MESSAGES),
    ).fetchall()
    most = _CHOSEN_CHARS if message_ids else _USUAL_CHARS
    return "\n".join(
        f"{'>' if row['out'] else row['name'] + ':'} {_shortened(row['text'], most)}" for row in reversed(rows)
    )


def offered(conn: Connection, conversation_id: int) -> list[Along]:
    """Return the messages that can go along, oldest first: the latest thirty of the conversation."""
    rows = conn.execute(
        f"{_LINE} WHERE m.conversation_id = ? AND m.gone_at IS NULL ORDER BY m.at DESC, m.id DESC LIMIT {_OFFERED}",
        (conversation_id,),
    ).fetchall()
    return [
        Along(row["id"], bool(row["out"]), row["name"], _shortened(row["text"], _USUAL_CHARS), row["at"])
        for row in reversed(rows)
    ]


def checked_messages(conn: Connection, conversation_id: int | None, message_ids: Sequence[int]) -> str:
    """Return the messages that go along as the column holds them; raises UserError for one of another conversation."""
    wanted = list(dict.fromkeys(message_ids))
    known = {
        number
        for (number,) in conn.execute(
            "SELECT id FROM message WHERE conversation_id = ? AND id IN (SELECT value FROM json_each(?))",
            (conversation_id, json.dumps(wanted)),
        )
    }
    for number in wanted:
        if number not in known:
            msg = tr("{message} isn't a message of this conversation, so it can't go along.")
            raise UserError(msg.format(message=ids.display(ids.MESSAGE, number)))
    return json.dumps(wanted) if wanted else ""


def member_and_message(conn: Connection, conversation_id: int, until: int | None) -> tuple[int | None, int | None]:
    """Return the member of a conversation and the id of the last incoming message; raises NotFoundError.

    With `until` (Unix seconds) later messages are ignored.
    """
    row = conn.execute(
        "SELECT i.member_id, (SELECT m.id FROM message m WHERE m.conversation_id = c.id AND NOT m.out"
        " AND (?2 IS NULL OR m.at <= ?2) ORDER BY m.at DESC, m.id DESC LIMIT 1) AS message_id"
        " FROM conversation c LEFT JOIN identity i ON i.id = c.identity_id WHERE c.id = ?1",
        (conversation_id, until),
    ).fetchone()
    if row is None:
        msg = tr("There's no conversation {conversation}.").format(
            conversation=ids.display(ids.CONVERSATION, conversation_id)
        )
        raise NotFoundError(msg)
    return row["member_id"], row["message_id"]


def _shortened(text: str, most: int) -> str:
    line = first_words(text, most + 1)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
