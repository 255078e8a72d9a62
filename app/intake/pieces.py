"""Messages of ours that are several at their channel, as where the files are messages of their own: one with us.

The ids of the others stand in `message.envelope` ("also"), and in `thread_ref`, so that an answer to one of them comes
into the conversation.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.base.message import Incoming
from app.intake import threads
from app.intake.source import Source
from app.store.sqlite import Connection

_ALSO = """
SELECT j.value FROM json_each(?2) j JOIN thread_ref r ON r.account_id = ?1 AND r.ref = j.value
WHERE EXISTS (SELECT 1 FROM message m, json_each(nullif(m.envelope, ''), '$.also') k
  WHERE m.conversation_id = r.conversation_id AND m.account_id = ?1 AND m.out = 1 AND k.value = j.value)
"""


def note(conn: Connection, number: int, also: Sequence[str]) -> list[int]:
    """Note which other messages a message of ours is there; returns those that have come in as messages of their own.

    They are to be taken out again by the caller.
    """
    if not also:
        return []
    account, conversation = conn.execute(
        "SELECT account_id, conversation_id FROM message WHERE id = ?", (number,)
    ).fetchone()
    conn.execute(
        "UPDATE message SET envelope = json_set(coalesce(nullif(envelope, ''), '{}'), '$.also', json(?)) || ''"
        " WHERE id = ?",
        (json.dumps(list(also)), number),
    )
    for remote_id in also:
        threads.expect(conn, account, remote_id, conversation)
    rows = conn.execute(
        "SELECT m.id FROM json_each(?) j CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value"
        " WHERE m.out = 1 AND m.id <> ?",
        (json.dumps(list(also)), account, number),
    )
    return [int(row["id"]) for row in rows]


def of(conn: Connection, number: int) -> tuple[str, ...]:
    """The ids of the other messages that a message of ours is at its channel."""
    rows = conn.execute(
        "SELECT k.value FROM message m, json_each(nullif(m.envelope, ''), '$.also') k WHERE m.id = ?", (number,)
    )
    return tuple(str(row["value"]) for row in rows)


def apart(conn: Connection, source: Source, items: Sequence[Incoming]) -> list[Incoming]:
    """The items without those that are part of a message of ours that we have."""
    ours = [item.remote_id for item in items if source.is_ours(item)]
    rows = conn.execute(_ALSO, (source.account_id, json.dumps(ours))) if ours else ()
    known = {row["value"] for row in rows}
    return [item for item in items if item.remote_id not in known]
