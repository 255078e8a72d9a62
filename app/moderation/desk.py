"""Moderation of members' messages at their channels, and the log of it: what was done, why, on which guideline.

States: held (can be undone, nothing has happened yet) -> queued -> doing -> done | failed; `undone` if it was cancelled
before the channel heard of it, or reversed later. `tried` counts the tries that may have worked. Verbs are idempotent
(see channels.base), so an entry interrupted by a crash is simply retried. The log keeps a copy of the message (text,
author, time, address), whatever the channel does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, cast

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.message import Target
from app.base.mistakes import WHILE_MODERATING
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, TryLater
from app.channels.channel import LOCK, MUTE, SHOW, SOLVE, UNLOCK, UNSOLVE
from app.inbox.conversations import note_locked
from app.inbox.moderated import bar_of, bars
from app.intake import spam
from app.intake.messages import note_moderated, note_solution
from app.moderation.deed import Deed
from app.moderation.undoing import is_pending, reversing
from app.moderation.verbs import (
    MUTED_SECONDS,
    NEED_NO_GUIDELINE,
    SILENTLY,
    STOP,
    UPSTREAM,
    Standing,
    not_offered,
    offered,
    rights,
)
from app.outbox import approving, patience
from app.safety import standstill
from app.store.sqlite import Connection, Row
from app.store.store import Store

if TYPE_CHECKING:
    from app.channels.base import Moderating, Session
    from app.outbox.composing import Way

HELD, QUEUED, DOING, DONE, FAILED, UNDONE = "held", "queued", "doing", "done", "failed", "undone"
_WITH_REPLY = N_("No guideline broken: approved with our reply")
_STOPPED = N_("You stopped this after it had been asked for, so it may have happened. Look there to see how it stands.")
_IN_DOUBT = N_("No clear answer came, so this may have happened; the channel was asked to undo it.")

_SELECT = """
SELECT d.id, d.at, d.message_id, d.conversation_id, d.account_id, a.name AS account, a.kind, d.member_id, d.verb,
  d.guideline, d.why, d.author, d.text, d.said_at, d.url, d.evidence, d.undoes_id, d.state, d.held_until, d.done_at,
  d.tried, d.error, d.seconds, d.before,
  coalesce(m.out, 0)
FROM moderation d JOIN account a ON a.id = d.account_id LEFT JOIN message m ON m.id = d.message_id
"""
_MESSAGE = """
SELECT m.id, m.conversation_id, m.account_id, m.remote_id, m.text, m.at, m.url, m.upstream, m.out, a.kind, a.mode,
  a.name, i.member_id, coalesce(nullif(i.name, ''), i.handle, '') AS author, coalesce(i.key, '') AS author_key,
  m.solution, m.identity_id, c.locked, c.remote_id AS thread, coalesce(a.facts ->> '$.may', '') AS may
FROM message m JOIN account a ON a.id = m.account_id JOIN conversation c ON c.id = m.conversation_id
  LEFT JOIN identity i ON i.id = m.identity_id WHERE m.id = ?
