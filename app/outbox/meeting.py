"""Matches the outbox with the outside: our own messages coming back by a pull, and undo of a reply."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.base import clock
from app.base.errors import UserError
from app.base.pictures import without_files
from app.base.text import words
from app.base.words import N_, tr
from app.inbox.half_sent import CLOCK_SKEW_SECONDS
from app.inbox.standing import update_waiting_since
from app.intake import messages
from app.outbox.entry import (
    DISCARDED,
    FAILED,
    FORWARD,
    HELD,
    NEW,
    QUEUED,
    SENDING,
    SENT,
    UNDECIDED,
    Entry,
    entries,
    entry,
)
from app.outbox.standing import answered, arrived, move_to, withdraw
from app.store.sqlite import Connection, scalar

_DEFAULT_HOLD_SECONDS = 10  # if the setting hold_seconds is not set
_CHANGE_TOO_LATE = N_(
    "Your message to {name} has been changed on the channel, or may have been, so that can't be undone. "
    "Correct it once more."
)
_REACTION_TOO_LATE = N_(
    "The channel has your reaction to {name} already, or may have it, so that can't be undone. "
    "Open the conversation and take it back there (Shift+A)."
)
_OWN = """
SELECT m.id, m.remote_id, m.conversation_id, m.text, m.at FROM json_each(?) j
CROSS JOIN message m ON m.account_id = ? AND m.remote_id = j.value
WHERE m.out = 1 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.remote_id IS NOT NULL)
"""


def meet(conn: Connection, account_id: int, remote_ids: Sequence[str]) -> list[int]:
    """Match messages that have come in with outbox rows, in intake's transaction; returns the ids of matched rows.

    Matched by key or remote id, or, if the channel reports neither, by the same words in the same conversation, sent
    after the reply was written. An uncertain row becomes sent; the copy that we inserted ourselves is replaced.
    """
    if not scalar(conn, "SELECT EXISTS (SELECT 1 FROM outbox WHERE account_id = ?)", (account_id,)):
        return []
    met = []
    rows = conn.execute(_OWN, (json.dumps(list(remote_ids)), account_id)).fetchall()
    for message, remote_id, conversation, text, at in rows:
        number = _by_key(conn, account_id, remote_id)
        outgoing = entry(conn, number) if number else _by_words(conn, account_id, conversation, message, text, at)
        if outgoing is not None:
            link(conn, outgoing, message, remote_id, at)
            met.append(outgoing.id)
    return met


def _by_key(conn: Connection, account_id: int, remote_id: str) -> int | None:
    row = conn.execute(
        "SELECT id FROM outbox WHERE key IN (?1, ?2) AND account_id = ?3"
        " UNION SELECT id FROM outbox WHERE account_id = ?3 AND remote_id = ?1 LIMIT 1",
        (remote_id, f"<{remote_id}>", account_id),
    ).fetchone()
    return None if row is None else int(row["id"])


def _by_words(
    conn: Connection, account_id: int, conversation_id: int, message_id: int, text: str, at: int
) -> Entry | None:
    begins = not conn.execute("SELECT parent_id FROM message WHERE id = ?", (message_id,)).fetchone()["parent_id"]
    for outgoing in _candidates(conn, account_id, conversation_id):
        # A sent one without a remote id was awaiting approval, or was confirmed by the person.
        tried = outgoing.state in (SENDING, UNDECIDED, SENT) or outgoing.unsure
        if (
            tried
            and not outgoing.is_change
            and outgoing.remote_id is None
            and outgoing.created_at - CLOCK_SKEW_SECONDS <= at
            and _says(conn, outgoing, text, whole=True)
            and (outgoing.venue is None or begins)  # a post answers nobody
        ):
            return outgoing
    return None


def _candidates(conn: Connection, account_id: int, conversation_id: int) -> list[Entry]:
    """Rows that a message of ours there may be: the conversation's, and letters whose own is still empty.

    So is one that holds nothing but our own copy of what awaited approval, or was confirmed by the person.
    A private letter is no public message, and a post no private one, whatever their words.
    """
    states = (QUEUED, SENDING, UNDECIDED, FAILED, DISCARDED, SENT)
    begun = [
        outgoing
        for (number,) in conn.execute(
            "SELECT o.id FROM outbox o JOIN conversation c ON c.id = o.conversation_id AND (c.messages = 0"
            "   OR (c.messages = 1 AND o.state = 'sent' AND o.remote_id IS NULL AND o.message_id = c.last_message_id))"
            " WHERE o.account_id = ?1 AND o.purpose IN ('new', 'forward') AND c.id <> ?2"
            " AND c.public = (SELECT public FROM conversation WHERE id = ?2) ORDER BY o.id",
            (account_id, conversation_id),
        ).fetchall()
        if (outgoing := entry(conn, number)).state in states
    ]
    return [*entries(conn, states, conversation_id), *begun]


def link(conn: Connection, outgoing: Entry, message_id: int, remote_id: str, at: int) -> None:
    """A stored message of ours is that row's: the copy that we inserted ourselves goes, and the row moves to it."""
    there = int(conn.execute("SELECT conversation_id FROM message WHERE id = ?", (message_id,)).fetchone()[0])
    if outgoing.message_id not in (None, message_id):
        messages.hand_over_files(conn, int(outgoing.message_id or 0), message_id)
        withdraw(conn, int(outgoing.message_id or 0))
    messages.set_template(conn, message_id, outgoing.template_id)
    arrived(conn, outgoing, message_id, at)
    if outgoing.purpose in (NEW, FORWARD) and there != outgoing.conversation_id:
        move_to(conn, outgoing, there)
        outgoing = entry(conn, outgoing.id)
    conn.execute(
        "UPDATE outbox SET state = 'sent', message_id = ?, remote_id = ?, sent_at = coalesce(sent_at, ?), unsure = 0,"
        " next_at = NULL, error = '' WHERE id = ?",
        (message_id, remote_id, at, outgoing.id),
    )
    update_waiting_since(conn, [outgoing.conversation_id])
    if outgoing.state != SENT:
        answered(conn, outgoing.conversation_id, outgoing.seen_id, then_done=outgoing.then_done)


