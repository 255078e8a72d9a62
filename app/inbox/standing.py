"""Keeps conversations' derived columns up to date, in the transaction that adds or removes messages."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping

from app.inbox.elsewhere import ASIDE, has
from app.inbox.quiet import CLOSER
from app.inbox.receivers import ELSEWHERE, is_addressed, waiting_in
from app.inbox.turns import COUNTED, TO_DECIDE, Said, Standing, advance, joined, recompute
from app.store.sqlite import Connection

_HEARD = "EXISTS (SELECT 1 FROM message m WHERE m.conversation_id = c.id AND m.out = 0 AND m.quiet = '')"
_WRITE = f"UPDATE conversation SET {', '.join(f'{name} = ?' for name in Standing._fields)} WHERE id = ?"


def update_standing(conn: Connection, new: Mapping[int, list[Said]], quiet_before: int) -> None:
    """Update conversations for their new messages, given in order of time.

    Messages older than the latest known one, or an empty list (one was deleted or restored at the channel), make it
    recompute the whole conversation.
    """
    moved = []
    for number, before in _standing(conn, new):
        messages = new[number]
        if messages and messages[0].at >= before.last_at:
            standing = advance(before, messages, quiet_before)
        else:
            closes = {message.id: message.closes for message in messages}
            standing = _recomputed(conn, number, before, closes, quiet_before)
        moved.append((*standing, number))
    conn.executemany(_WRITE, moved)


def recompute_standing(conn: Connection, numbers: Collection[int]) -> None:
    """Recompute conversations from which messages were removed; each must have at least one left."""
    moved = [(*_recomputed(conn, number, before, {}, 0), number) for number, before in _standing(conn, numbers)]
    conn.executemany(_WRITE, moved)


def arrived(conn: Connection, new: Mapping[int, Collection[int]]) -> None:
    """Update conversations for messages that are in the file and that nobody counted yet: ids by conversation."""
    stories = {number: [said for said in _story(conn, number) if said.id in ids] for number, ids in new.items()}
    update_standing(conn, stories, 0)


def reopen(conn: Connection, number: int, at: int, quiet_before: int) -> None:
    """Open a conversation that was closed only because nobody's word was left in it: one of time `at` is back.

    Not if the person marked it as done, or the message is older than `quiet_before` (Unix seconds): that is history.
    """
    conn.execute(
        "UPDATE conversation SET closed = 0, closed_itself_at = NULL"
        " WHERE id = ?1 AND closed = 1 AND done_at IS NULL AND ?2 >= ?3",
        (number, at, quiet_before),
    )


def alert(conn: Connection, number: int, at: int) -> None:
    """Have a conversation need us, whether it was done, snoozed or answered: a moderator has to decide about a message.

    `at` is when that message was written (Unix seconds).
    """
    conn.execute(
        "UPDATE conversation SET closed = 0, done_at = NULL, closed_itself_at = NULL, snoozed_until = NULL,"
        " quiet = 0, unread = max(unread, 1), waiting_since = coalesce(waiting_since, ?1) WHERE id = ?2",
        (at, number),
    )


def standing_of(conn: Connection, number: int) -> Standing:
    """The derived columns of a conversation, which must exist."""
    return dict(_standing(conn, [number]))[number]


def join_standing(conn: Connection, gone: int, kept: int) -> None:
    """Recompute a conversation that all messages of another, `gone`, were moved to."""
    halves = dict(_standing(conn, [gone, kept]))
    story = _story(conn, kept)
    if story:
        standing = _recomputed(conn, kept, joined(halves[kept], halves[gone], story), {}, 0)
        conn.execute(_WRITE, (*standing, kept))


def update_waiting_since(conn: Connection, conversations: Collection[int]) -> None:
    """Keep private conversations in which each person needs a reply of their own waiting until all have one."""
    rows = conn.execute(
        "SELECT c.id, a.kind, c.waiting_since"
        " FROM json_each(?) j CROSS JOIN conversation c ON c.id = j.value AND c.public = 0"
        " JOIN account a ON a.id = c.account_id"
        " LEFT JOIN identity f ON f.id = c.identity_id"
        " WHERE EXISTS (SELECT 1 FROM message m LEFT JOIN identity i ON i.id = m.identity_id"
        "   WHERE m.out = 0 AND m.quiet = ''"
        f"   AND m.conversation_id = c.id AND i.member_id IS NOT f.member_id) OR ({_HEARD} AND {ELSEWHERE})",
        (json.dumps(list(conversations)),),
    ).fetchall()
    addressed = {kind for kind in {row["kind"] for row in rows} if is_addressed(kind)}
    alone = {number: since for number, kind, since in rows if kind in addressed}
    waits = waiting_in(conn, alone) if alone else {}
    since = {number: min(each.values(), default=None) for number, each in waits.items()}
    conn.executemany(
        "UPDATE conversation SET waiting_since = ? WHERE id = ?",
        [(at, number) for number, at in since.items() if at != alone[number]],
    )


def _standing(conn: Connection, numbers: Iterable[int]) -> list[tuple[int, Standing]]:
    """Read the conversations' derived columns."""
    rows = conn.execute(
        f"SELECT id, {', '.join(Standing._fields)} FROM conversation WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(numbers)),),
    )
    return [(number, Standing(*columns)) for number, *columns in rows.fetchall()]


def _recomputed(
    conn: Connection, number: int, before: Standing, new: Mapping[int, int | None], quiet_before: int
) -> Standing:
    """Recompute the standing when messages came or went out of order; also sets anew who spoke first.

    `new` are the ids of new messages, and when they close the conversation by themselves.
    """
    conn.execute(
        "UPDATE conversation SET identity_id = (SELECT identity_id FROM message WHERE conversation_id = ?1"
        " AND identity_id IS NOT NULL ORDER BY quiet <> '', at, id LIMIT 1) WHERE id = ?1",
        (number,),
    )
    story = [message._replace(closes=new.get(message.id)) for message in _story(conn, number)]
    return recompute(before, story, new.keys(), quiet_before)


def _story(conn: Connection, number: int) -> list[Said]:
    """All messages of a conversation, in order of time."""
    rows = conn.execute(
        "SELECT at, id, out, language, gone_at IS NOT NULL OR failed <> '', quiet,"
        f" out = 0 AND {has('answered')}, {TO_DECIDE}, {has(ASIDE)} FROM message"
        " WHERE conversation_id = ? ORDER BY at, id",
        (number,),
    )
    return [
        Said(
            at, message, bool(out), language, bool(gone), quiet=quiet not in COUNTED and not to_decide,
            answered=bool(answered), to_decide=bool(to_decide), aside=bool(aside), closer=quiet == CLOSER,
        )
        for at, message, out, language, gone, quiet, answered, to_decide, aside in rows
    ]  # fmt: skip
