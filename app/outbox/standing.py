"""Effects of an outbox row on its conversation and message, in the transaction of the caller."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence

from app.accounts import channel
from app.base.addresses import address_key
from app.gifts import asking_address
from app.inbox import answers, conversations, links
from app.inbox.answers import answered, last_incoming
from app.inbox.standing import update_waiting_since
from app.intake import envelope, messages, numbers, pieces
from app.intake.messages import NewMessage
from app.outbox import files
from app.outbox.by_hand import is_by_hand
from app.outbox.entry import DISCARDED, FAILED, FORWARD, HELD, NEW, REACT, REPLY, UNDECIDED, Entry, entry
from app.outbox.files import of_outbox
from app.promises import delivered
from app.promises import move_conversation as move_promises
from app.store.sqlite import Connection
from app.templates import move_conversation as move_template_uses
from app.works import sent_with

__all__ = [
    "answered", "arrived", "due_now", "is_given", "is_out", "last_incoming", "move_conversation", "move_to",
    "on_its_way", "record", "reopened", "settled", "submitted", "withdraw",
]  # fmt: skip


def reopened(conn: Connection, outgoing: Entry) -> None:
    """Recompute the conversation without this reply. A correction or withdrawal never counted as an answer.

    One that a reaction closed is open again.
    """
    if outgoing.is_change:
        if outgoing.purpose == REACT and outgoing.then_done and _is_last_word(conn, outgoing, "done"):
            conversations.reopen(conn, [outgoing.conversation_id])
        return
    answers.unanswered(conn, outgoing.conversation_id, then_done=outgoing.then_done)


def on_its_way(conn: Connection, outgoing: Entry) -> None:
    """Count a reply that is sent again as an answer; a correction or withdrawal is none, nor what is posted by hand.

    A reaction closes what it had closed, unless somebody or we have written since.
    """
    if outgoing.purpose == REACT and outgoing.then_done:
        if _is_last_word(conn, outgoing, "needs_me"):
            conversations.close(conn, outgoing.conversation_id)
    elif not outgoing.is_change and not is_by_hand(outgoing.kind, outgoing.mode):
        answered(conn, outgoing.conversation_id, outgoing.seen_id, then_done=outgoing.then_done)


def is_given(outgoing: Entry) -> bool:
    """Whether a reply counts as an answer already: not while it is scheduled, nor while the person has to post it."""
    return not (outgoing.later and outgoing.state == HELD) and not is_by_hand(outgoing.kind, outgoing.mode)


def submitted(conn: Connection, first: Entry, *, then_done: bool, solved: str = "") -> None:
    """Count a reply that was just submitted, of which `first` is the first part, as far as it is given already.

    With `then_done` a conversation is unhappy or difficult no more that was `solved`.
    """
    if is_given(first):
        answered(conn, first.conversation_id, first.seen_id, then_done=then_done)
    else:  # who writes a reply has read it
        conversations.lower_unread(conn, [(first.conversation_id, 0)])
    if then_done and solved.strip():
        conversations.solved(conn, first.conversation_id)


def due_now(conn: Connection, outgoing: Iterable[Entry]) -> None:
    """Count scheduled replies as answers whose time has come; until then nothing was given.

    `outgoing` are their rows as they were before; call it once they are queued.
    """
    for one in outgoing:
        if one.later and one.state == HELD and one.purpose == REPLY:
            on_its_way(conn, one)


def _is_last_word(conn: Connection, outgoing: Entry, state: str) -> bool:
    """Whether a conversation is in this state, and neither they nor we have written since a reaction was given."""
    row = conn.execute("SELECT state, last_out FROM conversation WHERE id = ?", (outgoing.conversation_id,)).fetchone()
    if row is None or row["state"] != state or row["last_out"]:
        return False
    return last_incoming(conn, outgoing.conversation_id) == outgoing.seen_id


def is_out(conn: Connection, outgoing: Entry) -> None:
    """Mark the conversation as answered by a reply that was sent; `outgoing` is its row before that.

    Call it after the row's message_id is set: that is how a reply is told from other messages of ours.
    """
    update_waiting_since(conn, [outgoing.conversation_id])
    if outgoing.state in (UNDECIDED, FAILED, DISCARDED):  # then the conversation had been reopened
        answered(conn, outgoing.conversation_id, outgoing.seen_id, then_done=outgoing.then_done)


def record(
    conn: Connection, outgoing: Entry, remote_id: str | None, at: int, url: str = "", also: Sequence[str] = ()
) -> int:
    """The id of a sent reply's message: the one that a pull has already stored, else a new one.

    `also` are the ids of the other messages that it is at its channel.
    """
    known = conn.execute(
        "SELECT id FROM message WHERE account_id = ? AND remote_id = ?", (outgoing.account_id, remote_id)
    ).fetchone()
    if known is None:
        number = _insert(conn, outgoing, remote_id, at, url)
    else:
        number = int(known["id"])
        messages.set_template(conn, number, outgoing.template_id)
    arrived(conn, outgoing, number, at)
    for piece in pieces.note(conn, number, also):
        withdraw(conn, piece)
    return number


def arrived(conn: Connection, outgoing: Entry, message_id: int, at: int) -> None:
    """The row was sent, as that message, at `at` (Unix seconds): what it promises and keeps is true by it.

    What went along is kept as its attachments, and is no longer to be sent. The channel's own copy may name the files
    below its words: it reads as ours then.
    """
    delivered(conn, outgoing.id, message_id, at)
    sent_with(conn, outgoing.id, at)
    _note_facts(conn, outgoing, message_id, at)
    asking_address.sent_with(conn, outgoing.id, at)
    messages.keep_files(conn, message_id, files.contents(conn, of_outbox(outgoing.id)))
    messages.unmark(conn, message_id, outgoing.full_text)
    files.drop(conn, of_outbox(outgoing.id))


def _note_facts(conn: Connection, outgoing: Entry, message_id: int, at: int) -> None:
    """Whoever received a message knows the facts in it."""
    if conn.execute("SELECT 1 FROM fact LIMIT 1").fetchone() is None:
        return
    from app.facts import note_told  # noqa: PLC0415  who keeps no facts loads none

    note_told(
        conn, outgoing.full_text, outbox_id=outgoing.id, message_id=message_id, at=at, template_id=outgoing.template_id,
        identity_id=outgoing.identity_id, is_reply=outgoing.purpose == REPLY,
    )  # fmt: skip


def settled(conn: Connection, outgoing: Entry, remote_id: str | None, thread: str = "") -> Entry:
    """The row of a letter that began a conversation, in the conversation that it is in at the channel.

    `thread` is the channel's key of that. If a pull has brought the message already, or the channel continued a
    conversation that we have, the row and its links move there, and the one that stayed empty is removed.
    """
    if outgoing.purpose not in (NEW, FORWARD):
        return outgoing
    row = conn.execute(
        "SELECT conversation_id FROM message WHERE account_id = ?1 AND remote_id = ?2"
        " UNION ALL SELECT id FROM conversation WHERE account_id = ?1 AND remote_id = ?3 LIMIT 1",
        (outgoing.account_id, remote_id, thread or None),
    ).fetchone()
    there = outgoing.conversation_id if row is None else int(row["conversation_id"])
    if there == outgoing.conversation_id:
        if thread:
            conversations.name_thread(conn, there, thread)
        return outgoing
    move_to(conn, outgoing, there)
    return entry(conn, outgoing.id)


def move_to(conn: Connection, outgoing: Entry, conversation_id: int) -> None:
    """Let a letter be part of another conversation than the empty one that was begun for it.

    So are the further parts of a long post.
    """
    empty = outgoing.conversation_id
    conn.execute("UPDATE outbox SET conversation_id = ? WHERE conversation_id = ?", (conversation_id, empty))
    links.move(conn, empty, conversation_id)
    move_template_uses(conn, empty, conversation_id)
    move_promises(conn, empty, conversation_id)
    conversations.remove_empty(conn, empty)


def _insert(conn: Connection, outgoing: Entry, remote_id: str | None, at: int, url: str) -> int:
    number = numbers.free(conn, at)
    (parent,) = conn.execute(
        "SELECT coalesce((SELECT remote_id FROM outbox WHERE id = ?), (SELECT remote_id FROM message WHERE id = ?))",
        (outgoing.after_id, outgoing.answers_id),
    ).fetchone()
    boxes = outgoing.boxes
    if len(boxes) == 1 and not channel(outgoing.kind).by_address:
        boxes = ()  # its receiver is the identity
    new = NewMessage(
        number, outgoing.conversation_id, outgoing.account_id, remote_id, parent, None, True, at, "said",  # noqa: FBT003  a row of the table
        outgoing.full_text, outgoing.language, url, addressed="\n".join(address_key(box.address) for box in boxes),
        envelope=envelope.sent(boxes, outgoing.sender),
    )  # fmt: skip
    messages.insert_own(conn, new, outgoing.template_id)
    answers.sent(conn, outgoing.conversation_id, number, at, outgoing.seen_id)
    return number


def withdraw(conn: Connection, number: int) -> None:
    """Delete a message that we inserted ourselves, because the channel's own copy has been pulled."""
    (conversation,) = conn.execute("SELECT conversation_id FROM message WHERE id = ?", (number,)).fetchone()
    messages.remove(conn, [number])
    answers.withdrawn(conn, conversation)


def move_conversation(conn: Connection, gone: int, kept: int, messages: Collection[int] | None = None) -> None:
    """Give the replies of one conversation to another, in the transaction that joins the two.

    With `messages`, only those are moved, and with them the replies that became these messages or are to answer them,
    and what changes them or reacts to them.
    The files of a draft are where the draft is.
    """
    conn.execute(
        "UPDATE outbox SET conversation_id = ?1 WHERE conversation_id = ?2 AND (?3 IS NULL"
        " OR coalesce(message_id, answers_id, CASE WHEN purpose IN ('correct', 'withdraw', 'react', 'unreact')"
        " THEN about_id END) IN (SELECT value FROM json_each(?3)))",
        (kept, gone, None if messages is None else json.dumps(list(messages))),
    )
    conn.execute(
        "UPDATE outgoing_file SET conversation_id = ?1 WHERE conversation_id = ?2"
        " AND NOT EXISTS (SELECT 1 FROM draft WHERE conversation_id = ?2)",
        (kept, gone),
    )
    if messages is None:
        conn.execute("UPDATE letter_draft SET linked_id = ? WHERE linked_id = ?", (kept, gone))
