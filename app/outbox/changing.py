"""Corrections and withdrawals of our own messages that their channels have: what can be changed, and what came of it.

They go through the outbox like replies, in rows of their own, and look-ups ask the channel how the message reads now.
The old words stay in `message_version`; a withdrawn message keeps its words, and no longer counts as an answer.
"""

from __future__ import annotations

from typing import NamedTuple, cast

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.ids import MESSAGE, display
from app.base.message import Change
from app.base.pictures import without_files
from app.base.text import words
from app.base.words import N_, tr
from app.channels.base import Correcting, Session, UnknownOutcome
from app.channels.registry import channel
from app.inbox.answers import taken_back
from app.inbox.receivers import Receiver, named
from app.intake import messages, pieces
from app.outbox.entry import (
    CORRECT,
    DISCARDED,
    FAILED,
    HELD,
    QUEUED,
    SENT,
    TROUBLE,
    UNDECIDED,
    WITHDRAW,
    Entry,
    as_a_post,
    entry,
    refuse,
)
from app.store.sqlite import Connection, Row
from app.store.store import Store

_MESSAGE = """
SELECT m.id, m.conversation_id, m.account_id, m.remote_id, m.out, m.at, m.text, m.kind AS said, m.gone_at, m.language,
  a.kind, a.mode, a.state, a.name, c.public, t.id AS identity_id, t.member_id,
  coalesce(nullif(q.name, ''), nullif(t.name, ''), '') AS whom,
  CASE WHEN t.handle <> '' THEN t.handle WHEN t.key LIKE '%@%' THEN t.key ELSE '' END AS address,
  coalesce(o.to_list, 0) AS to_list,
  CASE WHEN o.receivers ->> '$[0][0]' = 'venue' THEN o.receivers ->> '$[0][1]' END AS venue,
  (SELECT e.purpose FROM outbox e WHERE e.about_id = m.id AND e.purpose IN ('correct', 'withdraw')
    AND e.state IN ('held', 'queued', 'sending', 'undecided') ORDER BY e.id DESC LIMIT 1) AS pending
FROM message m JOIN account a ON a.id = m.account_id JOIN conversation c ON c.id = m.conversation_id
LEFT JOIN outbox o ON o.message_id = m.id
LEFT JOIN message p ON o.id IS NULL AND p.account_id = m.account_id AND p.remote_id = m.parent_id
LEFT JOIN identity t ON t.id = coalesce(o.identity_id, p.identity_id, c.identity_id)
  AND coalesce(o.receivers ->> '$[0][0]', '') <> 'venue'
LEFT JOIN member q ON q.id = t.member_id
WHERE m.id = ?
"""
# Nothing of ours that is still there was said after the last word of somebody else, but for this message.
_ONLY_ANSWER = """
SELECT NOT EXISTS (SELECT 1 FROM message r WHERE r.conversation_id = m.conversation_id AND r.out = 1 AND r.id <> m.id
    AND r.gone_at IS NULL AND r.failed = '' AND r.at >= h.at)
FROM message m, message h WHERE m.id = ?1 AND h.id = (SELECT id FROM message WHERE conversation_id = m.conversation_id
  AND out = 0 AND gone_at IS NULL AND quiet = '' ORDER BY at DESC, id DESC LIMIT 1) AND m.at >= h.at
"""
_NOT_OURS = N_("Only your own messages can be corrected or withdrawn. Other people's can be moderated (V).")
_LETTER = {
    CORRECT: N_("A letter can't be corrected once it's sent. Reply again to put it right."),
    WITHDRAW: N_("A letter can't be withdrawn once it's sent. Reply again to put it right."),
}
_BY_CHANNEL = {
    CORRECT: N_("{channel} doesn't let Rapport correct a message. Correct it on its page."),
    WITHDRAW: N_("{channel} doesn't let Rapport withdraw a message. Delete it on its page."),
}
_UNDER_WAY = {
    CORRECT: N_("This message is already being corrected. Undo that first, or wait until it's done."),
    WITHDRAW: N_("This message is already being withdrawn."),
}


class Changeable(NamedTuple):
    """What can be done to a message: each is "" where it can be done, else one sentence why it can't."""

    why_not_correct: str = ""
    why_not_withdraw: str = ""

    def why_not(self, purpose: str) -> str:
        """The sentence for CORRECT or WITHDRAW."""
        return self.why_not_correct if purpose == CORRECT else self.why_not_withdraw


def can_change(conn: Connection, message_id: int) -> Changeable:
    """Whether a message can be corrected, and withdrawn; the only place that decides it.

    Raises NotFoundError if there is no such message.
    """
    row = _row(conn, message_id)
    return Changeable(_why_not(row, CORRECT), _why_not(row, WITHDRAW))


