"""Reactions of ours to what others wrote: what can be given, what it does to the conversation, and what came of it.

A reaction is a row of the outbox like a reply, but it says nothing: it acknowledges, and closes a conversation in which
nobody asked for anything. It answers no question and tells nobody how a hand-off ended.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple, cast

from app.base import clock
from app.base.emoji import is_emoji
from app.base.errors import NotFoundError, UserError
from app.base.ids import CONVERSATION, MESSAGE, display
from app.base.message import OwnReaction, Reaction
from app.base.words import N_, tr
from app.channels.base import Reacting, Session, UnknownOutcome
from app.channels.channel import FAVOURITE, LIKE, ReactionOffer
from app.channels.registry import channel
from app.inbox import conversations
from app.inbox.answers import last_incoming
from app.inbox.asking import asks
from app.inbox.reactions import GivenReaction, Pressed, pressed, reactions, title
from app.inbox.receivers import named
from app.outbox import given
from app.outbox.composing import new_key
from app.outbox.entry import (
    DISCARDED,
    FAILED,
    HELD,
    QUEUED,
    REACT,
    SENT,
    TROUBLE,
    UNDECIDED,
    UNREACT,
    Entry,
    entry,
    refuse,
)
from app.outbox.standing import on_its_way, reopened
from app.store.sqlite import Connection, Row
from app.store.store import Store

_MESSAGE = """
SELECT m.id, m.conversation_id, m.account_id, m.remote_id, m.out, m.kind AS said, m.gone_at, m.upstream, m.identity_id,
  a.kind, a.mode, a.state, a.name, c.public, c.state AS talk, c.unhappy, c.hard, c.waiting_since, c.language,
  coalesce(nullif(p.name, ''), nullif(i.name, ''), '') AS whom,
  CASE WHEN i.handle <> '' THEN i.handle WHEN i.key LIKE '%@%' THEN i.key ELSE '' END AS address
FROM message m JOIN account a ON a.id = m.account_id JOIN conversation c ON c.id = m.conversation_id
LEFT JOIN identity i ON i.id = m.identity_id LEFT JOIN member p ON p.id = i.member_id
WHERE m.id = ?
"""
# All that nobody has answered yet: whatever of it asks for something still does when the last word is a thank-you.
_UNANSWERED = """
SELECT id, text, language FROM message WHERE conversation_id = ? AND out = 0 AND gone_at IS NULL AND quiet = ''
AND at >= ?
"""
_ALIASES = {
    "favorite": FAVOURITE, "star": FAVOURITE, "heart": "❤️", "thumbs": "👍", "thumbs-up": "👍", "thumbs up": "👍",
    "+1": "👍", "party": "🎉", "rocket": "🚀", "eyes": "👀", "laugh": "😄", "clap": "👏", "smile": "😊",
}  # fmt: skip
"""Words for reactions that can be typed anywhere; `N_` is not for them, as they are part of the shell's language."""
_FOR_ONE = {LIKE: ("❤️", "❤", FAVOURITE, "👍"), FAVOURITE: ("⭐", LIKE)}
"""Where a channel has a single reaction, it is meant by these too."""
_SELECTOR = "\ufe0f"
_GENERIC = N_("{channel} has no reactions that Rapport can give. Send a quick thank-you.")


class Effect(NamedTuple):
    """What a reaction does to its conversation: whether that is done then, and one sentence on it ("" if nothing)."""

    closes: bool
    sentence: str


