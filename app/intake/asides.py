"""Messages of ours that nobody need have answered, such as how a post goes on: kept in conversations that we have."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.base.message import Incoming
from app.store.sqlite import Connection


def belonging(conn: Connection, account_id: int, items: Sequence[Incoming]) -> list[Incoming]:
    """The items without those that begin nothing (`Incoming.aside`) and are in no conversation that we have.

    What a conversation stands under is told by its post, and is no message of it.
    """
    asked = {item.thread for item in items if item.aside}
    if not asked:
        return list(items)
    rows = conn.execute(
        "SELECT remote_id FROM conversation WHERE account_id = ? AND remote_id IN (SELECT value FROM json_each(?))",
        (account_id, json.dumps(list(asked))),
    )
    there = {row["remote_id"] for row in rows} | {item.thread for item in items if not item.aside}
    return [item for item in items if not item.aside or (item.thread in there and item.remote_id != item.thread)]
