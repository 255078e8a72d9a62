"""Whose turn it is: derives a conversation's state from its messages. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

COUNTED = ("", "failed")
"""Values of `message.quiet` that count: what somebody wrote, and the report that a letter of ours was not delivered."""

_TO_DECIDE = ("held", "reported")


def needs_moderator(upstream: str) -> bool:
    """Whether a message that stands so at its channel needs us: it is held for approval, or somebody has reported it.

    The only place that decides it; `TO_DECIDE` is the same in SQL.
    """
    return upstream in _TO_DECIDE


TO_DECIDE = "(out = 0 AND upstream IN ('held', 'reported'))"
"""Whether a row of `message` is one that a moderator has to decide about, as SQL."""


class Said(NamedTuple):
    """The part of a message that the state depends on.

    `gone`: deleted at the channel, or a letter of ours that was not delivered: it counts for nothing. `quiet`: nobody
    waits for a reply to it (see `app.mail.robots`).

    `who` is the id of the member who wrote it (0 if unknown). For our messages, `answers` are the members it reached;
    None means everybody in the conversation. `answered` and `read`: another program has answered or read it.
    `to_decide`: a moderator has to decide about it (`needs_moderator`). `aside`: ours, and meant for nobody who wrote
    there, such as how a post of ours goes on. `closer`: quiet, as it only ends the talk (see `app.inbox.whose_turn`);
    `closes` is when that closes the conversation (Unix seconds), None where it does not.
    """

    at: int
    id: int
    out: bool
    language: str = ""
    gone: bool = False
    who: int = 0
    answers: frozenset[int] | None = None
    quiet: bool = False
    answered: bool = False
    read: bool = False
    to_decide: bool = False
    aside: bool = False
    closer: bool = False
    closes: int | None = None


def waiting(story: Iterable[Said]) -> dict[int, int]:
    """Who is unanswered, and since when: member id -> time of their oldest unanswered message.

    `story` must be in order of time. A reply to everybody ends all waiting, one to some members only theirs.
    """
    waits: dict[int, int] = {}
    for message in story:
        if message.gone or message.quiet:
            continue
        if not message.out:
            waits.setdefault(message.who, message.at)
            if message.answered:
                del waits[message.who]
        elif message.answers is None:
            waits.clear()
        else:
            for who in message.answers:
                waits.pop(who, None)
    return waits


class Standing(NamedTuple):
    """The columns of `conversation` derived from its messages; SQLite computes `state` from them."""

    messages: int
    first_at: int
    last_at: int
    last_out: int
    last_message_id: int | None
    waiting_since: int | None
    unread: int
    closed: int
    snoozed_until: int | None
    language: str
    done_at: int | None
    quiet: int = 0
    """1 while all its messages are quiet."""
    closed_itself_at: int | None = None
    """When it closed by itself: for somebody's last words, or because nobody answered a question of ours."""


def advance(before: Standing, messages: Sequence[Said], quiet_before: int) -> Standing:
    """The standing after new messages, which are in order of time and not older than those known.

    A member's message reopens a done conversation and wakes a snoozed one; but messages before `quiet_before` (Unix
    seconds) are history, imported as closed and read. A message of ours ends the waiting, and leaves closed what the
    person had marked as done; a message that was answered in another program ends it as well. One of ours that is
    aside answers nobody who waits. Words that only end the talk close what waits for them, and reopen nothing.
    """
    now = before
    for message in messages:
        old = message.at < quiet_before
        if message.closer:
            now = _with_closer(now, message, old=old)
            continue
        if message.quiet or (message.aside and now.waiting_since is not None):
            now = _with_quiet(now, message, old=old)
            continue
        over = message.out or message.answered
        done = bool(now.closed) and now.done_at is not None and bool(message.out)
        now = Standing(
            messages=now.messages + 1,
            first_at=min(now.first_at, message.at),
            last_at=message.at,
            last_out=int(message.out),
            last_message_id=message.id,
            waiting_since=None if over else message.at if now.waiting_since is None else now.waiting_since,
            unread=0 if over else now.unread + (not old and not message.read),
            closed=int(old or done),
            snoozed_until=now.snoozed_until if message.out else None,
            language=now.language or message.language,
            done_at=now.done_at if old or done else None,
            quiet=0,
            closed_itself_at=now.closed_itself_at if old or done else None,
        )
    return now


