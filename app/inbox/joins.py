"""What a join does in the inbox: to labels, draft, links, marks, and the state of both conversations.

See `app.inbox.whereabouts` for how the one that was joined into another still leads to it.
"""

from __future__ import annotations

from collections.abc import Collection

from app.inbox import beside, drafts, links, questions
from app.inbox.answers import unanswered
from app.inbox.standing import join_standing, recompute_standing, update_waiting_since
from app.inbox.whereabouts import current
from app.store.sqlite import Connection
from app.store.undo import Step


def join(conn: Connection, gone: int, kept: int) -> None:
    """Give labels, draft, links and marks of one conversation to another, once its messages are there.

    The decisions (done, snoozed) of both are weighed in `app.inbox.turns`. `gone` is left empty.
    """
    give(conn, gone, kept)
    join_standing(conn, gone, kept)
    conn.execute(
        "UPDATE conversation SET (unhappy, hard, snoozes, parted_from) = (SELECT max(conversation.unhappy, g.unhappy),"
        " max(conversation.hard, g.hard), max(conversation.snoozes, g.snoozes),"
        " coalesce(conversation.parted_from, nullif(g.parted_from, conversation.id))"
        " FROM conversation g WHERE g.id = ?) WHERE id = ?",
        (gone, kept),
    )
    conn.execute(
        "UPDATE conversation SET joined_into = ?, messages = 0, unread = 0, snoozed_until = NULL, identity_id = NULL"
        " WHERE id = ?",
        (kept, gone),
    )


def give(conn: Connection, gone: int, kept: int) -> None:
    """Give labels, draft and links of one conversation to another, and what was joined into it."""
    conn.execute("UPDATE OR IGNORE conversation_label SET conversation_id = ? WHERE conversation_id = ?", (kept, gone))
    drafts.move(conn, gone, kept)
    beside.move(conn, gone, kept)
    links.move(conn, gone, kept)
    questions.move(conn, gone, kept)
    conn.execute("UPDATE conversation SET joined_into = ? WHERE joined_into = ?", (kept, gone))


def part_draft(conn: Connection, old: int, new: int, messages: Collection[int]) -> None:
    """Give the draft of a conversation to the one that the message which it answers was parted into."""
    row = conn.execute("SELECT answers_id FROM draft WHERE conversation_id = ?", (old,)).fetchone()
    if row is not None and row["answers_id"] in messages:
        drafts.move(conn, old, new)
    beside.move(conn, old, new, messages)


def after_undo(conn: Connection, step: Step) -> None:
    """After an undo or redo: count messages that have come since a join or a part.

    What is undone in a conversation that was joined since (done, a reply) is undone in the whole that it is part of.
    """
    if step.op != "update":
        return
    row = conn.execute(
        "SELECT messages, joined_into, (SELECT count(*) FROM message WHERE conversation_id = c.id) AS there"
        " FROM conversation c WHERE id = ?",
        (step.row_id,),
    ).fetchone()
    if row is None:
        return
    if row["joined_into"] is not None:
        if not step.before.keys().isdisjoint(("last_out", "waiting_since", "closed")):
            unanswered(conn, current(conn, step.row_id), then_done=step.before.get("closed") == 0)
    elif row["messages"] != row["there"] and row["there"]:
        recompute_standing(conn, [step.row_id])
        update_waiting_since(conn, [step.row_id])
    elif row["messages"] != row["there"]:
        conn.execute("UPDATE conversation SET messages = 0 WHERE id = ?", (step.row_id,))
