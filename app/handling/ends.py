"""What ended the work on a conversation that is left: told by what is there now and was not when it was opened."""

from __future__ import annotations

from typing import NamedTuple

from app.inbox import ConversationRow
from app.store.store import Store

_SINCE = """
SELECT
  (SELECT min(created_at) FROM outbox WHERE conversation_id = :number AND created_at >= :since
    AND state <> 'discarded') AS sent,
  (SELECT min(opened_at) FROM handoff WHERE conversation_id = :number AND opened_at >= :since) AS handed_off,
  (SELECT state FROM conversation WHERE id = :number) AS state
"""


class Ending(NamedTuple):
    """What ended the work: sent, handed_off, done or snoozed; and when (Unix seconds), None for as it was left."""

    ended: str
    at: int | None


def ending(store: Store, before: ConversationRow, since: int) -> Ending | None:
    """What was done with a conversation since it was opened (Unix seconds), as it was then; None for nothing."""
    row = store.read.execute(_SINCE, {"number": before.id, "since": since}).fetchone()
    for ended in ("sent", "handed_off"):
        if row[ended] is not None:
            return Ending(ended, row[ended])
    if row["state"] in ("done", "snoozed") and row["state"] != before.state:
        return Ending(row["state"], None)
    return None
