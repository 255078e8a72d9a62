"""Undoing what came from another copy of the file: all of it but conversations that cannot go back any more.

What was sent stays sent, so a conversation with such a reply stays as it is; so does one in which something was done
since. Members, templates and the like stay where something that stays needs them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from types import MappingProxyType

from app.actions import Work
from app.base.words import N_, tr
from app.store import undo
from app.store.sqlite import Connection
from app.store.undo import Hooks, Step

_SENT = N_("a reply that was, or may have been, sent")
_SINCE = N_("something done since")
_WENT_OUT = "('sending', 'sent', 'undecided')"
TOGETHER = (
    *undo.SHARED, "member", "teammate", "template", "gift_item", "gift", "handoff", "promise", "rule", "fact",
    "fact_value", "embargo", "voice_rule", "giveaway", "member_field",
)  # fmt: skip
"""Tables of which a row stays while another one that stays refers to it."""


def work(conn: Connection, action: int) -> Work:
    """What an undo of the action takes back, last first, and how many conversations it keeps, by reason."""
    steps = undo.steps_of(conn, action)
    kept = _kept(conn, action, steps)
    left = tuple(step for step in steps if _talk(conn, step) not in kept)
    reasons = {why: sum(1 for each in kept.values() if each == why) for why in dict.fromkeys(kept.values())}
    return Work(left, reasons)


def remark(done: Work) -> str:
    """What is to be said after it, in sentences."""
    stays = tr("What was sent stays sent.") if tr(_SENT) in map(tr, done.keeps) else ""
    kept = sum(done.keeps.values())
    if not kept:
        return tr("The copy itself was not changed.")
    words = tr("Conversations that stay as they are: {count}.").format(count=kept)
    return f"{words} {stays}".strip()


def without_outbox(hooks: Hooks) -> Hooks:
    """A reply of the copy that waits may go again: nothing of it is on its way here."""
    before = {table: hook for table, hook in hooks.before.items() if table != "outbox"}
    return hooks._replace(before=MappingProxyType(before))


def _kept(conn: Connection, action: int, steps: Sequence[Step]) -> dict[int, str]:
    """Conversations that stay as they are, with the reason."""
    made = {(step.table, step.row_id) for step in steps if step.op == "insert"}
    kept = dict.fromkeys(_sent_in(conn, steps), _SENT)
    newer = conn.execute(
        "SELECT DISTINCT s.tbl, s.row_id FROM action_step s JOIN action a ON a.id = s.action_id"
        " AND a.undone_at IS NULL WHERE s.action_id > ?1"
        " AND (s.tbl, s.row_id) IN (SELECT tbl, row_id FROM action_step WHERE action_id = ?1)",
        (action,),
    ).fetchall()
    touched = {(row["tbl"], row["row_id"]) for row in newer}
    later = {_talk(conn, step) for step in steps if (step.table, step.row_id) in touched}
    later |= _gone_on(conn, made)
    return dict.fromkeys((talk for talk in later if talk is not None), _SINCE) | kept


def _sent_in(conn: Connection, steps: Iterable[Step]) -> list[int]:
    """The conversations of replies that went out in the copy, or have since."""
    numbers = [(step.row_id,) for step in steps if step.table == "outbox"]
    sql = f"SELECT conversation_id FROM outbox WHERE id = ? AND state IN {_WENT_OUT}"
    found = (conn.execute(sql, number).fetchone() for number in numbers)
    return [int(row["conversation_id"]) for row in found if row is not None]


def _gone_on(conn: Connection, made: Collection[tuple[str, int]]) -> set[int]:
    """The conversations that came with it, and have messages or replies since that did not."""
    talks: set[int] = set()
    for table in ("message", "outbox"):
        for number in (row_id for name, row_id in made if name == "conversation"):
            rows = conn.execute(f"SELECT id FROM {table} WHERE conversation_id = ?", (number,))
            if any((table, row["id"]) not in made for row in rows):
                talks.add(number)
    return talks


def _talk(conn: Connection, step: Step) -> int | None:
    """The conversation that a step is about; None if it is about none."""
    if step.table == "conversation":
        return step.row_id
    names = undo.columns(conn, step.table)
    if "conversation_id" in names:
        return _value(conn, step, "conversation_id")
    if "message_id" in names:
        message = _value(conn, step, "message_id")
        row = conn.execute("SELECT conversation_id FROM message WHERE id = ?", (message,)).fetchone()
        return None if row is None else int(row["conversation_id"])
    return None


def _value(conn: Connection, step: Step, column: str) -> int | None:
    """A column of a step's row as it is now, or was."""
    row = conn.execute(f"SELECT {column} FROM {step.table} WHERE rowid = ?", (step.row_id,)).fetchone()
    value = row[column] if row is not None else step.before.get(column)
    return None if value is None else int(value)