def _row(conn: Connection, message_id: int) -> Row:
    row: Row | None = conn.execute(_MESSAGE, (message_id,)).fetchone()
    if row is None:
        msg = tr("There's no message {message}.").format(message=display(MESSAGE, message_id))
        raise NotFoundError(msg)
    return row


def _why_not(row: Row, purpose: str) -> str:
    if not row["out"]:
        return tr(_NOT_OURS)
    if row["gone_at"] is not None:
        return tr("This message is no longer on the channel.")
    if row["pending"]:
        return tr(_UNDER_WAY[row["pending"]])
    return _why_not_there(row, purpose)


def _why_not_there(row: Row, purpose: str) -> str:
    """Why the message's channel or account cannot do it; "" if it can."""
    of = channel(row["kind"])
    if of.by_address:
        return tr(_LETTER[purpose])
    if not (of.can.correct if purpose == CORRECT else of.can.withdraw):
        if purpose == CORRECT and of.can.cannot_correct:
            return tr("{why} Withdraw it, and write another one.").format(why=tr(of.can.cannot_correct))
        return tr(_BY_CHANNEL[purpose]).format(channel=tr(of.title))
    if row["mode"] not in ("live", "demo") or row["state"] == "removed":
        return tr("“{account}” isn't connected, so nothing can be changed there.").format(account=row["name"])
    if row["remote_id"] is None or row["said"] != "said":
        return tr("Rapport doesn't know yet where this message is on the channel. Fetch new messages first (F5).")
    return ""


def consequence(conn: Connection, message_id: int, purpose: str) -> str:
    """Who sees the new words, or that it is gone, and who may have seen the old ones: said before it is done."""
    row = _row(conn, message_id)
    whom = _name(row)
    if purpose == CORRECT:
        if row["public"]:
            return tr(
                "Everyone who can read it there will see the new words. Some people may have read the old ones "
                "already, or received them by e-mail."
            )
        return tr(
            "{name} will see the new words there, but may have read the old ones already, or received them by e-mail."
        ).format(name=whom)
    said = tr(
        "It will be deleted on {account}. Some people may have read it already, or received it by e-mail."
    ).format(account=row["name"])
    if not _is_only_answer(conn, message_id):
        return said
    return tr("{sentence} {name} will be waiting for a reply again.").format(sentence=said, name=whom)


def _name(row: Row) -> str:
    if row["venue"] is not None:
        return as_a_post(row["venue"])
    return named(row["whom"], row["address"]) or tr("Whoever wrote before it")


def _is_only_answer(conn: Connection, message_id: int) -> bool:
    row = conn.execute(_ONLY_ANSWER, (message_id,)).fetchone()
    return row is not None and bool(row[0])


class Asked(NamedTuple):
    """A correction or withdrawal that may be submitted: its message, and to whom that went."""

    message_id: int
    conversation_id: int
    account_id: int
    kind: str
    name: str
    identity_id: int | None
    receiver: Receiver


def asked(conn: Connection, message_id: int, purpose: str, text: str = "") -> Asked:
    """Check that a message can be changed so. Raises UserError if not, or if it reads like that already."""
    row = _row(conn, message_id)
    why = _why_not(row, purpose)
    if why:
        raise UserError(why)
    if purpose == CORRECT and text.split() == row["text"].split():
        msg = tr("It reads like that already.")
        raise UserError(msg)
    to = Receiver(
        message_id, row["at"], row["identity_id"], row["member_id"], row["whom"], row["address"], bool(row["public"]),
        waits=False,
    )  # fmt: skip
    name = _name(row)
    return Asked(message_id, row["conversation_id"], row["account_id"], row["kind"], name, row["identity_id"], to)


def insert(
    conn: Connection, on: Asked, purpose: str, key: str, hold_seconds: int, *, text: str = "", language: str = "",
    overrides: str = "[]",
) -> int:  # fmt: skip
    """Insert the row of a correction or withdrawal, held for so many seconds; returns its id."""
    now = clock.now()
    made = conn.execute(
        "INSERT INTO outbox (key, account_id, conversation_id, identity_id, text, language, overrides, state,"
        " created_at, held_until, next_at, purpose, about_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (key, on.account_id, on.conversation_id, on.identity_id, text, language, overrides,
         HELD if hold_seconds > 0 else QUEUED, now, now + hold_seconds, None if hold_seconds > 0 else now,
         purpose, on.message_id),
    )  # fmt: skip
    return int(made.lastrowid or 0)


