"""Writing down what a teammate's file or letter says of a hand-off."""

from __future__ import annotations

from collections.abc import Mapping

from app.base import clock
from app.base.errors import BugError
from app.handoffs.rows import ANSWERED, NOT_HEARD, STATUSES, corrects
from app.inbox import owing
from app.store.sqlite import Connection

COLUMNS = ("owner", "status", "answer", "answered_on", "ticket")
"""The columns that a teammate fills in."""


def take(
    conn: Connection, number: int, values: Mapping[str, str], message_id: int | None = None, *, at: int | None = None
) -> None:
    """Write these of COLUMNS to a hand-off in the open transaction, now or at `at` (Unix seconds): a new revision.

    Dates are ISO, "" for none; an answer without a date is of that day. A hand-off that had been closed is open again,
    for its member has not heard this, and its conversation needs us; so it is with another answer than a reply on its
    way tells. `message_id` is the letter that brought it.
    """
    if not values.keys() <= set(COLUMNS) or values.get("status", STATUSES[0]) not in STATUSES:
        raise BugError(values)
    now = clock.now() if at is None else at
    given: dict[str, object] = dict(values)
    row = conn.execute(
        "SELECT conversation_id, member_id, status, answer, answered_on, closed_at, told_at, telling_outbox_id"
        " FROM handoff WHERE id = ?",
        (number,),
    ).fetchone()
    if given.get("status") in ANSWERED and not given.get("answered_on"):
        given["answered_on"] = row["answered_on"] or clock.local(now).date().isoformat()
    if "answered_on" in given:
        given["answered_on"] = given["answered_on"] or None
    if message_id is not None:
        given["answer_message_id"] = message_id
    answered, closed = row["status"] in ANSWERED, row["closed_at"] is not None
    on_its_way = row["telling_outbox_id"] is not None and row["told_at"] is None and not closed
    corrected = on_its_way and corrects((row["status"], row["answer"]), values)
    if closed or corrected or (given.get("status") in ANSWERED and not answered):
        given |= NOT_HEARD
    stays = answered and given.get("status", row["status"]) in ANSWERED
    if (closed or corrected) and stays and row["member_id"] is not None:
        owing.came_again(conn, row["conversation_id"], now)
    settings = "".join(f"{name} = ?, " for name in given)
    conn.execute(
        f"UPDATE handoff SET {settings}rev = rev + 1, updated_at = ? WHERE id = ?", (*given.values(), now, number)
    )
