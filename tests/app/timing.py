"""Whether work grows in proportion to what is handed in: ratios of times on this machine, not times."""

from __future__ import annotations

import time
from collections.abc import Callable

_NOTHING = 0.02  # seconds of work below which nothing is compared: clocks and caches are all that is measured there
_MOST = 9.0  # times as long for four times as much; what is quadratic takes sixteen times as long


def grows_in_line(work: Callable[[int], object], size: int) -> bool:
    """Whether four times as much takes about four times as long; `work` is done for `size` and `4 * size`."""
    for _ in range(3):  # a busy neighbour can spoil a comparison, not three
        large = _best(work, size * 4)
        if large < _NOTHING or large < _MOST * _best(work, size):
            return True
    return False


def _best(work: Callable[[int], object], size: int) -> float:
    """Seconds of processor time that the quickest of up to three runs took."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work(size)
        best = min(best, time.process_time() - begun)
        if best > 1:
            break
    return best
