"""What a list of conversations holds: the filter around it as SQL, and what closed by itself on a day."""

from __future__ import annotations

from datetime import timedelta

from app.base import clock
from app.inbox.rows import ConversationRow, Query
from app.store.sqlite import Connection

CLOSED_ITSELF, ASKED = "closed_itself", "asked"
"""Lists that are no state of their own: done conversations that closed by themselves; questions of ours that came back,
as nobody answered them."""
CAME_BACK = (
    "c.state = 'waiting' AND c.id IN (SELECT q.conversation_id FROM open_question q WHERE q.let_go_at IS NULL"
    " AND q.message_id = c.last_message_id)"
)
"""SQL on a conversation `c`: whether a question of ours in it has come back, and nothing was said since."""
_OF_SEVERAL = {
    "all": "c.state <> 'empty'",
    CLOSED_ITSELF: "c.closed_itself_at IS NOT NULL AND c.state = 'done'",
    ASKED: CAME_BACK,
}


def tests_of(query: Query) -> tuple[list[str], list[object]]:
    """The SQL tests on a conversation `c` that a filter stands for, and their values; all of them have to hold."""
    state, values = _OF_SEVERAL.get(query.state, ""), list[object]()
    tests = [state or "c.state = ?"]
    if not state:
        values.append(query.state)
    if query.account_id is not None:
        tests.append("c.account_id = ?")
        values.append(query.account_id)
    if query.label:
        tests.append(
            "c.id IN (SELECT conversation_id FROM conversation_label"
            " WHERE label_id = (SELECT id FROM label WHERE name = ?))"
        )
        values.append(query.label)
    if query.member_id is not None:
        tests.append(
            "c.id IN (SELECT conversation_id FROM message"
            " WHERE identity_id IN (SELECT id FROM identity WHERE member_id = ?))"
        )
        values.append(query.member_id)
    if query.beside is not None:
        tests.append(
            "c.id IN (SELECT o.id FROM conversation h JOIN conversation o ON o.account_id = h.account_id"
            " AND o.post_url = h.post_url AND o.post_url <> '' WHERE h.id = ?)"
        )
        values.append(query.beside)
    if query.state == "needs_me":
        tests[0] = "c.state = 'needs_me'"  # a literal, so that the partial index conversation_waiting applies
        values.pop(0)
    return tests, values


def lists(state: str, row: ConversationRow) -> bool:
    """Whether a list of this state has the conversation."""
    further = {"all": True, CLOSED_ITSELF: row.closed_itself, ASKED: row.asked}
    return further.get(state, state == row.state)


def closed_on(conn: Connection, now: int) -> list[int]:
    """The ids of conversations that closed by themselves on the local day of `now` and are done; the latest first."""
    midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    begins, ends = (clock.at_local(day.replace(tzinfo=None)) for day in (midnight, midnight + timedelta(days=1)))
    rows = conn.execute(
        "SELECT id FROM conversation WHERE closed_itself_at >= ? AND closed_itself_at < ? AND state = 'done'"
        " ORDER BY closed_itself_at DESC, id DESC",
        (begins, ends),
    )
    return [row["id"] for row in rows]