# --- on a worker


def wanted(conn: Connection, outgoing: Entry) -> Change:
    """What is handed to the channel; identical for every attempt. Raises UserError if the message is gone from here."""
    row = conn.execute(
        "SELECT remote_id, text, (SELECT count(*) FROM attachment WHERE message_id = m.id) AS files"
        " FROM message m WHERE id = ?",
        (outgoing.about_id,),
    ).fetchone()
    if row is None or row["remote_id"] is None:
        msg = tr("That message no longer exists.")
        raise UserError(msg)
    also = pieces.of(conn, int(outgoing.about_id or 0))
    return Change(outgoing.key, row["remote_id"], outgoing.text, row["text"], also, row["files"])


def carry(session: Session, outgoing: Entry, asked: Change) -> None:
    """Have the channel do it; raises as the session does."""
    able = cast("Correcting", session)
    if outgoing.purpose == CORRECT:
        able.correct(asked)
    else:
        able.withdraw(asked)


def is_done(session: Session, outgoing: Entry, asked: Change) -> bool:
    """Whether an attempt of unknown outcome arrived, by how the message reads now.

    Raises UnknownOutcome if that is neither the old nor the new words: somebody else may have changed it.
    """
    reads = cast("Correcting", session).reads(asked)
    if outgoing.purpose == WITHDRAW or reads is None:  # one that is gone is not corrected: the next attempt says so
        return outgoing.purpose == WITHDRAW and reads is None
    if reads != asked.text:
        reads = without_files(reads, asked.files)
    for form in (str.split, words):  # channels may change punctuation, but corrections may be of nothing else
        new, old, now = form(asked.text), form(asked.before), form(reads)
        if now in (new, old) and new != old:
            return now == new
    if reads.split() == asked.text.split():  # a pull has brought the new words meanwhile
        return True
    msg = tr("The message there has neither the old words nor the new ones. Check on the channel.")
    raise UnknownOutcome(msg)


def record(conn: Connection, outgoing: Entry, at: int) -> None:
    """Record that it was done, at `at` (Unix seconds), in the transaction of the caller."""
    if outgoing.state == SENT:
        return
    conn.execute(
        "UPDATE outbox SET state = 'sent', sent_at = ?, unsure = 0, next_at = NULL, error = '' WHERE id = ?",
        (at, outgoing.id),
    )
    number = outgoing.about_id
    if number is None or not conn.execute("SELECT 1 FROM message WHERE id = ?", (number,)).fetchone():
        return
    if outgoing.purpose == CORRECT:
        messages.correct(conn, number, outgoing.text, at)
        if conn.execute("SELECT 1 FROM fact LIMIT 1").fetchone() is not None:
            from app.facts.telling import note_corrected  # noqa: PLC0415  who keeps no facts loads none

            note_corrected(conn, number, outgoing.text, at)
    else:
        messages.note_gone(conn, number, at)
        taken_back(conn, outgoing.conversation_id)


# --- decisions of the person


def retry(store: Store, outgoing: Entry) -> None:
    """Queue a failed one again, or an undecided one that the person knows was not done."""
    titles = {CORRECT: N_("Correcting again: message to {name}"), WITHDRAW: N_("Withdrawing again: message to {name}")}
    with store.write(tr(titles[outgoing.purpose]).format(name=outgoing.to_whom), durable=True) as conn:
        refuse(entry(conn, outgoing.id), TROUBLE, "")
        conn.execute(
            "UPDATE outbox SET state = 'queued', next_at = ?, error = '' WHERE id = ?", (clock.now(), outgoing.id)
        )


def confirm(store: Store, outgoing: Entry) -> None:
    """Record an undecided one as done: the person has seen it at the channel. Not an action: it is done there."""
    with store.write(durable=True) as conn:
        current = entry(conn, outgoing.id)
        refuse(current, (UNDECIDED,), "")
        record(conn, current, current.sending_at or clock.now())


def discard(store: Store, outgoing: Entry) -> None:
    """Cancel one that was not done: the message stays as it is."""
    titles = {
        CORRECT: N_("Cancelled correction: message to {name}"),
        WITHDRAW: N_("Cancelled withdrawal: message to {name}"),
    }
    with store.write(tr(titles[outgoing.purpose]).format(name=outgoing.to_whom), durable=True) as conn:
        refuse(entry(conn, outgoing.id), (HELD, QUEUED, FAILED, UNDECIDED), "")
        conn.execute("UPDATE outbox SET state = ?, next_at = NULL WHERE id = ?", (DISCARDED, outgoing.id))
