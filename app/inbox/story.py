"""A conversation's story in one order: what was said, and what was done about it."""

from __future__ import annotations

import json

from app.inbox.rows import Deed, Line
from app.store.sqlite import Connection


def lines(conn: Connection, number: int, most: int, ours: str) -> list[Line]:
    """The latest `most` messages with hand-offs, gifts, promises and sendings between them, oldest first."""
    said = _said(conn, number, most, ours)
    return sorted([*said, *_around(conn, number, ours)], key=lambda line: (line.at, line.kind != "said", line.id))


def _said(conn: Connection, number: int, most: int, ours: str) -> list[Line]:
    rows = conn.execute(
        "SELECT m.kind, m.id, m.at, m.text, m.out, coalesce(nullif(p.name, ''), i.handle, ''), i.member_id,"
        " m.edited_at, m.gone_at, m.upstream"
        " FROM message m LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id"
        " WHERE m.conversation_id = ? ORDER BY m.at DESC, m.id DESC LIMIT ?",
        (number, most),
    ).fetchall()
    files: dict[int, list[tuple[int, str, int]]] = {}
    found = conn.execute(
        "SELECT message_id, id, name, size FROM attachment WHERE message_id IN (SELECT value FROM"
        " json_each(?)) ORDER BY id",
        (json.dumps([row[1] for row in rows]),),
    )
    for message, attachment, name, size in found:
        files.setdefault(message, []).append((attachment, name, size))
    done, answered = _deeds(conn, [row[1] for row in rows]), _answered(conn, [row[1] for row in rows if row[4]])
    return [
        Line(
            kind=row[0], id=row[1], at=row[2], text=row[3], out=bool(row[4]), author=ours if row[4] else row[5],
            member_id=None if row[4] else row[6], edited=row[7] is not None, gone=row[8] is not None,
            files=tuple(files.get(row[1], ())), upstream=row[9], deed=done.get(row[1]), to=answered.get(row[1], ""),
        )
        for row in rows
    ]  # fmt: skip


def _answered(conn: Connection, ours: list[int]) -> dict[int, str]:
    """Whom each of these messages of ours answers, by name; those that answer nobody are left out."""
    if not ours:
        return {}
    rows = conn.execute(
        "SELECT m.id, coalesce(nullif(q.name, ''), nullif(t.name, ''), t.handle)"
        " FROM json_each(?) j CROSS JOIN message m ON m.id = j.value LEFT JOIN outbox o ON o.message_id = m.id"
        " LEFT JOIN message a ON o.id IS NULL AND a.account_id = m.account_id AND a.remote_id = m.parent_id"
        "   AND a.conversation_id = m.conversation_id"
        " JOIN identity t ON t.id = coalesce(o.identity_id, a.identity_id) LEFT JOIN member q ON q.id = t.member_id",
        (json.dumps(ours),),
    )
    return dict(tuple(row) for row in rows)


def _deeds(conn: Connection, messages: list[int]) -> dict[int, Deed]:
    """The latest entry of the moderation log for each of these messages, but what was taken back in time."""
    rows = conn.execute(
        "SELECT message_id, id, verb, state, guideline, error FROM moderation"
        " WHERE message_id IN (SELECT value FROM json_each(?)) AND state <> 'undone' ORDER BY id",
        (json.dumps(messages),),
    )
    return {row[0]: Deed(*row[1:]) for row in rows}


def _around(conn: Connection, number: int, ours: str) -> list[Line]:
    """Hand-offs, gifts and promises of this conversation, and replies of ours that are not out yet."""
    rows = conn.execute(
        "SELECT 'handoff', h.id, h.opened_at, h.ask, coalesce(t.name, ''),"
        " CASE WHEN h.status = 'sent' AND h.exported_at IS NULL THEN 'to_send' ELSE h.status END,"
        " coalesce(h.needed_by, ''),"
        " NULL, NULL FROM handoff h"
        " LEFT JOIN teammate t ON t.id = h.teammate_id WHERE h.conversation_id = :c"
        " UNION ALL SELECT 'gift', id, created_at, item, '', state, why, NULL, NULL FROM gift"
        " WHERE conversation_id = :c"
        " UNION ALL SELECT 'promise', id, at, what, '', CASE WHEN kept_at IS NULL THEN 'open' ELSE 'kept' END,"
        " coalesce(due_on, ''), NULL, NULL"
        " FROM promise WHERE conversation_id = :c"
        " UNION ALL SELECT 'outbox', id, created_at, text, '', state, error,"
        " CASE WHEN later AND state = 'held' THEN held_until END, after_id FROM outbox"
        " WHERE conversation_id = :c AND state NOT IN ('sent', 'discarded')",
        {"c": number},
    )
    return [
        Line(
            kind=row[0],
            id=row[1],
            at=row[2],
            text=row[3],
            author=ours if row[0] == "outbox" else row[4],
            state=row[5],
            extra=row[6],
            out=row[0] == "outbox",
            due=row[7],
            after=row[8],
        )
        for row in rows
    ]