"""


class Moderation:
    """The `moderation` table. Thread-safe; `carry` does network calls and runs on a worker."""

    def __init__(self, store: Store) -> None:
        """Use this store."""
        self._store = store

    # --- queries

    def get(self, number: int) -> Deed:
        """The entry with this id. Raises NotFoundError if there is none."""
        return _deed(self._store.read, number)

    def entries(self, conversation_id: int | None = None, states: Sequence[str] = ()) -> list[Deed]:
        """Log entries, newest first, filtered by conversation and states; None and () mean all."""
        rows = self._store.read.execute(
            f"{_SELECT} WHERE (?1 IS NULL OR d.conversation_id = ?1)"
            " AND (?2 = '[]' OR d.state IN (SELECT value FROM json_each(?2))) ORDER BY d.at DESC, d.id DESC",
            (conversation_id, json.dumps(list(states))),
        )
        return [Deed(*row) for row in rows]

    def verbs(self, message_id: int) -> tuple[str, ...]:
        """Verbs that can be applied to the message now, in the channel's order; none while one is in progress."""
        row = _row(self._store.read, message_id)
        if row is None or row["remote_id"] is None or is_pending(self._store.read, message_id):
            return ()
        return offered(row["kind"], row["mode"], _standing(self._store.read, row))

    def would_approve(self, goes: Way) -> bool:
        """Whether what a reply answers awaits approval at its channel and is approved with it."""
        return approving.would_approve(self._store.read, goes)

    def guidelines(self) -> list[str]:
        """Guidelines used so far, most recently used first, at most 50."""
        rows = self._store.read.execute(
            "SELECT guideline FROM moderation WHERE guideline <> '' GROUP BY guideline"
            " ORDER BY max(at) DESC, guideline LIMIT 50"
        )
        return [row["guideline"] for row in rows]

    def due(self, now: int | None = None) -> list[int]:
        """Ids of entries to carry out now, oldest first; none while the file is on hold.

        What a reply that is sent answers is entered here first, if it is to be approved with it.
        """
        if standstill.is_on_hold(self._store.read):
            return []
        for message in approving.due(self._store.read):
            with suppress(UserError):  # another process has just entered it
                self.do(message, SHOW, tr(_WITH_REPLY), hold_seconds=0)
        rows = self._store.read.execute(
            "SELECT d.id FROM moderation d JOIN account a ON a.id = d.account_id AND a.state = 'on'"
            " WHERE (d.state = 'held' AND d.held_until <= ?1)"
            " OR (d.state IN ('queued', 'doing') AND coalesce(d.next_at, 0) <= ?1) ORDER BY d.id",
            (clock.now() if now is None else now,),
        )
        return [row["id"] for row in rows]

    def next_at(self) -> int | None:
        """When the next entry falls due, in Unix seconds; None if nothing is pending."""
        row = self._store.read.execute(
            "SELECT min(CASE d.state WHEN 'held' THEN d.held_until ELSE coalesce(d.next_at, 0) END) AS next_at"
            " FROM moderation d"
            " JOIN account a ON a.id = d.account_id AND a.state = 'on' WHERE d.state IN ('held', 'queued', 'doing')"
        ).fetchone()
        return None if row["next_at"] is None else int(row["next_at"])

    # --- commands

    def do(
        self,
        message_id: int,
        verb: str,
        guideline: str,
        why: str = "",
        evidence: str = "",
        hold_seconds: int = 10,
        *,
        at: int | None = None,
        seconds: int = 0,
    ) -> int:
        """Log a moderation and schedule it for `hold_seconds` from now; returns the entry's id.

        `at` is the time of the decision in Unix seconds, by default now; `seconds` is for how long an author is muted,
        by default MUTED_SECONDS. Raises UserError if a guideline is needed and not given, the channel cannot do this to
        the message, or another moderation of it is in progress.
        """
        if not guideline.strip() and verb not in NEED_NO_GUIDELINE:
            msg = tr("Say which guideline this is based on; the moderation log needs it.")
            raise UserError(msg)
        now = clock.now() if at is None else at
        with self._store.write(durable=True) as conn:
            row = _row(conn, message_id)
            if row is None or row["remote_id"] is None:
                msg = tr("That message can't be moderated: it isn't on a channel.")
                raise NotFoundError(msg)
            if verb not in offered(row["kind"], row["mode"], _standing(conn, row)):
                raise UserError(not_offered(verb, row["name"]))
            if is_pending(conn, message_id):
                msg = tr("This message is already being moderated.")
                raise UserError(msg)
            lasts = (seconds or MUTED_SECONDS) if verb == MUTE else 0
            deed = _New(verb, guideline.strip(), why.strip(), evidence.strip(), lasts)
            return _insert(conn, row, deed, now, now + hold_seconds)

    def undo(self, number: int) -> int:
        """Cancel an entry that the channel has not heard of, else ask the channel to reverse it.

        One that may have happened, and that nothing undoes there, is asked for no more, and has failed. Returns the id
        of the entry that counts from then on: the same, or the one that reverses it. Raises UserError if it is under
        way, already undone or irreversible at that channel, if something later was decided, or if another moderation of
        the message waits.
        """
        with self._store.write(durable=True) as conn:
            deed = _deed(conn, number)
            verb = reversing(conn, deed)
            if verb == SILENTLY:
                conn.execute("UPDATE moderation SET state = 'undone' WHERE id = ?", (number,))
                return number
            if verb == STOP:
                _record_failure(conn, deed, tr(_STOPPED), deed.tried)
                return number
            row = _row(conn, deed.message_id)
            if row is None:
                msg = tr("That message no longer exists.")
                raise NotFoundError(msg)
            if deed.state != DONE:  # it may have happened: it is neither tried again nor called undone
                conn.execute("UPDATE moderation SET state = 'failed', error = ? WHERE id = ?", (tr(_IN_DOUBT), number))
            now = clock.now()
            made = _insert(conn, row, _New(verb, deed.guideline, tr("Undone")), now, now)
            conn.execute("UPDATE moderation SET undoes_id = ? WHERE id = ?", (number, made))
            return made

    def retry(self, number: int) -> None:
        """Queue a failed entry again; no-op for entries in other states."""
        with self._store.write(durable=True) as conn:
            conn.execute(
                "UPDATE moderation SET state = 'queued', next_at = ?, error = '' WHERE id = ? AND state = 'failed'",
                (clock.now(), number),
            )

    # --- on a worker

    def carry(self, number: int, session: Session, *, at: int | None = None) -> Deed:
        """Carry out an entry at the channel, record the result, and return the entry afterwards.

        No-op if it is not due or no longer pending. Failures are recorded and not raised, except AuthNeeded and bugs,
        which are recorded and raised. `at` is when it counts as done, in Unix seconds, by default now.
        """
        with self._store.write(durable=True) as conn:
            claimed = conn.execute(
                "UPDATE moderation SET state = 'doing', tried = tried + 1 WHERE id = ?"
                " AND (state IN ('queued', 'doing') OR (state = 'held' AND held_until <= ?))",
                (number, clock.now()),
            ).rowcount
        deed = self.get(number)
        on = _target(self._store.read, deed)
        if not claimed or on is None:
            return deed
        try:
            cast("Moderating", session).moderate(deed.verb, on)
        except (Refused, AuthNeeded) as why:
            clearly = 1 if deed.tried == 1 else 0  # an earlier try may have worked
            self._record(_record_failure, deed, str(why), deed.tried - clearly)
            if isinstance(why, AuthNeeded):
                raise
        except UserError as why:  # later, or unknown whether it worked: retry, verbs are idempotent
            self._record(_requeue, deed, why.after if isinstance(why, TryLater) else None)
        except Exception:
            self._record(_record_failure, deed, tr(WHILE_MODERATING), deed.tried)
            raise
        else:
            self._record(_record_done, deed, clock.now() if at is None else at)
        return self.get(number)

    def _record(self, came_of_it: Callable[..., None], deed: Deed, *more: object) -> None:
        with self._store.write(durable=True) as conn:
            came_of_it(conn, deed, *more)


