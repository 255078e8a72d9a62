"""Delivers replies to their channels on a worker; each is committed as `sending` before its first byte leaves."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from app.base import clock
from app.base.codes import numbers as has_code
from app.base.errors import UserError
from app.base.message import Reply
from app.base.words import N_, tr
from app.channels.base import AuthNeeded, Refused, Sent, Session, TryLater, UnknownOutcome
from app.channels.registry import channel
from app.intake import threads
from app.outbox import codes, continuing, readers, waited
from app.outbox.altering import handler
from app.outbox.by_hand import is_by_hand
from app.outbox.composing import reply
from app.outbox.cooling import SHOWN_SECONDS
from app.outbox.entry import FORWARD, HELD, NEW, QUEUED, SENDING, SENT, UNDECIDED, Entry, entries, entry, patience
from app.outbox.right import SendingRight
from app.outbox.standing import due_now, is_out, record, reopened, settled
from app.safety import standstill
from app.store.sqlite import Connection
from app.store.store import Store
from app.works.leaving import why_not

if TYPE_CHECKING:
    from app.gifts.vouchers import Vouchers

SETTLE = 60
"""Seconds after an attempt before a channel's "not found" is believed: a slow server may still be processing it."""
_MAX_HOLD_SECONDS = 60
_RETRY_LOOKUP_SECONDS = 300  # after a lookup that failed
_BROKE = N_("The connection broke during sending. The reply may or may not have arrived.")
_STOPPED = N_("Rapport was stopped during sending. The reply may or may not have arrived.")
_CANNOT_TELL = N_("The channel can't tell whether it arrived. Check there, then say whether it did.")

_Change = Callable[[Connection, Entry], None]

_log = logging.getLogger(__name__)