class ReactionDesk:
    """Reactions to messages, through the table `outbox`. Each is one undoable action."""

    def __init__(self, store: Store) -> None:
        """Use this store."""
        self._store = store

    def why_not(self, message_id: int) -> str:
        """Why a message can't be reacted to, one sentence; "" if it can. Raises NotFoundError if there is none."""
        return _why_not(_row(self._store.read, message_id))

    def offered(self, message_id: int) -> tuple[str, ...]:
        """The reactions to choose from, the usual one first; () where there are none."""
        can = _can(_row(self._store.read, message_id))
        return can.offered if can is not None else ()

    def given(self, message_id: int) -> tuple[GivenReaction, ...]:
        """Our reactions to a message that are there or under way, oldest first."""
        return reactions(self._store.read, json.dumps([message_id])).get(message_id, ())

    def pressed(self, message_id: int) -> tuple[Pressed, GivenReaction | None]:
        """What the key for the usual reaction does with a message, and with which reaction; see `app.inbox`."""
        return pressed(self.offered(message_id), self.given(message_id))

    def latest(self, conversation_id: int) -> int:
        """The message that a reaction in a conversation is meant for: the last word from somebody else.

        Raises UserError if nobody else has written there.
        """
        number = last_incoming(self._store.read, conversation_id)
        if number is None:
            msg = tr("Nobody but you has written in {id}, so there's nothing to react to.").format(
                id=display(CONVERSATION, conversation_id)
            )
            raise UserError(msg)
        return number

    def effect(self, message_id: int) -> Effect:
        """What a reaction to a message would do to its conversation."""
        return effect(self._store.read, message_id)

    def consequence(self, message_id: int, what: str = "") -> str:
        """Who is told and who sees it, and what becomes of the conversation: said as it is given.

        `what` is of `offered`, "" for the usual one. Raises UserError if it can't be given.
        """
        row = _row(self._store.read, message_id)
        chosen(row, what)
        return " ".join(filter(None, (_seen(row), effect(self._store.read, message_id).sentence)))

    def react(self, message_id: int, what: str = "", hold_seconds: int = 10) -> int:
        """Queue a reaction; returns the row's id. `what` as typed or offered, "" for the channel's usual one.

        A conversation in which nothing was asked is done with it. Raises UserError if it can't be given.
        """
        row = _row(self._store.read, message_id)
        wanted = chosen(row, what)
        with self._store.write(_action_title(REACT, wanted, row), durable=True) as conn:
            row = _row(conn, message_id)
            wanted = chosen(row, what)
            _refuse_given(conn, row, wanted)
            closes = effect(conn, message_id).closes
            number = _insert(conn, row, REACT, wanted, hold_seconds, closes=closes)
            if closes:
                conversations.close(conn, row["conversation_id"])
            return number

    def unreact(self, message_id: int, what: str = "", hold_seconds: int = 10) -> int:
        """Queue the taking back of a reaction that is there; returns the row's id.

        What it had closed is open again. Raises UserError if there is none of ours, or it is still under way.
        """
        row = _row(self._store.read, message_id)
        there = self._to_take_back(self._store.read, row, what)
        with self._store.write(_action_title(UNREACT, there.what, row), durable=True) as conn:
            there = self._to_take_back(conn, row, what)
            given = entry(conn, there.id)
            number = _insert(conn, row, UNREACT, there.what, hold_seconds, closes=False)
            if given.purpose == REACT:
                reopened(conn, given)
            return number

    def note(self, account_id: int, told: Sequence[OwnReaction]) -> int:
        """Note what a channel tells of our reactions; returns how many were given or taken back elsewhere."""
        return given.note(self._store, account_id, told)

    def _to_take_back(self, conn: Connection, row: Row, what: str) -> GivenReaction:
        given = reactions(conn, json.dumps([row["id"]])).get(row["id"], ())
        wanted = chosen(row, what) if what else ""
        found = next((one for one in reversed(given) if wanted in ("", one.what)), None)
        if found is None:
            msg = tr("You haven't reacted to this message with {reaction}.").format(reaction=title(wanted))
            raise UserError(msg if wanted else tr("You haven't reacted to this message."))
        if found.purpose == UNREACT:
            msg = tr("This reaction is already being taken back.")
            raise UserError(msg)
        if not found.is_settled:
            msg = tr("This reaction isn't there yet. Undo it (Z), or decide about it in the outbox.")
            raise UserError(msg)
        _refuse_disconnected(row)
        return found


def _row(conn: Connection, message_id: int) -> Row:
    row: Row | None = conn.execute(_MESSAGE, (message_id,)).fetchone()
    if row is None:
        msg = tr("There's no message {message}.").format(message=display(MESSAGE, message_id))
        raise NotFoundError(msg)
    return row


def _can(row: Row) -> ReactionOffer | None:
    return channel(row["kind"]).can.react


def _why_not(row: Row) -> str:
    if row["out"]:
        return tr("This is your own message. Reactions are for what others write.")
    if row["gone_at"] is not None or row["upstream"] == "deleted":
        return tr("This message is no longer on the channel.")
    of = channel(row["kind"])
    if of.can.react is None:
        return tr(of.can.cannot_react or _GENERIC).format(channel=tr(of.title))
    with suppress(UserError):
        _refuse_disconnected(row)
        if row["remote_id"] is None or row["said"] != "said":
            return tr("This message didn't come from the channel, so it can't be reacted to. Reply to it instead.")
        return ""
    return tr("“{account}” isn't connected, so nothing can be changed there.").format(account=row["name"])


