"""What several people said to each other in a conversation, as whoever judges that reads it."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from app.store.sqlite import Connection, Row
from app.store.store import Store

WINDOW = 40
"""Messages before the new ones that are read with them."""
_SEVERAL = """
SELECT DISTINCT m.conversation_id FROM json_each(?) j CROSS JOIN message m ON m.id = j.value
WHERE m.out = 0 AND m.identity_id IS NOT NULL AND EXISTS (SELECT 1 FROM message o
  WHERE o.conversation_id = m.conversation_id AND o.out = 0 AND o.identity_id <> m.identity_id)
"""
_SAID = """
SELECT m.id, m.out, m.at, m.text, m.language, m.remote_id, m.parent_id, m.solution, m.identity_id,
  coalesce(i.member_id, 0) AS who, coalesce(nullif(p.name, ''), nullif(i.name, ''), i.handle, '') AS name,
  coalesce(i.handle, '') AS handle, coalesce(p.kind, '') AS kind
FROM message m LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE m.conversation_id = ? AND m.id <= ? AND m.gone_at IS NULL AND m.kind <> 'unreadable'
  AND m.quiet IN ('', 'closer', 'rule') ORDER BY m.id DESC LIMIT ?
"""


class Open(NamedTuple):
    """What is open where a conversation is shown: a quarrel in it, and an introduction of the member it is with."""

    quarrel: bool
    introduction: bool


class Utterance(NamedTuple):
    """One message: who said it (`who` is a member's id, 0 for us and for nobody known), and what it answers.

    `answers` is the id of the message that it answers, None where that is not told. `kind` is the member's kind.
    """

    id: int
    who: int
    name: str
    text: str
    at: int = 0
    out: bool = False
    language: str = ""
    answers: int | None = None
    solution: bool = False
    identity_id: int | None = None
    handle: str = ""
    kind: str = "customer"


class Exchange(NamedTuple):
    """The latest messages of a conversation in their order, whether everybody sees it, and what it is called."""

    conversation_id: int
    public: bool
    title: str
    said: tuple[Utterance, ...]


def between(store: Store, conversation: int, member: int) -> Open:
    """What is open between members in a conversation, and with the member it is with (0 for none)."""
    row = store.read.execute(
        "SELECT EXISTS (SELECT 1 FROM quarrel WHERE conversation_id = ?1 AND state = 'open') AS heats,"
        " EXISTS (SELECT 1 FROM introduction WHERE ?2 IN (one_id, other_id) AND one_id <> other_id"
        "   AND closed_at IS NULL AND introduced_at IS NULL) AS meets",
        (conversation, member),
    ).fetchone()
    return Open(bool(row["heats"]), bool(row["meets"]))


def with_several(conn: Connection, messages: Collection[int]) -> list[int]:
    """The conversations of these messages in which more than one person besides us has spoken."""
    return [number for (number,) in conn.execute(_SEVERAL, (json.dumps(list(messages)),))]


def exchange(conn: Connection, conversation: int, messages: Collection[int] = ()) -> Exchange:
    """What was said in a conversation up to the last of these messages, and `WINDOW` messages before them.

    Without messages it is the latest that was said. The title is "" where what is read does not begin the conversation.
    """
    row = conn.execute("SELECT public, title, messages FROM conversation WHERE id = ?", (conversation,)).fetchone()
    last = max(messages, default=2**62)
    rows = conn.execute(_SAID, (conversation, last, WINDOW + len(messages))).fetchall()[::-1]
    by_remote = {row["remote_id"]: row["id"] for row in rows if row["remote_id"]}
    said = tuple(_utterance(row, by_remote) for row in rows)
    whole = len(rows) < WINDOW + len(messages)
    return Exchange(conversation, bool(row["public"]), row["title"] if whole else "", said)


def _utterance(row: Row, by_remote: dict[str, int]) -> Utterance:
    return Utterance(
        row["id"], 0 if row["out"] else row["who"], row["name"], row["text"], row["at"], bool(row["out"]),
        row["language"], by_remote.get(row["parent_id"]) if row["parent_id"] else None, bool(row["solution"]),
        row["identity_id"], row["handle"], row["kind"],
    )  # fmt: skip
