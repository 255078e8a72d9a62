"""Promises: what we said we would do for a member. A promise is open until the member was told, or it is dropped.

That a conversation is done, or a hand-off answered, closes none: only a reply that the person says keeps it (see
`replying`), the word that they were told otherwise, or a reason.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, NamedTuple

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.promises.drafted import Drafted, followed
from app.promises.figures import InTime, kept_in_time
from app.store.merged import current_member
from app.store.sqlite import Connection
from app.store.store import Store

if TYPE_CHECKING:
    from app.promises.recognising import Offer


class Promise(NamedTuple):
    """One promise. `due_on` is a local date (YYYY-MM-DD) or ""; the other times are Unix seconds.

    `message_id` is the message of ours that made it, `outbox_id` the reply that did or will; `kept_message_id` is the
    message by which the member was told, None where they were told in another way, and `kept_outbox_id` the reply that
    did that or is about to. `handoff_id` is the hand-off that it rests on.
    """

    id: int
    member_id: int
    conversation_id: int | None
    what: str
    at: int
    due_on: str
    kept_at: int | None
    dropped_why: str
    message_id: int | None = None
    outbox_id: int | None = None
    handoff_id: int | None = None
    kept_message_id: int | None = None
    kept_outbox_id: int | None = None
    dropped_at: int | None = None

    @property
    def state(self) -> str:
        """Whether it is open, kept or dropped."""
        return "dropped" if self.dropped_why else "open" if self.kept_at is None else "kept"

    def in_time(self, today: str) -> bool | None:
        """Whether it was kept by its day; None while neither kept nor late on the local day `today`, and once dropped.

        The same as `kept_in_time` counts.
        """
        if self.state == "kept" and self.kept_at is not None:
            return not self.due_on or clock.local(self.kept_at).date().isoformat() <= self.due_on
        return False if self.is_late(today) else None

    def is_late(self, today: str) -> bool:
        """Whether its day was before the local day `today` (YYYY-MM-DD) and the member has not been told."""
        return self.state == "open" and bool(self.due_on) and self.due_on < today


_SELECT = (
    "SELECT id, member_id, conversation_id, what, at, coalesce(due_on, ''), kept_at, dropped_why, message_id,"
    " outbox_id, handoff_id, kept_message_id, kept_outbox_id, dropped_at FROM promise"
)
STATES = ("open", "late", "kept", "dropped", "all")
_STATES = {
    "open": "kept_at IS NULL AND dropped_why = ''",
    "late": "kept_at IS NULL AND dropped_why = '' AND due_on < :today",
    "kept": "kept_at IS NOT NULL AND dropped_why = ''",
    "dropped": "dropped_why <> ''",
    "all": "1",
}


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

    def get(self, number: int) -> Promise:
        """The promise with this id. Raises NotFoundError if it is gone."""
        row = self._store.read.execute(f"{_SELECT} WHERE id = ?", (number,)).fetchone()
        if row is None:
            raise NotFoundError(tr("That promise no longer exists."))
        return Promise(*row)

    def listed(self, state: str = "open", member_id: int | None = None, limit: int = -1) -> list[Promise]:
        """Promises in one of STATES, of one member or of all: the soonest due first, those without a day last."""
        sql = (
            f"{_SELECT} WHERE {_STATES[state]} AND (:member IS NULL OR member_id = :member)"
            " ORDER BY kept_at IS NOT NULL OR dropped_why <> '', due_on IS NULL, due_on, at DESC, id LIMIT :limit"
        )
        values = {"member": member_id, "limit": limit, "today": _today()}
        return [Promise(*row) for row in self._store.read.execute(sql, values)]

    def to_keep(self, conversation_id: int | None, member_id: int | None) -> list[Promise]:
        """The open promises that a reply there can keep: the conversation's first, then the member's others."""
        sql = (
            f"{_SELECT} WHERE kept_at IS NULL AND dropped_why = ''"
            " AND (conversation_id = :talk OR member_id = :member)"
            " ORDER BY conversation_id IS NOT :talk, due_on IS NULL, due_on, at, id"
        )
        rows = self._store.read.execute(sql, {"talk": conversation_id, "member": member_id})
        return [Promise(*row) for row in rows]

    def in_time(self, member_id: int | None = None, since: int | None = None, until: int | None = None) -> InTime:
        """How many were kept in time: a member's or all, within a time (Unix seconds) or ever."""
        return kept_in_time(self._store.read, _today(), member_id, since, until)

    def offers(self, text: str, languages: Sequence[str] = ()) -> list[Offer]:
        """What a reply promises as it is written now (see `recognising`), the soonest day first."""
        from app.calendar.typed import Now  # noqa: PLC0415  the first paint does without
        from app.promises.recognising import promises_in  # noqa: PLC0415  as above

        return promises_in(text, languages, Now(clock.now()))

    def followed(self, drafted: Drafted, text: str, languages: Sequence[str] = ()) -> Drafted:
        """What was taken from a draft, in the words that it has now."""
        return followed(drafted, self.offers(text, languages)) if drafted.made else drafted

    def add(
        self,
        member_id: int,
        what: str,
        due_on: str = "",
        conversation_id: int | None = None,
        at: int | None = None,
        *,
        handoff_id: int | None = None,
    ) -> int:
        """Add a promise made at `at` (Unix seconds, default now); its id. Raises UserError if `what` is blank.

        `handoff_id` is the hand-off that it rests on.
        """
        if not what.strip():
            msg = tr("Enter what was promised, in a few words.")
            raise UserError(msg)
        with self._store.write(tr("Promise: {what}").format(what=what.strip())) as conn:
            made = conn.execute(
                "INSERT INTO promise (member_id, conversation_id, what, at, due_on, handoff_id)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    current_member(conn, member_id),
                    conversation_id,
                    what.strip(),
                    clock.now() if at is None else at,
                    due_on or None,
                    handoff_id,
                ),
            )
            return int(made.lastrowid or 0)

    def keep(self, number: int, *, at: int | None = None) -> None:
        """Mark a promise as kept at `at` (Unix seconds, default now): the member was told in another way.

        Raises NotFoundError if it is gone, UserError if it is closed already.
        """
        self._close(number, tr("Promise kept: {promise}"), "kept_at = ?", (clock.now() if at is None else at,))

    def drop(self, number: int, why: str) -> None:
        """Drop a promise for the reason `why`.

        Raises UserError if that is empty or the promise is closed already, NotFoundError if it is gone.
        """
        if not why.strip():
            msg = tr("Give a short reason for dropping the promise.")
            raise UserError(msg)
        title = tr("Promise dropped: {promise}")
        self._close(number, title, "dropped_why = ?, dropped_at = ?", (why.strip(), clock.now()))

    def _close(self, number: int, title: str, setting: str, values: tuple[object, ...]) -> None:
        promise = self.get(number)
        if promise.state != "open":
            said = tr("“{what}” is kept already.") if promise.state == "kept" else tr("“{what}” was dropped already.")
            raise UserError(said.format(what=promise.what))
        with self._store.write(title.format(promise=promise.what)) as conn:
            conn.execute(f"UPDATE promise SET {setting} WHERE id = ?", (*values, number))


def _today() -> str:
    return clock.local(clock.now()).date().isoformat()


def hand_over(conn: Connection, gone: int, into: int, rows: Collection[int] | None = None) -> None:
    """Give the promises of member `gone` to member `into`, in the transaction that merges or parts them.

    With `rows`, only those of these ids.
    """
    conn.execute(
        "UPDATE promise SET member_id = ?1 WHERE member_id = ?2"
        " AND (?3 IS NULL OR id IN (SELECT value FROM json_each(?3)))",
        (into, gone, None if rows is None else json.dumps(list(rows))),
    )


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give the promises of one conversation to another, in the transaction that joins the two.

    With `messages`, only those are moved, and with them what they promised.
    """
    conn.execute(
        "UPDATE promise SET conversation_id = ?1 WHERE conversation_id = ?2 AND (?3 IS NULL OR message_id IN"
        " (SELECT value FROM json_each(?3)))",
        (kept, gone, None if messages is None else json.dumps(list(messages))),
    )
