"""Carrying replies to their channels, on a worker: each is marked on the disk before its first byte leaves."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial

from app.base import clock
from app.base.errors import UserError
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, Sent, Session, TryLater, UnknownOutcome
from app.inbox.answers import answered
from app.outbox.by_hand import is_by_hand
from app.outbox.composing import reply
from app.outbox.entry import HELD, QUEUED, SENDING, SENT, UNDECIDED, Entry, entries, entry, patience
from app.outbox.right import SendingRight
from app.outbox.standing import is_out, record, reopened
from app.safety import standstill
from app.store.sqlite import Connection
from app.store.store import Store

SETTLE = 60
"""Seconds after a try before a channel's "it is not here" is believed: a slow server may still be taking it."""
_LONGEST_HOLD = 60
_ASK_AGAIN = 300  # seconds between look-ups that could not be made
_BROKE = N_("The connection broke during sending. The reply may or may not have arrived.")
_STOPPED = N_("Rapport was stopped during sending. The reply may or may not have arrived.")
_CANNOT_TELL = N_("The channel can't tell whether it arrived. Check there, then say whether it did.")

_Change = Callable[[Connection, Entry], None]

_log = logging.getLogger(__name__)


class Courier:
    """Delivers for one process at a time; what became of a row is written once, and kept in mind until it is."""

    def __init__(self, store: Store, settle: int) -> None:
        """`settle`: see SETTLE."""
        self._store = store
        self._settle = settle
        self._right = SendingRight(store.path)
        self._lock = threading.Lock()
        self._unwritten: dict[int, _Change] = {}

    def close(self) -> None:
        """Give back the right to send."""
        self._right.give_back()

    def take_charge(self, grace: int) -> bool:
        """Get the right to send; False while another process has it.

        On getting it, what a dead process left as `sending` becomes undecided, and what is held can be taken back for
        at least `grace` seconds more: the window gives some, a job without a screen has nobody to show an undo to.
        """
        with self._lock:
            if not self._right.held and self._right.take():
                self._recover(grace)
            return self._right.held

    def _recover(self, grace: int) -> None:
        now = clock.now()
        with self._store.write(durable=True) as conn:
            for found in entries(conn, (SENDING,)):
                self._undecided(tr(_STOPPED), conn, found)
            for found in entries(conn, (HELD,)):
                if found.later and found.held_until > now:
                    continue
                # the upper bound: a clock that was set back must not hold it for days
                until = max(min(found.held_until, now + _LONGEST_HOLD), now + grace)
                if grace or found.held_until > now + _LONGEST_HOLD:
                    conn.execute("UPDATE outbox SET held_until = ? WHERE id = ?", (until, found.id))

    def due(self, now: int) -> list[int]:
        """Ids to deliver now. A second reply to a conversation waits for the first, and a part for the one before."""
        if not self.take_charge(0) or standstill.is_on_hold(self._store.read):
            return []
        for number in list(self._unwritten):
            change = self._unwritten.pop(number, None)  # another thread may have come first
            if change is not None:
                self._write(number, change)
        conn = self._store.read
        over = (now,)
        if conn.execute("SELECT 1 FROM outbox WHERE state = 'held' AND held_until <= ?", over).fetchone():
            with self._store.write() as writer:
                writer.execute(
                    "UPDATE outbox SET state = 'queued', next_at = held_until WHERE state = 'held' AND held_until <= ?",
                    over,
                )
        rows = conn.execute(
            "SELECT o.id, a.kind, a.mode FROM outbox o JOIN account a ON a.id = o.account_id AND a.state = 'on'"
            " WHERE o.state = 'queued' AND coalesce(o.next_at, 0) <= ? AND NOT EXISTS (SELECT 1 FROM outbox e"
            "   WHERE e.conversation_id = o.conversation_id AND e.id < o.id"
            "   AND e.state IN ('held', 'queued', 'sending') AND (e.later = 0 OR e.state <> 'held'))"
            " AND (o.after_id IS NULL OR (SELECT state FROM outbox e WHERE e.id = o.after_id) = 'sent')"
            " ORDER BY o.id",
            over,
        )
        return [number for number, kind, mode in rows if not is_by_hand(kind, mode)]

    def to_look_up(self, now: int) -> list[int]:
        """Ids of undecided rows that their channels are to be asked about; none while another process sends."""
        if not self.take_charge(0) or standstill.is_on_hold(self._store.read):
            return []
        rows = self._store.read.execute(
            "SELECT o.id FROM outbox o JOIN account a ON a.id = o.account_id AND a.state = 'on'"
            " WHERE o.state = 'undecided' AND o.next_at <= ? ORDER BY o.id",
            (now,),
        )
        return [row["id"] for row in rows]

    def deliver(self, number: int, session: Session) -> Entry:
        """Send a row that is queued; any other is left alone. The row as it stands afterwards.

        AuthNeeded is recorded and raised on, so that the account can be paused. UserError when another process sends.
        """
        self._may_send()
        message = reply(self._store.read, entry(self._store.read, number))
        if not self._claim(number):
            return entry(self._store.read, number)
        try:
            sent = session.send(message)
        except TryLater as why:
            self._write(number, partial(_later, why))
        except (Refused, AuthNeeded) as why:
            self._write(number, partial(_failed, str(why)))
            if isinstance(why, AuthNeeded):
                raise
        except UnknownOutcome as why:
            self._write(number, partial(self._undecided, str(why) or tr(_BROKE)))
        except Exception as why:  # noqa: BLE001  whatever it was, the message may be out
            _log.warning("Sending O-%s ended in %s", number, type(why).__name__)  # its words may hold a secret
            self._write(number, partial(self._undecided, tr(_BROKE)))
        except BaseException:
            self._write(number, partial(self._undecided, tr(_STOPPED)))
            raise
        else:
            self._write(number, partial(_sent, sent))
        return entry(self._store.read, number)

    def _may_send(self) -> None:
        if not self.take_charge(0):
            msg = tr("This file is also open in another Rapport, which does the sending.")
            raise UserError(msg)
        if standstill.is_on_hold(self._store.read):
            raise UserError(standstill.SENTENCE)

    def look_up(self, number: int, session: Session) -> Entry:
        """Ask the channel what became of an undecided row; the row as it stands afterwards.

        Found: sent. Surely not taken: queued again. The channel cannot tell: it stays, and the person is asked.
        AuthNeeded is raised on.
        """
        found = entry(self._store.read, number)
        if found.state != UNDECIDED:
            return found
        try:
            sent = session.find_sent(reply(self._store.read, found))
        except (AuthNeeded, TryLater) as why:
            after = why.after if isinstance(why, TryLater) else None
            self._write(number, partial(_asked, clock.now() + (after or _ASK_AGAIN), found.error))
            if isinstance(why, AuthNeeded):
                raise
        except UnknownOutcome:
            self._write(number, partial(_asked, None, tr(_CANNOT_TELL)))
        except Exception as why:  # noqa: BLE001  a look-up that breaks settles nothing
            _log.warning("Looking up O-%s ended in %s", number, type(why).__name__)
            self._write(number, partial(_asked, None, tr(_CANNOT_TELL)))
        else:
            self._write(number, partial(_sent, sent) if sent else self._not_there)
        return entry(self._store.read, number)

    def _claim(self, number: int) -> bool:
        """Mark it as being sent, on the disk; False when it is not to be sent any more."""
        with self._store.write(durable=True) as conn:
            claimed = conn.execute(
                "UPDATE outbox SET state = 'sending', sending_at = ?, tried = tried + 1, error = ''"
                " WHERE id = ? AND state = 'queued'",
                (clock.now(), number),
            )
            return bool(claimed.rowcount)

    def _write(self, number: int, change: _Change) -> None:
        """Write what became of a row; when the disk refuses, it is kept in mind and written before anything is due."""
        try:
            with self._store.write(durable=True) as conn:
                change(conn, entry(conn, number))
        except BaseException:
            self._unwritten[number] = change
            raise

    def _undecided(self, why: str, conn: Connection, found: Entry) -> None:
        if found.state == SENDING:
            at = (found.sending_at or clock.now()) + self._settle
            conn.execute(
                "UPDATE outbox SET state = 'undecided', unsure = 1, next_at = ?, error = ? WHERE id = ?",
                (at, why, found.id),
            )
            reopened(conn, found)

    def _not_there(self, conn: Connection, found: Entry) -> None:
        """The channel is sure: send it again; but not before a slow server has had its time."""
        if found.state != UNDECIDED:
            return
        now, settled = clock.now(), (found.sending_at or 0) + self._settle
        if now < settled:
            _asked(settled, found.error, conn, found)
            return
        conn.execute(
            "UPDATE outbox SET state = 'queued', unsure = 0, next_at = ?, error = '' WHERE id = ?", (now, found.id)
        )
        answered(conn, found.conversation_id, found.seen_id, then_done=found.then_done)


