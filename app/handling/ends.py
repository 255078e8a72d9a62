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
  (SELECT max(kept_at) FROM promise WHERE conversation_id = :number AND kept_at >= :since) AS kept,
  (SELECT max(created_at) FROM gift WHERE conversation_id = :number AND created_at >= :since AND batch_id IS NULL)
    AS logged,
  (SELECT state FROM conversation WHERE id = :number) AS state
"""


class Ending(NamedTuple):
    """What ended the work: sent, handed_off, done or snoozed; and when (Unix seconds), None for as it was left.

    `kind` is what the work was, if it wasn't the conversation itself: a promise that was kept, a gift that was logged.
    """

    ended: str
    at: int | None
    kind: str = ""


def ending(store: Store, before: ConversationRow, since: int) -> Ending | None:
    """What was done with a conversation since it was opened (Unix seconds), as it was then; None for nothing."""
    row = store.read.execute(_SINCE, {"number": before.id, "since": since}).fetchone()
    kind = "promise" if row["kept"] is not None else ""
    for ended in ("sent", "handed_off"):
        if row[ended] is not None:  # whichever of the two came last ended the work on a promise
            return Ending(ended, max(row[ended], row["kept"] or 0), kind)
    if row["kept"] is not None:
        return Ending("done", row["kept"], kind)
    if row["state"] in ("done", "snoozed") and row["state"] != before.state:
        return Ending(row["state"], None)
    return Ending("done", row["logged"], "gift") if row["logged"] is not None else None