class Courier:
    """Delivers, in one process at a time. Results that cannot be written are kept in memory and written later."""

    def __init__(self, store: Store, settle: int, vouchers: Callable[[], Vouchers]) -> None:
        """`settle` is in seconds; see SETTLE. `vouchers` has the codes; asked only where words hold one."""
        self._store = store
        self._vouchers = vouchers
        self._settle = settle
        self._right = SendingRight(store.path)
        self._lock = threading.Lock()
        self._unwritten: dict[int, _Change] = {}

    def close(self) -> None:
        """Release the right to send."""
        self._right.give_back()

    def take_charge(self, grace: int) -> bool:
        """Acquire the right to send; returns False while another process holds it.

        On acquiring it, rows left as `sending` by a dead process become undecided, and held ones can be undone for at
        least `grace` seconds more: the window gives some, a command without a GUI cannot offer an undo.
        """
        with self._lock:
            if not self._right.held and self._right.take():
                self._recover(grace)
            return self._right.held

    def _recover(self, grace: int) -> None:
        now = clock.now()
        with self._store.write(durable=True) as conn:
            for outgoing in entries(conn, (SENDING,)):
                self._record_undecided(tr(_STOPPED), conn, outgoing)
            for outgoing in entries(conn, (HELD,)):
                if outgoing.later and outgoing.held_until > now:
                    continue
                # Capped, so that a reply is not held for days after the clock was set back.
                until = max(min(outgoing.held_until, now + _MAX_HOLD_SECONDS), now + grace)
                if outgoing.cools and grace:  # its time has come while no window was open: it is shown all the same
                    until = now + SHOWN_SECONDS
                if grace or outgoing.held_until > now + _MAX_HOLD_SECONDS:
                    conn.execute("UPDATE outbox SET held_until = ? WHERE id = ?", (until, outgoing.id))

    def due(self, now: int) -> list[int]:
        """Ids to deliver now. Replies to one conversation are sent in order, and so are the parts of a thread."""
        if not self.take_charge(0) or standstill.is_on_hold(self._store.read):
            return []
        for number in list(self._unwritten):
            change = self._unwritten.pop(number, None)  # another thread may have popped it
            if change is not None:
                self._write(number, change)
        conn = self._store.read
        over = (now,)
        if conn.execute("SELECT 1 FROM outbox WHERE state = 'held' AND held_until <= ?", over).fetchone():
            with self._store.write() as writer:
                scheduled = [one for one in entries(writer, (HELD,)) if one.later and one.held_until <= now]
                writer.execute(
                    "UPDATE outbox SET state = 'queued', next_at = held_until WHERE state = 'held' AND held_until <= ?",
                    over,
                )
                due_now(writer, scheduled)
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
        """Ids of undecided rows to look up at their channels; none while another process holds the right to send.

        A part of a thread is looked for below the part before it, once that is known to be there.
        """
        if not self.take_charge(0) or standstill.is_on_hold(self._store.read):
            return []
        rows = self._store.read.execute(
            "SELECT o.id FROM outbox o JOIN account a ON a.id = o.account_id AND a.state = 'on'"
            " WHERE o.state = 'undecided' AND o.next_at <= ?"
            " AND (o.after_id IS NULL OR (SELECT state FROM outbox e WHERE e.id = o.after_id) = 'sent')"
            " ORDER BY o.id",
            (now,),
        )
        return [row["id"] for row in rows]

    def deliver(self, number: int, session: Session) -> Entry:
        """Send a row if it is queued; returns the row afterwards.

        AuthNeeded is recorded and raised, so that the account can be paused. Raises UserError if another process holds
        the right to send, or the file is on hold.
        """
        self._may_send()
        outgoing = entry(self._store.read, number)
        send, record_it = self._prepared(outgoing, session)
        if not self._claim(number):
            return entry(self._store.read, number)
        try:
            sent = send()
        except TryLater as why:
            self._write(number, partial(_record_retry, why))
        except (Refused, AuthNeeded) as why:
            self._write(number, partial(_record_failure, str(why)))
            if isinstance(why, AuthNeeded):
                raise
        except UnknownOutcome as why:
            self._write(number, partial(self._record_undecided, str(why) or tr(_BROKE)))
        except Exception as why:  # noqa: BLE001  whatever it was, the message may have been accepted
            _log.warning("Sending O-%s ended in %s", number, type(why).__name__)  # its message may contain a secret
            self._write(number, partial(self._record_undecided, tr(_BROKE)))
        except BaseException:
            self._write(number, partial(self._record_undecided, tr(_STOPPED)))
            raise
        else:
            self._write(number, partial(record_it, sent))
        return entry(self._store.read, number)

    def _prepared(self, outgoing: Entry, session: Session) -> tuple[Callable[[], Any], Callable[..., None]]:
        """How a row is sent, and how what came of it is recorded. All that is read from the file is read here."""
        if outgoing.is_change:
            able = handler(outgoing)
            if has_code(outgoing.text):
                return partial(_stop, Refused(tr(codes.CHANGED))), _record_changed
            return partial(able.carry, session, outgoing, able.wanted(self._store.read, outgoing)), _record_changed
        before = continuing.unnamed_before(self._store.read, outgoing)
        if before is not None:
            try:
                self._name(before, session, is_needed=before.id == outgoing.after_id)
            except (Refused, TryLater, AuthNeeded) as why:
                return partial(_stop, why), _record_sent
            outgoing = entry(self._store.read, outgoing.id)  # it may have moved to the conversation that was found
        draft = readers.outgoing(self._store.read, outgoing)
        problem = why_not(self._store.read, draft) or codes.why_not(self._store.read, draft)
        if problem:
            return partial(_stop, Refused(problem)), _record_sent
        return codes.sending(self._vouchers, session, reply(self._store.read, outgoing)), _record_sent

    def _name(self, before: Entry, session: Session, *, is_needed: bool) -> None:
        """Look up the id of a message that the person confirmed. Raises Refused if `is_needed` and it isn't found."""
        try:
            sent = session.find_sent(self._as_sent(before))
        except (TryLater, AuthNeeded):
            raise
        except Exception as why:  # noqa: BLE001  a failed lookup decides nothing
            _log.info("Looking up O-%s ended in %s", before.id, type(why).__name__)
            sent = None
        if sent and sent.remote_id and not continuing.is_taken(self._store.read, before, sent.remote_id):
            self._write(before.id, partial(continuing.name, sent))
        elif is_needed:
            raise Refused(tr(continuing.NOT_NAMED))

    def _may_send(self) -> None:
        if not self.take_charge(0):
            msg = tr("This file is also open in another Rapport, which does the sending.")
            raise UserError(msg)
        standstill.refuse(self._store.read)

    def look_up(self, number: int, session: Session) -> Entry:
        """Ask the channel what became of an undecided row; returns the row afterwards.

        If found, it is sent; if certainly not accepted, queued again; if the channel cannot tell, it stays, and the
        person is asked. AuthNeeded is raised.
        """
        outgoing = entry(self._store.read, number)
        if outgoing.state != UNDECIDED:
            return outgoing
        try:
            sent = self._ask(outgoing, session)
        except (AuthNeeded, TryLater) as why:
            after = why.after if isinstance(why, TryLater) else None
            self._write(number, partial(_record_lookup, clock.now() + (after or _RETRY_LOOKUP_SECONDS), outgoing.error))
            if isinstance(why, AuthNeeded):
                raise
        except UnknownOutcome as why:
            self._write(number, partial(_record_lookup, None, str(why) or tr(_CANNOT_TELL)))
        except Exception as why:  # noqa: BLE001  a failed lookup decides nothing
            _log.warning("Looking up O-%s ended in %s", number, type(why).__name__)
            self._write(number, partial(_record_lookup, None, tr(_CANNOT_TELL)))
        else:
            record_it = _record_changed if outgoing.is_change else _record_sent
            self._write(number, partial(record_it, sent) if sent else self._record_not_found)
        return entry(self._store.read, number)

    def _ask(self, outgoing: Entry, session: Session) -> Any:  # noqa: ANN401  what `_record_...` takes
        """What the channel says of an undecided row: something true if it is there, else None or False."""
        if outgoing.is_change:
            able = handler(outgoing)
            return able.is_done(session, outgoing, able.wanted(self._store.read, outgoing))
        return session.find_sent(self._as_sent(outgoing))

    def _as_sent(self, outgoing: Entry) -> Reply:
        """A row as it would be at its channel, with its codes."""
        made = reply(self._store.read, outgoing)
        return codes.as_sent(self._vouchers(), made) if has_code(made.text) else made

    def _claim(self, number: int) -> bool:
        """Commit the row as `sending`; returns False if it is not queued any more."""
        with self._store.write(durable=True) as conn:
            claimed = conn.execute(
                "UPDATE outbox SET state = 'sending', sending_at = ?, tried = tried + 1, error = ''"
                " WHERE id = ? AND state = 'queued'",
                (clock.now(), number),
            )
            if claimed.rowcount:
                _expect_copy(conn, entry(conn, number))
            return bool(claimed.rowcount)

    def _write(self, number: int, change: _Change) -> None:
        """Record a result. If that fails, it is kept in memory and written before anything else is due."""
        try:
            with self._store.write(durable=True) as conn:
                change(conn, entry(conn, number))
        except BaseException:
            self._unwritten[number] = change
            raise

    def _record_undecided(self, why: str, conn: Connection, outgoing: Entry) -> None:
        if outgoing.state == SENDING:
            at = (outgoing.sending_at or clock.now()) + self._settle
            conn.execute(
                "UPDATE outbox SET state = 'undecided', unsure = 1, next_at = ?, error = ? WHERE id = ?",
                (at, why, outgoing.id),
            )
            reopened(conn, outgoing)

    def _record_not_found(self, conn: Connection, outgoing: Entry) -> None:
        """The channel is sure that it was not accepted: queue it again, but not before SETTLE seconds have passed.

        One that waited in a restored file is left to the person where they have written something else since.
        """
        if outgoing.state != UNDECIDED:
            return
        settled = (outgoing.sending_at or 0) + self._settle
        if clock.now() < settled:
            _record_lookup(settled, outgoing.error, conn, outgoing)
        elif why := waited.why_ask(conn, outgoing):
            _record_lookup(None, why, conn, outgoing)
        else:
            waited.wait_again(conn, outgoing, unsure=False)


