"""What a rule changes of a conversation, and how that is put back. Runs in the transaction of the caller."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import NamedTuple

from app.inbox.labels import give, take_back
from app.inbox.owing import OWED
from app.inbox.standing import recompute_standing, update_waiting_since
from app.inbox.turns import COUNTED, TO_DECIDE
from app.store.sqlite import Connection, scalar


class Decided(NamedTuple):
    """What was decided about a conversation: its columns of the same names."""

    closed: int
    done_at: int | None
    closed_itself_at: int | None
    snoozed_until: int | None
    unread: int = 0


_DECIDED = f"SELECT id, {', '.join(Decided._fields)} FROM conversation WHERE"
_OPEN = Decided(0, None, None, None)


def decided(conn: Connection, numbers: Collection[int]) -> dict[int, Decided]:
    """What was decided about those of these conversations that are closed or snoozed."""
    rows = conn.execute(
        f"{_DECIDED} id IN (SELECT value FROM json_each(?)) AND (closed = 1 OR snoozed_until IS NOT NULL)",
        (json.dumps(list(numbers)),),
    )
    return {number: Decided(*columns) for number, *columns in rows}


def decide_again(conn: Connection, number: int, before: Decided, came: Collection[int]) -> bool:
    """Close or snooze a conversation as it was before messages `came`, none of which asks for an answer now.

    False, and nothing is changed, if one of them still does, or if it is so already.
    """
    asks = scalar(
        conn,
        "SELECT EXISTS (SELECT 1 FROM message WHERE conversation_id = ? AND id IN (SELECT value FROM json_each(?))"
        f" AND (out = 0 AND quiet IN (SELECT value FROM json_each(?)) OR {TO_DECIDE}))",
        (number, json.dumps(list(came)), json.dumps(COUNTED)),
    )
    if asks or not _change(conn, number, _OPEN, before):
        return False
    conn.execute("UPDATE conversation SET unread = ? WHERE id = ?", (before.unread, number))
    return True


def open_again(conn: Connection, number: int, before: Decided) -> None:
    """Take back `decide_again`, unless somebody has decided otherwise since."""
    _change(conn, number, before, _OPEN)


def _change(conn: Connection, number: int, now: Decided, then: Decided) -> bool:
    names = Decided._fields[:-1]
    changed = conn.execute(
        f"UPDATE conversation SET {', '.join(f'{name} = ?' for name in names)}"
        f" WHERE id = ? AND {' AND '.join(f'{name} IS ?' for name in names)}",
        (*then[:-1], number, *now[:-1]),
    )
    return bool(changed.rowcount)


def may_sink(conn: Connection, number: int) -> bool:
    """Whether a rule may snooze it or move it to Quiet.

    Not if it is marked unhappy or hard, holds a promise, or a teammate's answer that its member has not heard.
    """
    return not scalar(
        conn,
        "SELECT c.unhappy OR c.hard OR EXISTS (SELECT 1 FROM promise WHERE conversation_id = c.id AND kept_at IS NULL"
        f" AND dropped_why = '') OR EXISTS (SELECT 1 FROM handoff h WHERE h.conversation_id = c.id AND {OWED})"
        " FROM conversation c WHERE c.id = ?",
        (number,),
    )


def label(conn: Connection, number: int, name: str) -> bool:
    """Give it a label; whether it did not have it before."""
    if _label_row(conn, number, name) is not None:
        return False
    give(conn, [number], name)
    return True


def unlabel(conn: Connection, number: int, name: str) -> None:
    """Take a label from it; one that nothing has any more stays, as the rule may give it again."""
    row = _label_row(conn, number, name)
    if row is not None:
        take_back(conn, [row], [])


def _label_row(conn: Connection, number: int, name: str) -> int | None:
    row = conn.execute(
        "SELECT cl.id FROM conversation_label cl JOIN label l ON l.id = cl.label_id"
        " WHERE cl.conversation_id = ? AND l.name = ?",
        (number, name),
    ).fetchone()
    return None if row is None else int(row["id"])


def mark_unhappy(conn: Connection, number: int, *, on: bool) -> bool:
    """Set or clear the mark; whether that changed anything."""
    changed = conn.execute("UPDATE conversation SET unhappy = ?1 WHERE id = ?2 AND unhappy <> ?1", (on, number))
    return bool(changed.rowcount)


def snoozed_until(conn: Connection, number: int) -> int | None:
    """Until when it is snoozed (Unix seconds); None if it is not."""
    found = scalar(conn, "SELECT snoozed_until FROM conversation WHERE id = ?", (number,))
    return None if found is None else int(found)


def snooze(conn: Connection, number: int, until: int | None) -> None:
    """Snooze it until then (Unix seconds), or with None wake it. None of the person's own snoozes is counted for it."""
    conn.execute("UPDATE conversation SET snoozed_until = ? WHERE id = ?", (until, number))


def heard(conn: Connection, number: int) -> None:
    """Compute anew whom it waits for, after a message in it was moved to Quiet, or back."""
    recompute_standing(conn, [number])
    update_waiting_since(conn, [number])
