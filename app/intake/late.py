"""What came before the letter of ours that it answers or reports on: read again once that letter is there.

A mailbox's folders are read one after the other, and servers deliver in any order. A list's answer to us is quiet
until the letter that it answers is known to be ours; a report says nothing of a letter that is not there yet.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from app.base.message import Report
from app.inbox.quiet import FAILED, LIST
from app.inbox.standing import recompute_standing
from app.intake import messages
from app.mail.robots import BOUNCE
from app.store.sqlite import Connection

# The index message_about_ours is for these two values of `quiet` alone.
_EARLIER = f"""
SELECT id, conversation_id, quiet, envelope, parent_id FROM message
WHERE quiet IN ('{LIST}', '{BOUNCE}') AND account_id = ? AND parent_id IN (SELECT value FROM json_each(?))
"""


def reconsider(conn: Connection, account_id: int, ours: Collection[str]) -> None:
    """Look again at what answers or reports on these letters of ours (remote ids) and came before them."""
    rows = conn.execute(_EARLIER, (account_id, json.dumps(list(ours)))).fetchall()
    changed = set()
    for row in rows:
        report = json.loads(row["envelope"] or "{}").get("report")
        if row["quiet"] == BOUNCE and report is None:  # a delay, or a receipt: no letter of ours failed
            continue
        if report is not None:
            address, status, words = report
            messages.note_failed(conn, account_id, Report("failed", row["parent_id"], address, status, words))
        messages.set_quiet(conn, row["id"], FAILED if report is not None else "")
        changed |= {row["conversation_id"], *_conversations(conn, account_id, row["parent_id"])}
    if changed:
        recompute_standing(conn, changed)


def _conversations(conn: Connection, account_id: int, remote_id: str) -> list[int]:
    rows = conn.execute(
        "SELECT conversation_id FROM message WHERE account_id = ? AND remote_id = ?", (account_id, remote_id)
    )
    return [row["conversation_id"] for row in rows]
