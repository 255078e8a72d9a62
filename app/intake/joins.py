"""Joins two conversations into one, and parts letters from a conversation, in the transaction of the caller.

All that was done to both halves is kept. What other nouns keep of a conversation is moved by `Moved`, as they stand
above intake or beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import pairwise
from typing import NamedTuple

from app.accounts import channel
from app.base import ids
from app.base.errors import NotFoundError, UserError
from app.base.words import tr
from app.inbox import conversations, joins, questions
from app.inbox.conversations import TITLE_CHARS, NewConversation
from app.inbox.standing import recompute_standing, standing_of, update_waiting_since
from app.inbox.whereabouts import current
from app.intake import messages, threads
from app.intake.closing import heard_apart
from app.intake.speakers import last_number
from app.mail.quotes import is_start_of
from app.store.sqlite import Connection, scalar

Moved = Callable[[Connection, int, int, Collection[int] | None], object]
"""Called in the transaction with the conversation that rows leave, the one they go to, and None for all of its rows,
else the messages that are moved: only rows about these go with them."""

_SHOWN_NAMES = 8
_HAS_MESSAGES = "SELECT EXISTS (SELECT 1 FROM message WHERE conversation_id = ?)"


class Half(NamedTuple):
    """What decides whether a conversation can be joined with another. `thread` is its key at the channel, "" if none.

    `people` are the names of the members who wrote in it.
    """

    id: int
    account_id: int
    account: str
    kind: str
    mode: str
    thread: str
    public: bool
    title: str
    people: tuple[str, ...]


def nothing_else(_conn: Connection, _gone: int, _kept: int, _messages: Collection[int] | None = None) -> None:
    """Move nothing: for a file in which no other noun keeps anything."""


def join(conn: Connection, gone: int, kept: int, moved: Moved) -> None:
    """Move everything of conversation `gone` to `kept`, and leave a trace of where it went."""
    numbers = [number for (number,) in conn.execute("SELECT id FROM message WHERE conversation_id = ?", (gone,))]
    messages.move(conn, numbers, kept, _subject_to_keep(conn, gone, kept))
    joins.join(conn, gone, kept)
    moved(conn, gone, kept, None)
    update_waiting_since(conn, [kept])


def _subject_to_keep(conn: Connection, gone: int, kept: int) -> str:
    """The subject of a conversation's letters, where they come to one with another title; "" where it says nothing."""
    row = conn.execute(
        "SELECT c.title, (SELECT text FROM message WHERE conversation_id = c.id ORDER BY at, id LIMIT 1) AS first,"
        " (SELECT title FROM conversation WHERE id = ?) AS title_there"
        " FROM conversation c WHERE c.id = ? AND c.remote_id IS NULL",
        (kept, gone),
    ).fetchone()
    if row is None or row["title"] == row["title_there"] or is_start_of(row["first"] or "", row["title"], TITLE_CHARS):
        return ""
    return str(row["title"])


def halves(conn: Connection, numbers: Collection[int]) -> list[Half]:
    """The conversations to be joined, the oldest first, which the others are joined into.

    Raises UserError if they can't be one, or are one already; NotFoundError if one does not exist.
    """
    found = sorted({half(conn, number) for number in numbers})
    if len(found) < 2:  # noqa: PLR2004  two halves
        raise UserError(tr("Joining takes two conversations."))
    for first, second in pairwise(found):
        refuse_join(first, second)
    return found


def half(conn: Connection, number: int) -> Half:
    """What decides whether this conversation can be joined. Raises NotFoundError if there is none."""
    row = conn.execute(
        "SELECT c.id, c.account_id, a.name, a.kind, a.mode, coalesce(c.remote_id, ''), c.public, c.title"
        " FROM conversation c JOIN account a ON a.id = c.account_id WHERE c.id = ?",
        (current(conn, number),),
    ).fetchone()
    if row is None:
        msg = tr("There's no conversation {conversation}.").format(conversation=ids.display(ids.CONVERSATION, number))
        raise NotFoundError(msg)
    here, account, name, kind, mode, thread, public, title = row
    return Half(here, account, name, kind, mode, thread, bool(public), title, people(conn, here))


def people(conn: Connection, number: int) -> tuple[str, ...]:
    """The names of the members who wrote in a conversation, in the order in which they first did."""
    rows = conn.execute(
        "SELECT p.name FROM message m JOIN identity i ON i.id = m.identity_id JOIN member p ON p.id = i.member_id"
        " WHERE m.conversation_id = ? AND m.out = 0 GROUP BY p.id ORDER BY min(m.at), p.id",
        (number,),
    )
    return tuple(row["name"] for row in rows)


def refuse_join(first: Half, second: Half) -> None:
    """Raise UserError if the two can't be one conversation; the sentence says why, and what to do instead."""
    one, two = (ids.display(ids.CONVERSATION, each.id) for each in (first, second))
    if first.account_id != second.account_id:
        msg = tr("{first} is on “{account}” and {second} on “{other}”, so they stay two. Link them instead.").format(
            first=one, account=first.account, second=two, other=second.account
        )
        raise UserError(msg)
    for conversation in (first, second):
        if conversation.thread and conversation.mode not in ("assisted", "file"):
            msg = tr(
                "{id} is a thread of its own on “{account}”, where it can't be joined. Link the two instead."
            ).format(id=ids.display(ids.CONVERSATION, conversation.id), account=conversation.account)
            raise UserError(msg)
    if first.public != second.public:
        msg = tr(
            "One of {first} and {second} is public and the other private, so they stay two. Link them instead."
        ).format(first=one, second=two)
        raise UserError(msg)
    if not first.public and not channel(first.kind).can.addressed and set(first.people) != set(second.people):
        msg = tr(
            "{first} is private with {people} and {second} with {others}: a reply in one would reach them all."
        ).format(first=one, people=named(first.people), second=two, others=named(second.people))
        raise UserError(msg)