def _with_closer(now: Standing, message: Said, *, old: bool) -> Standing:
    """The standing after words that only end the talk: the list shows them, and nobody waits."""
    shown = now._replace(
        messages=now.messages + 1, first_at=min(now.first_at, message.at), last_at=message.at, last_out=0,
        last_message_id=message.id, closed=int(old or bool(now.closed)),
    )  # fmt: skip
    if message.closes is None or now.waiting_since is not None or now.snoozed_until is not None:
        return shown
    return shown._replace(closed=1, closed_itself_at=message.closes, unread=0)


def _with_quiet(now: Standing, message: Said, *, old: bool) -> Standing:
    """The standing after a message that asks and answers nothing: it is counted.

    Only where nothing else was said is it what the list shows.
    """
    counted = now._replace(messages=now.messages + 1, first_at=min(now.first_at, message.at))
    if not now.quiet:
        return counted
    return counted._replace(last_at=message.at, last_message_id=message.id, closed=int(old or bool(now.closed)))


def recompute(before: Standing, story: Sequence[Said], new: Collection[int], quiet_before: int) -> Standing:
    """Recompute the standing from the whole story in order of time, when messages were inserted (`new` ids) or removed.

    An inserted message counts as if it had arrived in its place. The person's decisions (closed, snoozed) change only
    by messages later than all known ones; without such, `last_out` is kept too (a pending reply counts as sent). One
    that waits stays so while a moderator has to decide about a message and we have said nothing new.
    """
    standing = [message for message in story if not message.gone] or list(story[-1:])
    recomputed = advance(_blank(before, story[0].at), standing, quiet_before=0)
    known = [message for message in standing if message.id not in new]
    last_known = max(((message.at, message.id) for message in known), default=(0, 0))
    later = [message for message in standing if message.id in new and (message.at, message.id) > last_known]
    decided = advance(before, later, quiet_before)
    same_end = recomputed.last_message_id == before.last_message_id
    over = story[-1].gone and standing[-1].gone  # no message is left that could need a reply
    out = before.last_out if same_end else recomputed.last_out
    return recomputed._replace(
        messages=len(story),
        last_out=out,
        waiting_since=None if over else _since(before, None if out else recomputed.waiting_since, standing, new),
        unread=0 if out or over else _unread(before, standing, new, quiet_before),
        closed=1 if over else decided.closed,
        snoozed_until=decided.snoozed_until,
        done_at=decided.done_at,
        closed_itself_at=decided.closed_itself_at,
    )


def _since(before: Standing, told: int | None, standing: Sequence[Said], new: Collection[int]) -> int | None:
    """Since when it waits for us, `told` being what follows from who spoke last."""
    undecided = any(message.to_decide for message in standing)
    said_since = any(message.out and not message.aside and message.id in new for message in standing)
    return before.waiting_since if told is None and undecided and not said_since else told


def joined(first: Standing, second: Standing, story: Sequence[Said]) -> Standing:
    """What is to be recomputed for the conversation that two became; `story` are the messages of both.

    Its decisions are those of both halves. It is open if a half needs us whose last message is still unanswered in the
    whole; else it is snoozed if one was, and else what the half with the last message was.
    """
    early, late = sorted((first, second), key=lambda half: (half.last_at, half.last_message_id or 0))
    ours = (message for message in story if message.out and not message.gone and not message.aside)
    answered_at = max((message.at for message in ours), default=0)
    snoozes = [half.snoozed_until for half in (early, late) if half.snoozed_until is not None]
    whole = late._replace(unread=early.unread + late.unread)
    if _needs_us(late) or (_needs_us(early) and early.last_at > answered_at):
        return whole._replace(closed=0, snoozed_until=None, done_at=None, closed_itself_at=None)
    if snoozes:
        return whole._replace(closed=0, snoozed_until=min(snoozes), done_at=None, closed_itself_at=None)
    return whole


def _needs_us(half: Standing) -> bool:
    return half.messages > 0 and not half.closed and half.snoozed_until is None and half.waiting_since is not None


def _blank(before: Standing, first_at: int) -> Standing:
    """The standing before the first message."""
    return before._replace(
        messages=0, first_at=first_at, waiting_since=None, last_message_id=None, unread=0, language="", quiet=1
    )


def _unread(before: Standing, standing: Sequence[Said], new: Collection[int], quiet_before: int) -> int:
    """Members' messages since our last one that are unread: the new ones, and known ones as far as they were unread."""
    fresh = known = 0
    for message in standing:
        if message.quiet or message.aside:
            continue
        if message.out or message.answered:
            fresh = known = 0
        elif message.id in new:
            fresh += message.at >= quiet_before and not message.read
        else:
            known += 1
    return fresh + min(before.unread, known)