class _New(NamedTuple):
    """What is decided, on which guideline, and why; `seconds` is how long it lasts, 0 for good."""

    verb: str
    guideline: str
    why: str
    evidence: str = ""
    seconds: int = 0


def _deed(conn: Connection, number: int) -> Deed:
    """The entry with this id. Raises NotFoundError if there is none."""
    row = conn.execute(f"{_SELECT} WHERE d.id = ?", (number,)).fetchone()
    if row is None:
        msg = tr("There's no such entry in the moderation log.")
        raise NotFoundError(msg)
    return Deed(*row)


def _row(conn: Connection, message_id: int | None) -> Row | None:
    """The row of `_MESSAGE` for a message; None if there is none."""
    row: Row | None = conn.execute(_MESSAGE, (message_id,)).fetchone()
    return row


def _standing(conn: Connection, row: Row) -> Standing:
    """How a message stands at its channel, from a row of `_MESSAGE`."""
    author = row["identity_id"]
    found = bars(conn, clock.now(), [] if author is None else [author])
    bar = bar_of(found, row["account_id"], author, row["conversation_id"])
    return Standing(
        row["upstream"], bool(row["out"]), bool(row["solution"]), bool(row["locked"]), bar.verb if bar else "",
        bool(row["author_key"]), rights(row["may"]),
    )  # fmt: skip