def _record_changed(_done: object, conn: Connection, outgoing: Entry) -> None:
    handler(outgoing).record(conn, outgoing, clock.now())


def _expect_copy(conn: Connection, outgoing: Entry) -> None:
    """A letter that begins a conversation is about to leave: its copy among the sent mails is to meet that one."""
    if outgoing.purpose in (NEW, FORWARD) and channel(outgoing.kind).message_ids:
        threads.expect(conn, outgoing.account_id, outgoing.key.strip("<>"), outgoing.conversation_id)


def _stop(why: Exception) -> Sent:
    """Raise what keeps a message from being sent, where that is known before anything left."""
    raise why


def _record_sent(sent: Sent, conn: Connection, outgoing: Entry) -> None:
    """Record what became of it; after an earlier attempt, what was found may be another message with these words."""
    if outgoing.state == SENT:  # our own copy has been pulled in the meantime
        return
    looked_up = outgoing.tried > 1 or outgoing.state == UNDECIDED
    if looked_up and sent.remote_id and continuing.is_taken(conn, outgoing, sent.remote_id):
        _record_doubt(conn, outgoing)
        return
    at = clock.now()
    outgoing = settled(conn, outgoing, sent.remote_id or None, sent.thread)
    message = record(conn, outgoing, sent.remote_id or None, sent.at or at, sent.url, sent.also)
    conn.execute(
        "UPDATE outbox SET state = 'sent', sent_at = ?, remote_id = ?, message_id = ?, unsure = 0, next_at = NULL,"
        " error = '' WHERE id = ?",
        (at, sent.remote_id or None, message, outgoing.id),
    )
    is_out(conn, outgoing)


def _record_doubt(conn: Connection, outgoing: Entry) -> None:
    """Leave it to the person: all that was found is another message of ours."""
    conn.execute(
        "UPDATE outbox SET state = 'undecided', unsure = 1, next_at = NULL, error = ? WHERE id = ?",
        (tr(_CANNOT_TELL), outgoing.id),
    )
    if outgoing.state != UNDECIDED:
        reopened(conn, outgoing)


def _record_failure(why: str, conn: Connection, outgoing: Entry) -> None:
    if outgoing.state == SENDING:
        conn.execute(
            "UPDATE outbox SET state = 'failed', next_at = NULL, error = ? WHERE id = ?",
            (why or tr("The channel didn't accept it."), outgoing.id),
        )
        reopened(conn, outgoing)


def _record_retry(why: TryLater, conn: Connection, outgoing: Entry) -> None:
    if outgoing.state == SENDING:
        conn.execute(
            "UPDATE outbox SET state = ?, next_at = ?, error = ? WHERE id = ?",
            (QUEUED, clock.now() + patience(outgoing.tried, why.after), str(why), outgoing.id),
        )


def _record_lookup(again_at: int | None, why: str, conn: Connection, outgoing: Entry) -> None:
    """Record a lookup without a result; `again_at` is when to repeat it, None if only the person can tell."""
    if outgoing.state == UNDECIDED:
        conn.execute("UPDATE outbox SET next_at = ?, error = ? WHERE id = ?", (again_at, why, outgoing.id))
