"""The outbox desk: submitting, delivering, resolving what is undecided."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.accounts.senders import marked, signature
from app.base import clock
from app.base.errors import UserError
from app.base.text import preview
from app.base.words import N_, tr
from app.channels.base import Session
from app.channels.registry import channel
from app.handoffs.telling import close_untold, tell_with
from app.inbox import drafts
from app.inbox.addressing import Addressing, packed
from app.inbox.answers import last_incoming
from app.inbox.drafts import Draft
from app.inbox.several import refuse_unsolved
from app.inbox.whereabouts import refuse_joined
from app.outbox import by_hand, changing, closed, codes, files, fitting, readers
from app.outbox.altering import handler
from app.outbox.approving import would_approve
from app.outbox.composing import Way, new_key, receivers_of, refuse_mentions, way
from app.outbox.courier import SETTLE, Courier
from app.outbox.entry import (
    CORRECT,
    DISCARDED,
    FAILED,
    HELD,
    OPEN,
    QUEUED,
    TROUBLE,
    UNDECIDED,
    WITHDRAW,
    Entry,
    entries,
    entry,
    following,
    refuse,
)
from app.outbox.files import OutgoingFile, of_outbox, of_reply
from app.outbox.from_template import note_sent
from app.outbox.manners import MannersDesk
from app.outbox.meeting import before_undo, own_copy
from app.outbox.promised import note_promised
from app.outbox.putting_back import put_back
from app.outbox.reacting import ReactionDesk
from app.outbox.repeats import refuse_repeat
from app.outbox.standing import arrived, due_now, is_out, record, reopened, submitted
from app.outbox.waited import wait_again
from app.promises import Drafted, drafted_text
from app.store.sqlite import Connection
from app.store.store import Store
from app.voice import Cleared
from app.voice import Draft as Words

if TYPE_CHECKING:
    from app.gifts.vouchers import Vouchers

GRACE = 15
"""Seconds for which replies held at exit can still be undone after the window has started again."""


class Outbox:
    """The table `outbox`. Thread-safe; only one process at a time delivers."""

    def __init__(self, store: Store, settle: int = SETTLE, vouchers: Callable[[], Vouchers] | None = None) -> None:
        """`settle` is in seconds; see SETTLE. `vouchers` has the codes that are filled in where words go out."""
        self._store = store
        self._vouchers = vouchers or codes.of(store)
        self._courier = Courier(store, settle, self._vouchers)
        self.reactions, self.manners = ReactionDesk(store), MannersDesk(store)

    def close(self) -> None:
        """Release the right to send."""
        self._courier.close()

    def get(self, number: int) -> Entry:
        """The row with this id. Raises NotFoundError if there is none."""
        return entry(self._store.read, number)

    def entries(self, states: Iterable[str] = OPEN, conversation_id: int | None = None) -> list[Entry]:
        """Rows in these states, oldest first, optionally of one conversation."""
        return entries(self._store.read, states, conversation_id)

    def members_at(self, outgoing: Entry) -> dict[str, int]:
        """The members whose addresses a letter goes to: address in lower case -> member id."""
        rows = self._store.read.execute(
            "SELECT i.key, i.member_id FROM json_each(?) j CROSS JOIN identity i ON i.kind = ? AND i.key = j.value",
            (json.dumps([box.address.lower() for box in outgoing.boxes]), outgoing.kind),
        )
        return {row["key"]: row["member_id"] for row in rows}

    def counts(self) -> dict[str, int]:
        """Number of rows in each open state."""
        rows = self._store.read.execute("SELECT state, count(*) FROM outbox WHERE state <> 'sent' GROUP BY state")
        known = {state: int(count) for state, count in rows}
        return {state: known.get(state, 0) for state in OPEN}

    def needing_me(self) -> int:
        """How many replies the person has to deal with: failed, undecided, or to be posted by hand."""
        counts = self.counts()
        return sum(counts[state] for state in TROUBLE) + (len(self.by_hand()) if counts[HELD] or counts[QUEUED] else 0)

    def next_at(self) -> int | None:
        """When the next row falls due, in Unix seconds; None if nothing is pending."""
        rows = self._store.read.execute(
            "SELECT min(CASE o.state WHEN 'held' THEN o.held_until ELSE o.next_at END), o.state, a.kind, a.mode"
            " FROM outbox o JOIN account a ON a.id = o.account_id AND a.state = 'on'"
            " WHERE o.state IN ('held', 'queued', 'undecided') AND (o.state = 'held' OR o.after_id IS NULL"
            "   OR (SELECT state FROM outbox e WHERE e.id = o.after_id) = 'sent') GROUP BY o.state, a.kind, a.mode"
        ).fetchall()
        waits = [at for at, state, kind, mode in rows if state != QUEUED or not by_hand.is_by_hand(kind, mode)]
        return min((int(at) for at in waits if at is not None), default=None)

    def room(self, account_id: int) -> fitting.Room:
        """How long a message to that account may be."""
        return fitting.room(self._store.read, account_id)

    # --- submitting

    def submit(  # noqa: PLR0913  each is a choice that a person may make, with a default
        self,
        cleared: Cleared,
        conversation_id: int,
        *,
        then_done: bool = False,
        hold_seconds: int = 10,
        at: int | None = None,
        thread: bool = False,
        answers: int | None = None,
        written: int | None = None,
        addressing: Addressing | None = None,
        keep_held: bool = False,
        solved: str = "",
        tells: Collection[int] | None = None,
        promised: Drafted | None = None,
    ) -> int:
        """Queue a reply for sending; returns its id. One undoable action: the draft goes, the conversation is answered.

        A message that awaits approval at its channel is approved once the reply is sent, unless `keep_held`.

        `answers` is the message whose author receives it; by default `app.inbox.receivers` chooses. `addressing` is
        whom a letter goes to besides or instead, and from which address. `written` is when it was written (Unix
        seconds, default now). It is held for `hold_seconds`, or until `at` (Unix seconds) if the person chose a time.
        With `thread` a text that is too long is sent in parts, each answering the previous one; the first one's id is
        returned. `solved` is how an unhappy or difficult conversation was solved, which a reply closes with
        `then_done`; it becomes part of the action's title. It tells its receiver what teammates answered to the
        hand-offs `tells`; None: all that are not told yet. `promised` is what it promises and which promises it keeps;
        None: what the draft has of it. Raises UserError if the channel cannot send, the text is too
        long, the same text is already pending, or a conversation is closed so without saying how it was solved, or why
        somebody doesn't hear a teammate's answer.
        """
        if then_done:
            refuse_unsolved(self._store.read, conversation_id, solved)
        draft, now = cleared.draft, clock.now() if written is None else written
        refuse_joined(self._store.read, conversation_id)
        goes = way(self._store.read, conversation_id, answers, addressing)
        row = self._submission(cleared, conversation_id, goes, now, at, hold_seconds, addressing)
        row = replace(row, approves=not keep_held and would_approve(self._store.read, goes))
        refuse_mentions(draft.text, row.way.to, row.way.kind, row.way.boxes)
        room = fitting.room(self._store.read, row.way.account_id)
        texts = room.parts(draft.text) if thread else [draft.text]
        room.refuse(texts)
        files.refuse_unsendable(files.attached(self._store.read, of_reply(conversation_id)), row.way.kind)
        codes.refuse(self._store.read, self.read_by(draft, conversation_id, answers, addressing))
        self._save_draft(row, promised)
        title = tr("Reply to {name} ({reason})") if solved.strip() else tr("Reply to {name}")
        with self._store.write(title.format(name=row.way.whom, reason=preview(solved)), durable=True) as conn:
            refuse_joined(conn, conversation_id)  # mails that joined it may have come in since
            to = row.way.to
            refuse_repeat(conn, conversation_id, draft.text, row.way, now)
            seen = last_incoming(conn, conversation_id)
            numbers: list[int] = []
            for index, text in enumerate(texts):
                last = index == len(texts) - 1
                numbers.append(
                    row.insert(conn, text, seen, numbers[-1] if numbers else None, then_done=then_done and last)
                )
            files.move(conn, of_reply(conversation_id), of_outbox(numbers[0]))
            member = to.member_id if to else None
            note_promised(conn, numbers[-1], conversation_id, member, draft, now, row.until)
            drafts.delete(conn, conversation_id)
            told = tell_with(conn, numbers[-1], tells)
            if then_done:
                close_untold(conn, conversation_id, told, solved)
            submitted(conn, entry(conn, numbers[0]), then_done=then_done, solved=solved)
            note_sent(conn, draft, member, conversation_id)
            return numbers[0]

    def can_change(self, message_id: int) -> changing.Changeable:
        """Whether a message can be corrected, and withdrawn. Raises NotFoundError if there is no such message."""
        return changing.can_change(self._store.read, message_id)

    def consequence(self, message_id: int, purpose: str) -> str:
        """Who sees what a correction or withdrawal changes, and who may have seen the message as it was."""
        return changing.consequence(self._store.read, message_id, purpose)

    def correct(self, message_id: int, cleared: Cleared, hold_seconds: int = 10) -> int:
        """Queue other words for a message of ours that its channel has; returns the row's id. One undoable action.

        Raises UserError if that can't be done (see `can_change`), the words are too long, or they would reach others.
        """
        draft = cleared.draft
        on = changing.asked(self._store.read, message_id, CORRECT, draft.text)
        refuse_mentions(draft.text, on.receiver, on.kind)
        replace(fitting.room(self._store.read, on.account_id), threads=False).refuse([draft.text])
        with self._store.write(tr("Correct the message to {name}").format(name=on.name), durable=True) as conn:
            on = changing.asked(conn, message_id, CORRECT, draft.text)
            key = new_key(conn, on.account_id)
            return changing.insert(
                conn, on, CORRECT, key, hold_seconds, text=draft.text, language=draft.language,
                overrides=cleared.overrides(),
            )  # fmt: skip

    def withdraw(self, message_id: int, hold_seconds: int = 10) -> int:
        """Queue the deletion of a message of ours at its channel; returns the row's id. One undoable action.

        Raises UserError if that can't be done; see `can_change`.
        """
        on = changing.asked(self._store.read, message_id, WITHDRAW)
        with self._store.write(tr("Withdraw the message to {name}").format(name=on.name), durable=True) as conn:
            on = changing.asked(conn, message_id, WITHDRAW)
            return changing.insert(conn, on, WITHDRAW, new_key(conn, on.account_id), hold_seconds)

    def _submission(
        self,
        cleared: Cleared,
        conversation_id: int,
        goes: Way,
        now: int,
        at: int | None,
        hold_seconds: int,
        chosen: Addressing | None,
    ) -> _Submission:
        if at is not None and at <= now:
            msg = tr("That time has passed. Choose a later one, or send it now.")
            raise UserError(msg)
        until = now + hold_seconds if at is None else at
        return _Submission(
            cleared,
            conversation_id,
            goes,
            now,
            until,
            later=at is not None,
            ending=self.ending(goes, cleared.draft.language),
            addressing=packed(chosen or Addressing()),
        )

    def way(self, conversation_id: int, answers: int | None = None, addressing: Addressing | None = None) -> Way:
        """Whom a reply would go to, and from which address: what the screen says before it is sent.

        Raises UserError if it cannot be sent.
        """
        return way(self._store.read, conversation_id, answers, addressing)

    def read_by(
        self, draft: Words, conversation_id: int, answers: int | None = None, addressing: Addressing | None = None
    ) -> Words:
        """The words with who is going to read them and what goes along, for the check before sending."""
        return readers.reply(self._store.read, draft, conversation_id, answers, addressing)

    def ending(self, goes: Way, language: str) -> str:
        """What would follow the words: the signature of the address that it comes from; "" if there is none."""
        letter = goes.boxes and channel(goes.kind).by_address
        return marked(signature(self._store.read, goes.account_id, goes.sender, language)) if letter else ""

    def why_not_sendable(
        self, conversation_id: int, answers: int | None = None, addressing: Addressing | None = None
    ) -> UserError | None:
        """The error that a reply would raise, to be shown before the person starts writing; None if it can be sent."""
        try:
            self.way(conversation_id, answers, addressing)
        except UserError as why:
            return why
        return None

    def caution(self, conversation_id: int, account: str = "") -> str:
        """What to know before replying there: that it is closed (see `app.outbox.closed`); "" if nothing is."""
        return closed.caution(self._store.read, conversation_id, account)

    def _save_draft(self, row: _Submission, promised: Drafted | None) -> None:
        """Save the submitted text and its receiver as the draft, so that an undo restores exactly that."""
        draft, to = row.cleared.draft, row.way.to
        answers = to.message_id if to else None
        with self._store.write() as conn:
            refuse_joined(conn, row.conversation_id)
            kept = Draft(row.conversation_id, draft.text, draft.language, answers, draft.template_id, row.addressing)
            drafts.save(conn, kept)
            if promised is not None:
                drafts.note_promised(conn, row.conversation_id, drafted_text(promised))

    # --- delivering, on a worker

    def take_charge(self, grace: int = 0) -> bool:
        """Acquire the right to send; returns False while another process holds it (see Courier.take_charge)."""
        return self._courier.take_charge(grace)

    def due(self, now: int | None = None) -> list[int]:
        """Ids to deliver now, in order; none while another process holds the right, or the account is not on."""
        return self._courier.due(clock.now() if now is None else now)

    def deliver(self, number: int, session: Session) -> Entry:
        """Send a row once; returns the row afterwards (see Courier.deliver). AuthNeeded is recorded and raised."""
        return self._courier.deliver(number, session)

    def to_look_up(self, now: int | None = None) -> list[int]:
        """Ids of undecided rows to look up at their channels now."""
        return self._courier.to_look_up(clock.now() if now is None else now)

    def look_up(self, number: int, session: Session) -> Entry:
        """Ask the channel what became of an undecided row; returns the row afterwards (see Courier.look_up)."""
        return self._courier.look_up(number, session)

    # --- decisions of the person

    def send_now(self, number: int) -> None:
        """End the hold of a reply and of the parts after it. Not an action: sending cannot be undone."""
        with self._store.write(durable=True) as conn:
            outgoing, now = entry(conn, number), clock.now()
            refuse(outgoing, (HELD,), N_("The message to {name} is {state}, so it can't be sent right away."))
            whole = (outgoing, *following(conn, number))
            conn.executemany(
                "UPDATE outbox SET state = 'queued', held_until = ?1, next_at = ?1, later = 0 WHERE id = ?2",
                [(now, part.id) for part in whole],
            )
            due_now(conn, whole)

    def postpone(self, number: int, at: int) -> None:
        """Reschedule a held reply and the parts after it to `at` (Unix seconds). Raises UserError if in the past."""
        outgoing = self.get(number)
        if outgoing.is_change:
            msg = tr("Corrections, withdrawals and reactions can't be scheduled.")
            raise UserError(msg)
        if at <= clock.now():
            msg = tr("That time has passed. Choose a later one, or send it now.")
            raise UserError(msg)
        with self._store.write(tr("Rescheduled: reply to {name}").format(name=outgoing.to_whom), durable=True) as conn:
            before = entry(conn, number)
            refuse(before, (HELD,), N_("The message to {name} is {state}, so it can't be rescheduled."))
            if not before.later:  # it counted as an answer
                reopened(conn, before)
            conn.executemany(
                "UPDATE outbox SET held_until = ?, later = 1 WHERE id = ?",
                [(at, part.id) for part in (outgoing, *following(conn, number))],
            )

    def undo_send(self, number: int) -> None:
        """Undo the submission: deletes the row, restores the draft. Raises UserError if it is or may be sent."""
        step = self._store.read.execute(
            "SELECT s.action_id FROM action_step s JOIN action a ON a.id = s.action_id AND a.undone_at IS NULL"
            " WHERE s.tbl = 'outbox' AND s.op = 'insert' AND s.row_id = ? ORDER BY s.action_id DESC LIMIT 1",
            (number,),
        ).fetchone()
        if step is None:
            before_undo(self._store.read, "insert", number)
            msg = tr("That reply has already been cancelled.")
            raise UserError(msg)
        self._store.undo_action(step["action_id"])

    def retry(self, number: int) -> None:
        """Resend a failed reply, or an undecided one that the person knows has not arrived."""
        outgoing = self.get(number)
        if outgoing.is_change:
            handler(outgoing).retry(self._store, outgoing)
            return
        with self._store.write(
            tr("Sending again: reply to {name}").format(name=outgoing.to_whom), durable=True
        ) as conn:
            refuse(
                entry(conn, number),
                TROUBLE,
                N_("The message to {name} is {state}, so it can't be sent again."),
            )
            wait_again(conn, outgoing, unsure=outgoing.unsure)

    def by_hand(self, now: int | None = None) -> list[Entry]:
        """Replies whose hold is over and that the person has to post by hand (see app.outbox.by_hand)."""
        now = clock.now() if now is None else now
        pending = self.entries((HELD, QUEUED))
        over = [reply for reply in pending if reply.state == QUEUED or reply.held_until <= now]
        return [reply for reply in over if by_hand.is_by_hand(reply.kind, reply.mode)]

    def start_posting_by_hand(self, number: int) -> tuple[str, str]:
        """Hand a reply to the person to post; returns its text and the URL of the page to open.

        From then on it is undecided until `confirm` (posted) or `retry` (not yet), even after a crash.
        """
        with self._store.write(durable=True) as conn:
            outgoing = entry(conn, number)
            refuse(
                outgoing,
                (HELD, QUEUED, UNDECIDED),
                N_("The message to {name} is {state}, so it can't be posted by hand."),
            )
            if not by_hand.is_by_hand(outgoing.kind, outgoing.mode):
                msg = tr("“{account}” sends automatically.").format(account=outgoing.account)
                raise UserError(msg)
            now = clock.now()
            conn.execute(
                "UPDATE outbox SET state = 'undecided', sending_at = ?, tried = tried + 1, next_at = NULL, unsure = 1,"
                " error = ? WHERE id = ?",
                (now, tr(by_hand.ASKED), number),
            )
            return codes.by_hand(conn, self._vouchers(), outgoing), by_hand.page(conn, outgoing)

    def confirm(self, number: int) -> None:
        """Mark an undecided reply as sent: the person has seen it at the channel."""
        outgoing = self.get(number)
        if outgoing.is_change:
            handler(outgoing).confirm(self._store, outgoing)
            return
        with self._store.write(
            tr("Marked as sent: reply to {name}").format(name=outgoing.to_whom), durable=True
        ) as conn:
            outgoing = entry(conn, number)
            refuse(outgoing, (UNDECIDED,), N_("The message to {name} is {state}, so it can't be marked as sent."))
            at = outgoing.sending_at or clock.now()
            message, remote_id = own_copy(conn, outgoing) or (record(conn, outgoing, None, at), None)
            arrived(conn, outgoing, message, at)
            conn.execute(
                "UPDATE outbox SET state = 'sent', sent_at = ?, message_id = ?, remote_id = ?, next_at = NULL,"
                " error = '' WHERE id = ?",
                (at, message, remote_id, number),
            )
            is_out(conn, outgoing)

    def discard(self, number: int) -> bool:
        """Discard a reply that is not sent; its text becomes the draft again, unless there is a newer one.

        Whether they did.
        """
        outgoing = self.get(number)
        if outgoing.is_change:
            handler(outgoing).discard(self._store, outgoing)
            return False
        with self._store.write(tr("Discarded: reply to {name}").format(name=outgoing.to_whom), durable=True) as conn:
            outgoing = entry(conn, number)
            refuse(
                outgoing,
                (HELD, QUEUED, FAILED, UNDECIDED),
                N_("The message to {name} is {state}, so it can't be discarded."),
            )
            whole = [outgoing, *following(conn, number, waited=True)]  # nothing is left that they could continue
            for part in whole:
                conn.execute("UPDATE outbox SET state = ?, next_at = NULL WHERE id = ?", (DISCARDED, part.id))
            back = put_back(conn, outgoing, "\n\n".join(part.text for part in whole), whole)
            reopened(conn, outgoing)
        return back

    def files(self, number: int) -> tuple[OutgoingFile, ...]:
        """The files that go with a message; of a sent one, those that went with it."""
        conn = self._store.read
        pending = files.attached(conn, of_outbox(number))
        rows = conn.execute(
            "SELECT t.id, t.name, t.type, t.size FROM outbox o JOIN attachment t ON t.message_id = o.message_id"
            " WHERE o.id = ? AND o.state = 'sent' ORDER BY t.id",
            (number,),
        )
        return pending or tuple(OutgoingFile(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class _Submission:
    """A reply about to be inserted: how it is sent, when it was written, and until when it is held (Unix seconds)."""

    cleared: Cleared
    conversation_id: int
    way: Way
    now: int
    until: int
    later: bool
    ending: str = ""
    addressing: str = ""
    approves: bool = False

    def insert(self, conn: Connection, text: str, seen: int | None, after: int | None, *, then_done: bool) -> int:
        """Insert one part; returns its id."""
        draft, held, to = self.cleared.draft, self.until > self.now, self.way.to
        made = conn.execute(
            "INSERT INTO outbox (key, account_id, conversation_id, answers_id, identity_id, receivers, seen_id, text,"
            " language, template_id, variant, overrides, then_done, state, created_at, held_until, next_at, later,"
            " after_id, sender, to_list, ending, approves)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (new_key(conn, self.way.account_id), self.way.account_id, self.conversation_id,
             to.message_id if to else None, self.way.identity_id, receivers_of(self.way), seen, text,
             draft.language, draft.template_id, draft.variant, self.cleared.overrides(), then_done,
             HELD if held else QUEUED, self.now, self.until, None if held else self.now, self.later, after,
             self.way.sender, self.way.to_list, self.ending, self.approves),
        )  # fmt: skip
        return int(made.lastrowid or 0)
