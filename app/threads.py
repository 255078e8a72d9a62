"""Who must speak: a conversation's standing, computed from what was said. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

Said = tuple[int, int, bool, str]
"""A message as far as standing goes: at, message id, whether it is ours, language."""


@dataclass(frozen=True, slots=True)
class Standing:
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

    def restarted(self) -> Standing:
        """The standing before any message, keeping what the person decided: for retelling the story in order."""
        return replace(self, messages=0, waiting_since=None, last_message_id=None)

    def values(self) -> tuple[Any, ...]:
        """The columns' values in order."""
        return (
            self.messages, self.first_at, self.last_at, self.last_out, self.last_message_id, self.waiting_since,
            self.unread,
            self.closed, self.snoozed_until, self.language,
        )  # fmt: skip


def advance(before: Standing, said: Sequence[Said], quiet_before: int, known_until: int = 0) -> Standing:
    """The standing after these messages, which come in order of time.

    A member's new word reopens what was done and wakes what was snoozed; but talk that ended before `quiet_before`
    (Unix seconds) is history and comes in closed and read. Our own word ends the waiting. When a story is retold
    because something older came in late, what was said up to `known_until` changes no decision of the person.
    """
    now = before
    for at, number, out, language in said:
        fresh, old = at > known_until, at < quiet_before
        now = Standing(
            messages=now.messages + 1,
            first_at=min(now.first_at, at),
            last_at=at,
            last_out=int(out),
            last_message_id=number,
            waiting_since=None if out else (now.waiting_since or at),
            unread=now.unread + (fresh and not out and not old),
            closed=_closed(now, out=out, old=old) if fresh else now.closed,
            snoozed_until=None if fresh and not out else now.snoozed_until,
            language=now.language or language,
        )
    return now


def _closed(now: Standing, *, out: bool, old: bool) -> int:
    if old:
        return 1
    return now.closed if out and now.messages else 0
