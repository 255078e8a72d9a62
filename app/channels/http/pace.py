"""Keeps a site's limits before it has to say so: how many requests of a kind it takes in how many seconds.

What was asked, and until when a site wants to be left alone, is remembered for the whole process: all accounts on one
site and all their sessions share it, as the site counts them together.
"""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from typing import NamedTuple

from app.base.words import tr
from app.channels.base import TryLater

PATIENCE = 10.0
"""Seconds that a request waits for its turn; where it would be longer, `Pace.take` raises instead."""
_lock = threading.Lock()
_asked: dict[tuple[str, str], deque[float]] = {}
_until: dict[tuple[str, str], float] = {}


class Limit(NamedTuple):
    """A limit: at most `most` requests within any `seconds`, and at least `apart` seconds between two."""

    most: int
    seconds: float
    apart: float = 0.0


class Pace:
    """The pace of one kind of request at one site."""

    def __init__(self, site: str, method: str, limit: Limit) -> None:
        """`site` is what counts together: a host, or a host with whose key it is; `method` is a kind of request."""
        self._key = (site, method)
        self._limit = limit
        self._site = site

    def take(self, patience: float = PATIENCE) -> None:
        """Count a request, once it is its turn: waits up to `patience` seconds for that.

        Raises TryLater, with the seconds that are missing, where it would be longer.
        """
        with _lock:
            wait = self._wait(time.monotonic())
            if wait <= patience:
                _asked.setdefault(self._key, deque()).append(time.monotonic() + wait)
        if wait > patience:
            msg = tr("That's as much as {host} takes at once. Rapport goes on by itself in a little while.").format(
                host=self._site
            )
            raise TryLater(msg, math.ceil(wait), limited=True)
        if wait > 0:
            time.sleep(wait)

    def left(self) -> int:
        """How many requests are left now without waiting."""
        with _lock:
            now = time.monotonic()
            if self._wait(now) > 0:
                return 0
            return self._limit.most - len(_asked.get(self._key, ()))

    def hold(self, seconds: float) -> None:
        """The site has asked for a pause: nothing of this kind is sent for so many seconds."""
        with _lock:
            _until[self._key] = max(_until.get(self._key, 0.0), time.monotonic() + seconds)

    def _wait(self, now: float) -> float:
        """Seconds until the next request's turn; drops what no longer counts."""
        asked = _asked.setdefault(self._key, deque())
        while asked and asked[0] <= now - self._limit.seconds:
            asked.popleft()
        turns = [_until.get(self._key, 0.0)]
        if len(asked) >= self._limit.most:
            turns.append(asked[-self._limit.most] + self._limit.seconds)
        if asked and self._limit.apart:
            turns.append(asked[-1] + self._limit.apart)
        return max(0.0, max(turns) - now)


def forget() -> None:
    """Forget all that was asked: a process begins so."""
    with _lock:
        _asked.clear()
        _until.clear()
