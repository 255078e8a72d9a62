"""The reply that tells a member what a teammate answered: which hand-offs it is for, from its submission on.

That they were told is noted by the file itself once the reply is out (the trigger `handoff_told`).
"""

from __future__ import annotations

import json
from collections.abc import Collection

from app.base import clock
from app.inbox import owing
from app.store.sqlite import Connection
from app.store.undo import Step

_ANSWERED = (
    "SELECT h.id FROM handoff h JOIN outbox o ON o.id = ?1 WHERE h.conversation_id = o.conversation_id"
    " AND h.closed_at IS NULL AND h.told_at IS NULL AND h.status IN ('solved', 'declined')"
    " AND (h.member_id IS NULL OR o.identity_id IS NULL"
    "   OR h.member_id = (SELECT member_id FROM identity WHERE id = o.identity_id))"
    " AND (?2 IS NULL OR h.id IN (SELECT value FROM json_each(?2)))"
)


def tell_with(conn: Connection, outbox_id: int, which: Collection[int] | None = None) -> list[int]:
    """Have a reply that is being submitted tell its receiver what teammates answered; returns the hand-offs' ids.

    These are `which`, as far as their answer has come and is not told yet; None: all of the receiver. Call it before
    the conversation is counted as answered. A draft that says that we are still on it is linked to the reply as well.
    """
    chosen = None if which is None else json.dumps(list(which))
    numbers = [number for (number,) in conn.execute(_ANSWERED, (outbox_id, chosen))]
    conn.executemany("UPDATE handoff SET telling_outbox_id = ? WHERE id = ?", [(outbox_id, one) for one in numbers])
    conn.execute(
        "UPDATE handoff_step SET outbox_id = ?1 WHERE step = 'member_told' AND outbox_id IS NULL AND handoff_id IN"
        " (SELECT h.id FROM handoff h JOIN outbox o ON o.id = ?1 AND o.conversation_id = h.conversation_id)",
        (outbox_id,),
    )
    return numbers


def close_untold(conn: Connection, conversation_id: int, told: Collection[int], why: str) -> None:
    """Let answers go that a reply does not tell (`told` are those that it does) and that closes its conversation.

    Raises UserError without the reason `why`.
    """
    missing = [one for one in owing.owed(conn, [conversation_id]) if one.handoff_id not in told]
    if missing:
        owing.refuse_untold(conn, conversation_id, why)
        let_go(conn, conversation_id, why)


def let_go(conn: Connection, conversation_id: int, why: str, at: int | None = None) -> None:
    """Close the hand-offs of a conversation whose answer is owed, with the reason for which the member is not told.

    `at` in Unix seconds, default now. Call it before the conversation is closed, in the same transaction.
    """
    now = clock.now() if at is None else at
    conn.execute(
        "UPDATE handoff AS h SET closed_at = ?1, closed_why = ?2, rev = rev + 1, updated_at = ?1"
        f" WHERE conversation_id = ?3 AND {owing.OWED}",
        (now, why.strip(), conversation_id),
    )


def after_undo(conn: Connection, step: Step) -> None:
    """After an undo: a reply tells an answer again; one that was sent meanwhile has told it (as the trigger notes)."""
    if step.op == "update" and "telling_outbox_id" in step.before:
        conn.execute(
            "UPDATE handoff AS h SET told_at = o.sent_at, told_message_id = o.message_id, closed_at = o.sent_at"
            " FROM outbox o WHERE h.id = ? AND o.id = h.telling_outbox_id AND o.state = 'sent' AND h.told_at IS NULL"
            " AND h.closed_at IS NULL AND h.status IN ('solved', 'declined')",
            (step.row_id,),
        )
    owing.after_undo(conn, step)
