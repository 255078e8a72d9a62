"""Who must speak: a conversation's standing, computed from what was said. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple


class Said(NamedTuple):
    """A message as far as standing goes; `gone`: deleted upstream, so it asks for no answer any more.

    `who` is the member who said it (0: nobody that we know). Of our own words `answers` are the members whom they
    reached; None: everybody in the conversation.
    """

    at: int
    id: int
    out: bool
    language: str = ""
    gone: bool = False
    who: int = 0
    answers: frozenset[int] | None = None


def waiting(story: Iterable[Said]) -> dict[int, int]:
    """Who has not been answered, and since when: member -> time of their oldest message that we have not answered.

    `story` comes in order of time. An answer that reached everybody ends all waiting, one that reached some of them
    only theirs.
    """
    waits: dict[int, int] = {}
    for one in story:
        if one.gone:
            continue
        if not one.out:
            waits.setdefault(one.who, one.at)
        elif one.answers is None:
            waits.clear()
        else:
            for who in one.answers:
                waits.pop(who, None)
    return waits


class Standing(NamedTuple):
    """The columns of `conversation` that follow from its messages; `state` itself is computed by SQLite from them."""

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


def advance(before: Standing, said: Sequence[Said], quiet_before: int) -> Standing:
    """The standing after these new messages, which come in order of time and none before what was known.

    A member's new word reopens what was done and wakes what was snoozed; but talk that ended before `quiet_before`
    (Unix seconds) is history and comes in closed and read. Our own word ends the waiting, and leaves closed what the
    person had said Done to.
    """
    now = before
    for one in said:
        old = one.at < quiet_before
        done = bool(now.closed) and now.done_at is not None and bool(one.out)
        now = Standing(
            messages=now.messages + 1,
            first_at=min(now.first_at, one.at),
            last_at=one.at,
            last_out=int(one.out),
            last_message_id=one.id,
            waiting_since=None if one.out else one.at if now.waiting_since is None else now.waiting_since,
            unread=0 if one.out else now.unread + (not old),
            closed=int(old or done),
            snoozed_until=now.snoozed_until if one.out else None,
            language=now.language or one.language,
            done_at=now.done_at if old or done else None,
        )
    return now


def retell(before: Standing, story: Sequence[Said], new: Collection[int], quiet_before: int) -> Standing:
    """The standing of the whole story in order of time, when something in the midst of it came (ids in `new`) or went.

    What had come in counts as it would have in its place, whatever the order of arrival. Only what is later than all
    that was known changes what the person decided; and where that is nothing, who spoke last stays as decided too
    (a reply on its way counts as said).
    """
    standing = [one for one in story if not one.gone] or list(story[-1:])
    told = advance(_blank(before, story[0].at), standing, quiet_before=0)
    known = [one for one in standing if one.id not in new]
    last_known = max(((one.at, one.id) for one in known), default=(0, 0))
    later = [one for one in standing if one.id in new and (one.at, one.id) > last_known]
    decided = advance(before, later, quiet_before)
    same_end = told.last_message_id == before.last_message_id
    over = story[-1].gone and standing[-1].gone  # nothing is left that could want an answer
    out = before.last_out if same_end else told.last_out
    return told._replace(
        messages=len(story),
        last_out=out,
        waiting_since=None if out or over else told.waiting_since,
        unread=0 if out or over else _unread(before, standing, new, quiet_before),
        closed=1 if over else decided.closed,
        snoozed_until=decided.snoozed_until,
        done_at=decided.done_at,
    )


def _blank(before: Standing, first_at: int) -> Standing:
    """The standing before any message."""
    return before._replace(
        messages=0, first_at=first_at, waiting_since=None, last_message_id=None, unread=0, language=""
    )


def _unread(before: Standing, standing: Sequence[Said], new: Collection[int], quiet_before: int) -> int:
    """Members' words since our last one: the new ones, and as many of the known ones as had not been seen."""
    fresh = known = 0
    for one in standing:
        if one.out:
            fresh = known = 0
        elif one.id in new:
            fresh += one.at >= quiet_before
        else:
            known += 1
    return fresh + min(before.unread, known)