def _target(conn: Connection, deed: Deed) -> Target | None:
    """What an entry of the log is carried out on; None if the message is gone from our file."""
    row = _row(conn, deed.message_id)
    if row is None or row["remote_id"] is None:
        return None
    return Target(row["remote_id"], row["thread"] or "", row["author_key"], deed.seconds)


def _insert(conn: Connection, row: Row, new: _New, now: int, until: int) -> int:
    """Insert a log entry for a message (a row of `_MESSAGE`); returns its id."""
    kept = [row[name] for name in ("id", "conversation_id", "account_id", "member_id")]
    stood = [row[name] for name in ("author", "text", "at", "url")]
    held = until > now
    made = conn.execute(
        "INSERT INTO moderation (at, message_id, conversation_id, account_id, member_id, verb, guideline, why, author,"
        " text, said_at, url, evidence, before, state, held_until, next_at, seconds)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (now, *kept, new.verb, new.guideline, new.why, *stood, new.evidence, row["upstream"], HELD if held else QUEUED,
         until, None if held else now, new.seconds),
    )  # fmt: skip
    return int(made.lastrowid or 0)


def _record_done(conn: Connection, deed: Deed, now: int) -> None:
    """Mark the entry as done, note what has changed by it, and mark the entry that it reverses as undone."""
    conn.execute("UPDATE moderation SET state = 'done', done_at = ?, error = '' WHERE id = ?", (now, deed.id))
    if deed.verb in UPSTREAM:
        note_moderated(conn, deed.message_id, UPSTREAM[deed.verb], now)
    elif deed.verb in (SOLVE, UNSOLVE) and deed.message_id is not None:
        note_solution(conn, deed.message_id, solution=deed.verb == SOLVE)
    elif deed.verb in (LOCK, UNLOCK):
        note_locked(conn, deed.conversation_id, locked=deed.verb == LOCK)
    if deed.message_id is not None:
        spam.follow(conn, deed.message_id, now)
        spam.restand(conn, deed.message_id, now)
    if deed.undoes_id is not None:
        conn.execute("UPDATE moderation SET state = 'undone' WHERE id = ?", (deed.undoes_id,))


def _record_failure(conn: Connection, deed: Deed, why: str, tried: int) -> None:
    """Mark the entry as failed; `tried` is how many tries may have worked all the same."""
    conn.execute("UPDATE moderation SET state = 'failed', error = ?, tried = ? WHERE id = ?", (why, tried, deed.id))


def _requeue(conn: Connection, deed: Deed, after: int | None) -> None:
    conn.execute(
        "UPDATE moderation SET state = 'queued', next_at = ? WHERE id = ?",
        (clock.now() + patience(deed.tried, after), deed.id),
    )


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give the moderation log of one conversation to another, in the transaction that joins the two.

    With `messages`, only those are moved, and the entries about them with them.
    """
    conn.execute(
        "UPDATE moderation SET conversation_id = ?1 WHERE conversation_id = ?2"
        " AND (?3 IS NULL OR message_id IN (SELECT value FROM json_each(?3)))",
        (kept, gone, None if messages is None else json.dumps(list(messages))),
    )


def follow_message(conn: Connection, message_id: int) -> None:
    """Put the entries about a message into its conversation, after an undo has moved it."""
    conn.execute(
        "UPDATE moderation SET conversation_id = (SELECT conversation_id FROM message WHERE id = ?1)"
        " WHERE message_id = ?1",
        (message_id,),
    )