def own_copy(conn: Connection, outgoing: Entry) -> tuple[int, str | None] | None:
    """Our message with the same words that a pull has already stored: (id, remote id); None if there is none."""
    rows = conn.execute(
        "SELECT id, remote_id, text FROM message m WHERE conversation_id = ? AND out = 1 AND at >= ?"
        " AND gone_at IS NULL AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id)",
        (outgoing.conversation_id, outgoing.created_at - CLOCK_SKEW_SECONDS),
    )
    return next(((number, remote_id) for number, remote_id, text in rows if _says(conn, outgoing, text)), None)


def _says(conn: Connection, outgoing: Entry, text: str, *, whole: bool = False) -> bool:
    """Whether a message with that text may be the row's, by its words; a channel may name the files below them.

    `whole`: files that are not known to be there have to be named, as they may come after the words, or never.
    """
    waiting, there = (
        int(scalar(conn, f"SELECT count(*) FROM {table} WHERE {column} = ?", (number,)))
        for table, column, number in (
            ("outgoing_file", "outbox_id", outgoing.id),
            ("attachment", "message_id", outgoing.message_id),
        )
    )
    wanted, bare = words(outgoing.text), without_files(text, waiting or there)
    if whole and waiting:
        return words(bare) == wanted and without_files(text, waiting - 1) != bare
    return wanted in (words(text), words(bare))


def before_undo(conn: Connection, op: str, number: int) -> None:
    """Undo hook: raise UserError if the reply has been sent, or may have been."""
    try:
        outgoing = entry(conn, number)
    except UserError:
        return
    if op == "insert" and (outgoing.unsure or outgoing.state not in (HELD, QUEUED, FAILED)):
        raise _too_late(outgoing)
    done = outgoing.state == SENT and (outgoing.remote_id is not None or outgoing.is_change)
    if op == "update" and (outgoing.state == SENDING or done):
        raise _too_late(outgoing)


def hold_again(conn: Connection, number: int) -> None:
    """Redo hook: hold the restored reply for its undo time again. Raises UserError if its scheduled time has passed."""
    outgoing, now = entry(conn, number), clock.now()
    if outgoing.state not in (HELD, QUEUED):
        return
    if outgoing.later and outgoing.state == HELD:
        if outgoing.held_until <= now:
            msg = tr("The time chosen for the reply to {name} has passed. Send it again from the draft.").format(
                name=outgoing.to_whom
            )
            raise UserError(msg)
        return
    row = conn.execute("SELECT value FROM setting WHERE key = 'hold_seconds'").fetchone()
    until = now + (int(row["value"]) if row else _DEFAULT_HOLD_SECONDS)
    conn.execute("UPDATE outbox SET state = 'held', held_until = ?, next_at = NULL WHERE id = ?", (until, number))


def _too_late(outgoing: Entry) -> UserError:
    if outgoing.is_change:
        if outgoing.is_reaction:
            return UserError(tr(_REACTION_TOO_LATE).format(name=outgoing.to_whom))
        return UserError(tr(_CHANGE_TOO_LATE).format(name=outgoing.to_whom))
    if outgoing.state == SENT:
        return UserError(
            tr("The message to {name} has already been sent, so it can't be undone.").format(name=outgoing.to_whom)
        )
    if outgoing.state == DISCARDED:
        return UserError(
            tr("The message to {name} has been discarded, so there's nothing left to undo.").format(
                name=outgoing.to_whom
            )
        )
    return UserError(
        tr("The message to {name} may already have been sent. Check on the channel, then decide in the outbox.").format(
            name=outgoing.to_whom
        )
    )