def _refuse_disconnected(row: Row) -> None:
    if row["mode"] not in ("live", "demo") or row["state"] == "removed":
        msg = tr("“{account}” isn't connected, so nothing can be changed there.").format(account=row["name"])
        raise UserError(msg)


def chosen(row: Row, what: str) -> str:
    """The reaction that is meant: of those offered, or any emoji where the channel takes all; "" is the usual one.

    Raises UserError if the message can't be reacted to, or not so.
    """
    why, can = _why_not(row), _can(row)
    if why or can is None:
        raise UserError(why)
    typed = what.strip()
    wanted = _ALIASES.get(typed.casefold(), typed)
    if not wanted:
        return can.offered[0]
    for one in can.offered:
        if wanted.casefold().rstrip(_SELECTOR) == one.rstrip(_SELECTOR):
            return one
    if len(can.offered) == 1 and not can.any_emoji and wanted.casefold() in _FOR_ONE.get(can.offered[0], ()):
        return can.offered[0]
    if can.any_emoji and is_emoji(wanted):
        return wanted
    names = ", ".join(can.offered)
    if can.any_emoji:
        msg = tr("“{reaction}” isn't an emoji. {channel} takes any single one: {names} and so on.")
    else:
        msg = tr("{channel} has no reaction “{reaction}”. It has: {names}.")
    raise UserError(msg.format(channel=tr(channel(row["kind"]).title), reaction=typed, names=names))


def effect(conn: Connection, message_id: int) -> Effect:
    """What a reaction to a message does to its conversation; the only place that decides it.

    It closes one that needs us where nothing that waits for an answer asks for anything, unless it is marked.
    """
    row = _row(conn, message_id)
    if row["talk"] != "needs_me":
        return Effect(closes=False, sentence="")
    if row["unhappy"] or row["hard"]:
        mark = tr("unhappy") if row["unhappy"] else tr("difficult")
        return Effect(
            closes=False, sentence=tr("It's marked as {mark}, so it still needs your reply.").format(mark=mark)
        )
    waiting = conn.execute(_UNANSWERED, (row["conversation_id"], row["waiting_since"] or 0)).fetchall()
    asking = [one["id"] for one in waiting if asks(one["text"], one["language"] or row["language"])]
    if message_id in asking:
        return Effect(closes=False, sentence=tr("It asks for something, so it still needs your reply."))
    if asking:
        return Effect(closes=False, sentence=tr("Another message here asks for something and still needs your reply."))
    if last_incoming(conn, row["conversation_id"]) != message_id:
        return Effect(closes=False, sentence=tr("There's a newer message, so it still needs your reply."))
    return Effect(closes=True, sentence=tr("It asked for nothing, so it's done."))


def _seen(row: Row) -> str:
    """Who is told of a reaction, and who sees it."""
    can = _can(row)
    if can is None:
        return ""
    seen = can.seen if row["public"] or not can.private_seen else can.private_seen
    return tr(seen).format(name=_name(row))


def _name(row: Row) -> str:
    return named(row["whom"], row["address"]) or tr("Whoever wrote it")


def _action_title(purpose: str, what: str, row: Row) -> str:
    titles = {REACT: N_("{reaction} for {name}"), UNREACT: N_("Take back {reaction} for {name}")}
    return tr(titles[purpose]).format(reaction=title(what), name=_name(row))


def _refuse_given(conn: Connection, row: Row, what: str) -> None:
    """Raise UserError if we have reacted so already, or that is under way."""
    given = reactions(conn, json.dumps([row["id"]])).get(row["id"], ())
    if any(one.state == UNDECIDED and one.what != what for one in given):  # asked for again, it may replace this one
        msg = tr("Rapport is still finding out whether your other reaction arrived. Try again in a minute.")
        raise UserError(msg)
    one = next((one for one in given if one.what == what), None)
    if one is None:
        return
    if one.purpose == UNREACT:
        msg = tr("This reaction is being taken back. Undo that first, or wait until it's done.")
    elif one.is_settled:
        msg = tr("You've already reacted to this message like that.")
    elif one.state == FAILED:
        msg = tr("This reaction couldn't be given before. Try it again from the outbox, or discard it there.")
    elif one.state == UNDECIDED:
        msg = tr("Rapport is still finding out whether this reaction arrived.")
    else:
        msg = tr("This reaction is already on its way.")
    raise UserError(msg)


