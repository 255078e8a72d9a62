"""Waiting with open eyes for what somebody else does: a thread, a process, a window."""

from __future__ import annotations

import time
from collections.abc import Callable

LONGEST = 120.0
"""Seconds that something may take on a slow machine that does other work beside; it costs nothing where it comes."""


def wait_until(
    holds: Callable[[], object],
    seconds: float = LONGEST,
    *,
    step: float = 0.02,
    why: str = "it did not come in time",
    meanwhile: Callable[[], object] = lambda: None,
) -> None:
    """Come back when it holds, asking every `step` seconds; AssertionError with `why` where it never does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, why
        meanwhile()
        time.sleep(step)