def named(names: Collection[str]) -> str:
    """Names for a sentence; of many, the first few."""
    shown = list(names)[:_SHOWN_NAMES]
    return ", ".join([*shown, *(["…"] if len(names) > len(shown) else [])]) or tr("nobody but you")


def part(conn: Connection, message_id: int, moved: Moved) -> int:
    """Move a letter, and what answers it, to a conversation of their own; returns its id.

    Its labels stay where they are. Raises UserError if it is no letter, or if nothing would be left.
    """
    row = conn.execute(
        "SELECT c.id, c.remote_id, c.title, c.account_id, c.public, nullif(m.envelope, '') ->> '$.subject' AS subject"
        " FROM message m JOIN conversation c ON c.id = m.conversation_id WHERE m.id = ?",
        (message_id,),
    ).fetchone()
    shown = ids.display(ids.MESSAGE, message_id)
    if row is None:
        raise NotFoundError(tr("There's no message {id}.").format(id=shown))
    if row["remote_id"] is not None:
        msg = tr("{id} belongs to a thread on its channel. Only letters can be parted from a conversation.")
        raise UserError(msg.format(id=shown))
    old = int(row["id"])
    leaving = with_answers(conn, old, message_id)
    if len(leaving) == scalar(conn, "SELECT messages FROM conversation WHERE id = ?", (old,)):
        msg = tr("{id} began this conversation, and all the rest answers it: there's nothing to part it from.")
        raise UserError(msg.format(id=shown))
    new = last_number(conn, "conversation") + 1
    begun = NewConversation(
        new,
        row["account_id"],
        None,
        None,
        row["subject"] or row["title"],
        "",
        "",
        "",
        "",
        bool(row["public"]),
        None,
        old,
    )
    conversations.begin(conn, [(begun, standing_of(conn, old)._replace(messages=0))])
    heard = heard_apart(conn, old, leaving)
    messages.move(conn, leaving, new, "" if begun.title == row["title"] else str(row["title"]), heard)
    joins.part_draft(conn, old, new, leaving)
    questions.move(conn, old, new)
    moved(conn, old, new, leaving)
    recompute_standing(conn, [old, new])
    update_waiting_since(conn, [old, new])
    if heard:
        conversations.reopen(conn, {new if number in leaving else old for number in heard})
    return new


def with_answers(conn: Connection, conversation: int, message_id: int) -> frozenset[int]:
    """A message and all in its conversation that answer it, directly or by way of others."""
    rows = conn.execute(
        "WITH RECURSIVE answers(id, remote_id) AS (SELECT id, remote_id FROM message WHERE id = ?1"
        " UNION SELECT m.id, m.remote_id FROM answers a JOIN message m ON m.conversation_id = ?2"
        " AND m.parent_id = a.remote_id) SELECT id FROM answers",
        (message_id, conversation),
    )
    return frozenset(number for (number,) in rows)


def follow(conn: Connection, message_id: int, left: int, moved: Moved) -> None:
    """After an undo has moved a message out of conversation `left`: what came there since and answers it goes along.

    No-op if the message is gone by then.
    """
    row = conn.execute("SELECT conversation_id FROM message WHERE id = ?", (message_id,)).fetchone()
    here = left if row is None else int(row["conversation_id"])
    came = with_answers(conn, left, message_id) - {message_id} if here != left else frozenset[int]()
    if not came:
        return
    messages.move(conn, came, here)
    joins.part_draft(conn, left, here, came)
    moved(conn, left, here, came)
    there = [number for number in (left, here) if scalar(conn, _HAS_MESSAGES, (number,))]
    recompute_standing(conn, there)
    update_waiting_since(conn, there)


def give_back(conn: Connection, number: int, moved: Moved) -> None:
    """Before a part is undone: letters that came to the parted conversation since go where it was parted from."""
    row = conn.execute("SELECT parted_from FROM conversation WHERE id = ?", (number,)).fetchone()
    if row is None or row["parted_from"] is None:
        return
    kept = current(conn, row["parted_from"])
    came = conn.execute("SELECT id FROM message WHERE conversation_id = ?", (number,)).fetchall()
    messages.move(conn, [message for (message,) in came], kept, _subject_to_keep(conn, number, kept))
    joins.give(conn, number, kept)
    moved(conn, number, kept, None)
    threads.move_refs(conn, number, kept)


def to_say(people_in_it: Collection[str], *, public: bool) -> str:
    """The sentence on who is in a conversation that was joined."""
    if public or len(people_in_it) < 2:  # noqa: PLR2004  one person: nothing changes in whom a reply reaches
        return ""
    return tr("In it: {people}. A reply still goes only to the one whom it answers.").format(people=named(people_in_it))
