"""Promises: what we said we would do for a member. A promise is open until it is kept or dropped with a reason."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.store.sqlite import Connection
from app.store.store import Store


class Promise(NamedTuple):
    """One promise. `due_on` is a local date (YYYY-MM-DD) or ""; `at` and `kept_at` are Unix seconds."""

    id: int
    member_id: int
    conversation_id: int | None
    what: str
    at: int
    due_on: str
    kept_at: int | None
    dropped_why: str


_SELECT = "SELECT id, member_id, conversation_id, what, at, coalesce(due_on, ''), kept_at, dropped_why FROM promise"


class Promises:
    """The `promise` table."""

    def __init__(self, store: Store) -> None:
        """Every change is one undoable action."""
        self._store = store

    def of_member(self, member_id: int, *, only_open: bool = False) -> list[Promise]:
        """A member's promises: open ones first, by due date; those without a due date last, newest first."""
        test = " AND kept_at IS NULL AND dropped_why = ''" if only_open else ""
        over = "kept_at IS NOT NULL OR dropped_why <> ''"
        sql = f"{_SELECT} WHERE member_id = ?{test} ORDER BY {over}, due_on IS NULL, due_on, at DESC"
        return [Promise(*row) for row in self._store.read.execute(sql, (member_id,))]

    def open(self) -> list[Promise]:
        """All open promises, by due date; those without one last."""
        sql = f"{_SELECT} WHERE kept_at IS NULL AND dropped_why = '' ORDER BY due_on IS NULL, due_on, at"
        return [Promise(*row) for row in self._store.read.execute(sql)]

    def add(
        self, member_id: int, what: str, due_on: str = "", conversation_id: int | None = None, at: int | None = None
    ) -> int:
        """Add a promise made at `at` (Unix seconds, default now); its id. Raises UserError if `what` is blank."""
        if not what.strip():
            msg = tr("Enter what was promised, in a few words.")
            raise UserError(msg)
        with self._store.write(tr("Promise: {what}").format(what=what.strip())) as conn:
            made = conn.execute(
                "INSERT INTO promise (member_id, conversation_id, what, at, due_on) VALUES (?, ?, ?, ?, ?)",
                (member_id, conversation_id, what.strip(), clock.now() if at is None else at, due_on or None),
            )
            return int(made.lastrowid or 0)

    def keep(self, number: int, *, at: int | None = None) -> None:
        """Mark a promise as kept at `at` (Unix seconds, default now). Raises NotFoundError if it is gone."""
        self._close(number, tr("Promise kept: {promise}"), "kept_at = ?", clock.now() if at is None else at)

    def drop(self, number: int, why: str) -> None:
        """Drop a promise for the reason `why`. Raises UserError if that is empty, NotFoundError if it is gone."""
        if not why.strip():
            msg = tr("Give a short reason for dropping the promise.")
            raise UserError(msg)
        self._close(number, tr("Promise dropped: {promise}"), "dropped_why = ?", why.strip())

    def _close(self, number: int, title: str, setting: str, value: object) -> None:
        row = self._store.read.execute("SELECT what FROM promise WHERE id = ?", (number,)).fetchone()
        if row is None:
            msg = tr("That promise no longer exists.")
            raise NotFoundError(msg)
        with self._store.write(title.format(promise=row["what"])) as conn:
            conn.execute(f"UPDATE promise SET {setting} WHERE id = ?", (value, number))


def hand_over(conn: Connection, gone: int, into: int) -> None:
    """Move all promises of member `gone` to member `into`, inside the transaction that merges them."""
    conn.execute("UPDATE promise SET member_id = ? WHERE member_id = ?", (into, gone))


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give the promises of one conversation to another, in the transaction that joins the two.

    With `messages`, only those are moved: then nothing here goes with them.
    """
    if messages is None:
        conn.execute("UPDATE promise SET conversation_id = ? WHERE conversation_id = ?", (kept, gone))
