"""At the bell: what waits for us and may wait is put off until the next block, as one action."""

from __future__ import annotations

from typing import NamedTuple

from app.base import clock
from app.base.words import counted, tr
from app.blocks.desk import Blocks
from app.inbox import Inbox
from app.store.store import Store

_WAITING = """
SELECT c.id, c.account_id, c.waiting_since,
  EXISTS (SELECT 1 FROM promise p WHERE p.conversation_id = c.id AND p.kept_at IS NULL AND p.dropped_why = ''
    AND p.due_on < ?) AS owed
FROM conversation c WHERE c.state = 'needs_me' ORDER BY c.waiting_since, c.id
"""


class Parkable(NamedTuple):
    """What a park would do now: conversations to put off `until` (Unix seconds), and how many are `late` and stay."""

    numbers: tuple[int, ...]
    late: int
    until: int


class Parked(NamedTuple):
    """What was parked, and until when (Unix seconds); how many stay, since they are late, or were put off twice."""

    numbers: tuple[int, ...]
    until: int
    late: int
    tired: str

    @property
    def remark(self) -> str:
        """Sentences about those that stay; "" if there are none."""
        late = counted(self.late, "{count} stays: it's already due.", "{count} stay: they're already due.")
        return " ".join(sentence for sentence in (late if self.late else "", self.tired) if sentence)


def parkable(store: Store, blocks: Blocks, now: int) -> Parkable:
    """What waits for us and can wait: neither late by its account's promise, nor promised for a day that is over."""
    lateness, today = blocks.lateness(now), clock.local(now).date().isoformat()
    rows = store.read.execute(_WAITING, (today,)).fetchall()
    free = tuple(number for number, account, since, owed in rows if not owed and not lateness.is_late(account, since))
    return Parkable(free, len(rows) - len(free), blocks.working(now).next_start(now))


def park(store: Store, inbox: Inbox, blocks: Blocks, now: int) -> Parked:
    """Snooze what can wait until the next block starts, as one action; none if there is nothing.

    Unhappy and difficult ones that were snoozed twice stay, as with any snooze.
    """
    found = parkable(store, blocks, now)
    if not found.numbers:
        return Parked((), found.until, found.late, "")
    outcome = inbox.several.park(found.numbers, found.until, tr("Parked until the next block"))
    return Parked(outcome.done, found.until, found.late, outcome.remark)
