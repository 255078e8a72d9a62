"""Everything that could be done today, out of the file: what the queue decides about."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from app.base import clock
from app.blocks import Targets
from app.handling import kind_of_gift
from app.handoffs.rows import ANSWERED
from app.involvement.silence import NEW_DAYS
from app.search.closing import closing_until
from app.store.sqlite import Connection
from app.today.groups import Asked, gift_note
from app.today.nouns import Nouns
from app.today.queue import (
    CAME_BACK,
    CLOSING,
    CONVERSATION,
    GIFT,
    GIFTS,
    HANDOFF,
    LATE,
    PROMISE,
    PROMISED,
    UNHAPPY,
    WAITS,
    Thing,
)

OLDEST = 200
"""Conversations, those that have waited longest: no block is long enough for more."""
_UNHAPPY_MOST = 60
_DAY_SECONDS = 86_400
_WAITING = f"""
SELECT c.id, c.account_id, coalesce(c.waiting_since, c.last_at) AS since, c.unhappy, c.hard, c.public,
  i.member_id, p.first_at, coalesce(p.kind, '') AS kind
FROM (
  SELECT id FROM (SELECT id FROM conversation INDEXED BY conversation_waiting WHERE state = 'needs_me'
    ORDER BY waiting_since, id LIMIT {OLDEST})
  UNION SELECT id FROM (SELECT id FROM conversation INDEXED BY conversation_waiting
    WHERE state = 'needs_me' AND unhappy = 1 ORDER BY waiting_since, id LIMIT {_UNHAPPY_MOST})
  UNION SELECT value FROM json_each(:closing)
) w CROSS JOIN conversation c ON c.id = w.id
LEFT JOIN identity i ON i.id = c.identity_id LEFT JOIN member p ON p.id = i.member_id
"""
_STANDING = "SELECT state, unhappy FROM conversation WHERE id = ?"
_HEARD_FIRST = ("press", "partner")
"""Kinds of members who are answered before others that wait as long."""


class Gathered(NamedTuple):
    """The things, and how many conversations wait besides that were not looked at."""

    things: list[Thing]
    more: int


def gather(nouns: Nouns, targets: Targets, asked: Asked, put_off: Collection[tuple[str, int]]) -> Gathered:
    """All that could be done, without what was `put_off` until tomorrow: (noun, id) each."""
    conn = nouns.store.read
    waiting = list(_waiting(conn, targets, asked))
    others = [*_promises(nouns, conn, asked), *_handoffs(nouns, conn), *_gifts(nouns, asked)]
    seen = {thing.id for thing in waiting}
    besides = {thing.conversation_id for thing in others if thing.conversation_id is not None} - seen
    states = (conn.execute(_STANDING, (number,)).fetchone() for number in besides)
    looked = len(seen) + sum(row is not None and row["state"] == "needs_me" for row in states)
    more = max(0, nouns.inbox.counts()["needs_me"] - looked)
    return Gathered([thing for thing in (*waiting, *others) if not _is_put_off(thing, put_off)], more)


def _is_put_off(thing: Thing, put_off: Collection[tuple[str, int]]) -> bool:
    return (thing.noun, thing.id) in put_off or (CONVERSATION, thing.conversation_id) in put_off


def _waiting(conn: Connection, targets: Targets, asked: Asked) -> Iterator[Thing]:
    new_since = asked.now - NEW_DAYS * _DAY_SECONDS
    closing = closing_until(conn, asked.now, asked.horizon)
    for row in conn.execute(_WAITING, {"closing": json.dumps(list(closing))}):
        closes = closing.get(row["id"])
        unhappy = bool(row["unhappy"])
        reason = CLOSING if closes is not None else UNHAPPY if unhappy else WAITS
        due = targets.due_at(row["account_id"], row["since"]) if closes is None else closes
        kind = "unhappy" if unhappy or row["hard"] else "reply" if row["public"] else "private"
        yield Thing(
            CONVERSATION, row["id"], reason, kind, due, row["since"], row["id"], row["member_id"], unhappy,
            (row["first_at"] or 0) >= new_since or row["kind"] in _HEARD_FIRST,
        )  # fmt: skip


def _promises(nouns: Nouns, conn: Connection, asked: Asked) -> Iterator[Thing]:
    """Those that are late or due today; one without a date has no day on which it is late."""
    today = asked.today.isoformat()
    for promise in nouns.promises.open():
        if not promise.due_on or promise.due_on > today:
            continue
        is_late = promise.is_late(today)
        late = str(nouns.blocks.days_late(promise.due_on, asked.today)) if is_late else ""
        yield Thing(
            PROMISE, promise.id, LATE if is_late else PROMISED, "promise", _end_of(promise.due_on),
            promise.at, promise.conversation_id, promise.member_id, _is_unhappy(conn, promise.conversation_id),
            what=promise.what, detail=late,
        )  # fmt: skip


def _handoffs(nouns: Nouns, conn: Connection) -> Iterator[Thing]:
    for handoff in nouns.handoffs.listed("open"):
        if handoff.status in ANSWERED:
            yield Thing(
                HANDOFF, handoff.id, CAME_BACK, "handoff", handoff.updated_at, handoff.updated_at,
                handoff.conversation_id, handoff.member_id, _is_unhappy(conn, handoff.conversation_id),
                who=handoff.member or handoff.teammate, what=handoff.title or handoff.ask, detail=handoff.teammate,
            )  # fmt: skip


def _gifts(nouns: Nouns, asked: Asked) -> Iterator[Thing]:
    for gift in nouns.gifts.listed(limit=1000):
        note = gift_note(gift, asked.now)
        if note:
            yield Thing(
                GIFTS, gift.id, GIFT, kind_of_gift(to_thank=note == "to_thank"), gift.state_at, gift.state_at,
                gift.conversation_id, gift.member_id, who=gift.member, what=gift.item, detail=note,
            )  # fmt: skip


def _is_unhappy(conn: Connection, conversation: int | None) -> bool:
    row = conn.execute(_STANDING, (conversation,)).fetchone() if conversation is not None else None
    return row is not None and bool(row["unhappy"])


def _end_of(day: str) -> int:
    """The last second of a local date (YYYY-MM-DD)."""
    return clock.at_local(datetime.combine(date.fromisoformat(day), time(23, 59, 59)))
