"""What the notice says when a working block begins: numbers, and never a word of somebody else."""

from __future__ import annotations

from app.base import clock
from app.base.words import counted, tr
from app.today.nouns import Nouns


def words(waiting: int, promised: int, late: int) -> str:
    """How many conversations wait, and how many promises are for today or late; "" where none waits: no notice then."""
    if not waiting:
        return ""
    parts = [counted(waiting, "{count} waits", "{count} wait")]
    if promised:
        parts.append(counted(promised, "{count} promised for today", "{count} promised for today"))
    if late:
        parts.append(counted(late, "{count} promise late", "{count} promises late"))
    return ", ".join(parts)


def at_start(nouns: Nouns, now: int) -> str:
    """What the notice says of this file at `now` (Unix seconds)."""
    today = clock.local(now).date().isoformat()
    days = [promise.due_on for promise in nouns.promises.open() if promise.due_on]
    late = sum(day < today for day in days)
    return words(nouns.inbox.counts()["needs_me"], days.count(today), late)


def until(ends: int) -> str:
    """The line below it: until when the block lasts, which is Unix seconds."""
    return tr("Your block lasts until {time}").format(time=f"{clock.local(ends):%H:%M}")