def _sent(sent: Sent, conn: Connection, found: Entry) -> None:
    if found.state == SENT:  # its own copy came in by sync before we could write so
        return
    at = clock.now()
    message = record(conn, found, sent.remote_id or None, sent.at or at, sent.url)
    conn.execute(
        "UPDATE outbox SET state = 'sent', sent_at = ?, remote_id = ?, message_id = ?, unsure = 0, next_at = NULL,"
        " error = '' WHERE id = ?",
        (at, sent.remote_id or None, message, found.id),
    )
    is_out(conn, found)


def _failed(why: str, conn: Connection, found: Entry) -> None:
    if found.state == SENDING:
        conn.execute(
            "UPDATE outbox SET state = 'failed', next_at = NULL, error = ? WHERE id = ?",
            (why or tr("The channel didn't accept it."), found.id),
        )
        reopened(conn, found)


def _later(why: TryLater, conn: Connection, found: Entry) -> None:
    if found.state == SENDING:
        conn.execute(
            "UPDATE outbox SET state = ?, next_at = ?, error = ? WHERE id = ?",
            (QUEUED, clock.now() + patience(found.tried, why.after), str(why), found.id),
        )


def _asked(again_at: int | None, why: str, conn: Connection, found: Entry) -> None:
    """A look-up that settled nothing: when to ask again; None when only the person can tell."""
    if found.state == UNDECIDED:
        conn.execute("UPDATE outbox SET next_at = ?, error = ? WHERE id = ?", (again_at, why, found.id))