def _insert(conn: Connection, row: Row, purpose: str, what: str, hold_seconds: int, *, closes: bool) -> int:
    now, held = clock.now(), hold_seconds > 0
    made = conn.execute(
        "INSERT INTO outbox (key, account_id, conversation_id, identity_id, seen_id, text, then_done, state,"
        " created_at, held_until, next_at, purpose, about_id, reaction)"
        " VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?)",
        (new_key(conn, row["account_id"]), row["account_id"], row["conversation_id"], row["identity_id"],
         last_incoming(conn, row["conversation_id"]), closes, HELD if held else QUEUED, now, now + hold_seconds,
         None if held else now, purpose, row["id"], what),
    )  # fmt: skip
    return int(made.lastrowid or 0)


# --- on a worker


def wanted(conn: Connection, outgoing: Entry) -> Reaction:
    """What is handed to the channel; identical for every attempt. Raises UserError if the message is gone from here."""
    row = conn.execute("SELECT remote_id FROM message WHERE id = ?", (outgoing.about_id,)).fetchone()
    if row is None or row["remote_id"] is None:
        msg = tr("That message no longer exists.")
        raise UserError(msg)
    return Reaction(outgoing.key, row["remote_id"], outgoing.reaction, outgoing.created_at)


def carry(session: Session, outgoing: Entry, asked: Reaction) -> None:
    """Have the channel do it; raises as the session does."""
    able = cast("Reacting", session)
    if outgoing.purpose == REACT:
        able.react(asked)
    else:
        able.unreact(asked)


def is_done(session: Session, outgoing: Entry, asked: Reaction) -> bool:
    """Whether an attempt of unknown outcome arrived, by what the message there has now.

    False where the channel cannot tell: asking once more does no harm, as both calls are idempotent.
    """
    try:
        return cast("Reacting", session).reacted(asked) == (outgoing.purpose == REACT)
    except UnknownOutcome:
        return False


def record(conn: Connection, outgoing: Entry, at: int) -> None:
    """Record that it was done, at `at` (Unix seconds), in the transaction of the caller."""
    if outgoing.state == SENT:
        return
    conn.execute(
        "UPDATE outbox SET state = 'sent', sent_at = ?, unsure = 0, next_at = NULL, error = '' WHERE id = ?",
        (at, outgoing.id),
    )
    if outgoing.state in (UNDECIDED, FAILED, DISCARDED):  # then the conversation had been reopened
        on_its_way(conn, outgoing)


# --- decisions of the person


def retry(store: Store, outgoing: Entry) -> None:
    """Queue a failed one again, or an undecided one that the person knows was not done."""
    titles = {REACT: N_("Again: {reaction} for {name}"), UNREACT: N_("Again: take back {reaction} for {name}")}
    with store.write(_decision(titles, outgoing), durable=True) as conn:
        refuse(entry(conn, outgoing.id), TROUBLE, "")
        conn.execute(
            "UPDATE outbox SET state = 'queued', next_at = ?, error = '' WHERE id = ?", (clock.now(), outgoing.id)
        )
        on_its_way(conn, outgoing)


def confirm(store: Store, outgoing: Entry) -> None:
    """Record an undecided one as done: the person has seen it at the channel. Not an action: it is done there."""
    with store.write(durable=True) as conn:
        current = entry(conn, outgoing.id)
        refuse(current, (UNDECIDED,), "")
        record(conn, current, current.sending_at or clock.now())


def discard(store: Store, outgoing: Entry) -> None:
    """Cancel one that was not done; a conversation that it had closed is open again."""
    titles = {REACT: N_("Cancelled: {reaction} for {name}"), UNREACT: N_("Kept: {reaction} for {name}")}
    with store.write(_decision(titles, outgoing), durable=True) as conn:
        current = entry(conn, outgoing.id)
        refuse(current, (HELD, QUEUED, FAILED, UNDECIDED), "")
        conn.execute("UPDATE outbox SET state = ?, next_at = NULL WHERE id = ?", (DISCARDED, outgoing.id))
        reopened(conn, current)


def _decision(titles: dict[str, str], outgoing: Entry) -> str:
    return tr(titles[outgoing.purpose]).format(reaction=title(outgoing.reaction), name=outgoing.to_whom)
