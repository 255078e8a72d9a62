"""What came of a pull or a round, and when to pull next: pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.base.errors import UserError
from app.base.mistakes import WHILE_READING
from app.base.words import tr
from app.channels.base import AuthNeeded, Refused, TryLater

JITTER = 0.1
SOONEST, LATEST = 60, 3600
"""Limits of the backoff in seconds; between them, it equals the length of the outage so far."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """Result for one account: counts of messages, and `error`, one sentence on why it failed ("" if it did not).

    `left` are the messages of its history that have not been read yet.
    """

    account: str
    new: int = 0
    known: int = 0
    changed: int = 0
    sent: int = 0
    failed: int = 0
    undecided: int = 0
    error: str = ""
    left: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did: a line for each account that was due, or whose login has ended.

    `left_to` is WINDOW or ROUND of app.base.locks, where somebody else is at it and nothing was done here; else "".
    """

    lines: tuple[Pulled, ...] = ()
    left_to: str = ""


Progress = Callable[[str, int, int], object]
"""Called with an account's name, the messages of its history read so far, and all of them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to record on an account after a pull; `next_at` is Unix seconds."""

    next_at: int
    error: str = ""
    needs_login: bool = False


def outcome(error: Exception | None, failing_since: int | None, now: int, minutes: int, chance: float) -> Outcome:
    """Compute when to pull next. `error` is None after success; `minutes` is the interval; `chance` is from 0 to 1.

    The backoff equals the length of the outage so far, at least SOONEST and at most LATEST seconds, and never less than
    the channel's own Retry-After. A limit that was reached is no outage: then it is that, or SOONEST. Refusals and
    missing logins need the person, so they wait LATEST. JITTER spreads accounts out.
    """
    spread = 1 + JITTER * (2 * chance - 1)
    if error is None:
        return Outcome(now + max(1, int(minutes * 60 * spread)))
    if isinstance(error, AuthNeeded):
        return Outcome(now + LATEST, str(error), needs_login=True)
    asked = (error.after or 0) if isinstance(error, TryLater) else 0
    if isinstance(error, TryLater) and error.limited:
        return Outcome(now + max(int(SOONEST * spread), asked), str(error))
    wait = LATEST if isinstance(error, Refused) else min(LATEST, max(SOONEST, now - (failing_since or now)))
    return Outcome(
        now + max(int(wait * spread), asked), str(error) if isinstance(error, UserError) else tr(WHILE_READING)
    )
