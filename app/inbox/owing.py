"""Answers of teammates that a member has not heard yet: their conversation needs us, and nothing closes it.

That it needs us follows from the file itself (the triggers `handoff_came_back` and `conversation_owes`); here it is
read, and worked out anew once nothing is owed any more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from app.base.errors import UserError
from app.base.words import tr
from app.inbox.answers import unanswered
from app.inbox.receivers import ON_ITS_WAY
from app.inbox.standing import update_waiting_since
from app.store.sqlite import Connection
from app.store.undo import Step

OWED = f"""(h.closed_at IS NULL AND h.told_at IS NULL AND h.member_id IS NOT NULL AND h.status IN ('solved', 'declined')
AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = h.telling_outbox_id AND (o.state = 'sent' OR {ON_ITS_WAY})))"""
"""SQL on a row `h` of the hand-offs: its answer has come, and the member is neither told nor being told."""


LetGo = Callable[[Connection, int, str, int | None], None]
"""Closes the hand-offs of a conversation whose answer is owed: its id, the reason, and when (Unix seconds, or None)."""


class Owed(NamedTuple):
    """An answer that a member has not heard: the hand-off's id, its conversation's, and both names ("": unknown).

    `answered_on` is a local date (YYYY-MM-DD) or "". `outrun` is whether a reply is on its way that was written before
    this answer came.
    """

    handoff_id: int
    conversation_id: int
    member: str
    teammate: str
    title: str
    answer: str = ""
    answered_on: str = ""
    outrun: bool = False


def owed(conn: Connection, conversations: Collection[int]) -> list[Owed]:
    """What is owed in these conversations, the oldest hand-off first."""
    rows = conn.execute(
        "SELECT h.id, h.conversation_id, coalesce(p.name, ''), coalesce(t.name, ''), c.title,"
        " h.answer, coalesce(h.answered_on, ''), EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id"
        f" AND o.purpose IN ('reply', 'new') AND o.created_at <= h.updated_at AND {ON_ITS_WAY}) FROM json_each(?) j"
        " CROSS JOIN handoff h ON h.conversation_id = j.value JOIN conversation c ON c.id = h.conversation_id"
        " LEFT JOIN member p ON p.id = h.member_id LEFT JOIN teammate t ON t.id = h.teammate_id"
        f" WHERE {OWED} ORDER BY h.opened_at, h.id",
        (json.dumps(list(conversations)),),
    )
    return [Owed(*row)._replace(outrun=bool(row[-1])) for row in rows]


def refuse_untold(conn: Connection, number: int, why: str) -> None:
    """Raise UserError if a member has not heard an answer in a conversation that is to be closed without a reason."""
    missing = owed(conn, [number])
    if missing and not why.strip():
        raise UserError(untold(missing[0]))


def untold(one: Owed) -> str:
    """Why a conversation cannot be closed yet, and what to do."""
    return tr("{member} hasn't heard {teammate}'s answer in “{title}” yet. Tell them, or say why you won't.").format(
        member=one.member or tr("The member"), teammate=one.teammate or tr("the teammate"), title=one.title
    )


def came_again(conn: Connection, number: int | None, at: int) -> None:
    """An answer is owed from `at` on (Unix seconds) whose hand-off had been closed: its conversation needs us again.

    So is one that was corrected while a reply with the former one is on its way. Call it before the hand-off is
    written, as the trigger does that sees to a first answer, so that an undo takes the
    answer away before. None is passed over.
    """
    conn.execute(
        "UPDATE conversation SET waiting_since = coalesce(waiting_since, ?), closed = 0, done_at = NULL,"
        " closed_itself_at = NULL, snoozed_until = NULL WHERE id = ? AND messages > 0",
        (at, number),
    )


def heard(conn: Connection, number: int, at: int) -> None:
    """Count what was said by `at` (Unix seconds) as answered: a member was told then, other than by a reply of ours."""
    unanswered(conn, number, then_done=False)
    conn.execute(
        "UPDATE conversation SET waiting_since = (SELECT min(at) FROM message WHERE conversation_id = ?1 AND out = 0"
        " AND gone_at IS NULL AND quiet IN ('', 'failed') AND at > ?2) WHERE id = ?1 AND waiting_since <= ?2",
        (number, at),
    )
    update_waiting_since(conn, [number])


def settle(conn: Connection, conversations: Iterable[int | None]) -> None:
    """Work out anew whether these wait for us: an answer was told, let go, or taken back. None is passed over."""
    for number in {number for number in conversations if number is not None}:
        row = conn.execute(
            "SELECT state, EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id"
            f" AND o.purpose IN ('reply', 'new', 'forward') AND {ON_ITS_WAY}) AS given"
            " FROM conversation c WHERE id = ?",
            (number,),
        ).fetchone()
        if row is not None and row["state"] == "needs_me" and not row["given"]:
            unanswered(conn, number, then_done=False)


def after_undo(conn: Connection, step: Step) -> None:
    """After an undo: a conversation waits no more that did only for an answer that was taken back."""
    if step.op != "update" or "status" not in step.before:
        return
    row = conn.execute(
        "SELECT c.id FROM handoff h JOIN conversation c ON c.id = h.conversation_id"
        " WHERE h.id = ? AND c.waiting_since = ?",
        (step.row_id, step.after.get("updated_at")),
    ).fetchone()
    if row is not None:
        settle(conn, [row["id"]])
