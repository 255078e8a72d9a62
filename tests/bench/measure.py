"""What the benches share: a result, timing, percentiles. Times depend on the machine; ratios are what counts."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_TIMES = ("ms", "/s")


@dataclass(frozen=True, slots=True)
class Result:
    """One figure: ours, the bare run's in the same job, the ratio, and the target where there is one (`at_most`)."""

    name: str
    ours: float
    unit: str
    bare: float | None = None
    at_most: float | None = None
    at_least: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours by the bare run's."""
        return self.ours / self.bare if self.bare else None

    @property
    def reached(self) -> bool:
        """Whether the target holds; it is in the unit of `ours`."""
        return (self.at_most is None or self.ours <= self.at_most) and (
            self.at_least is None or self.ours >= self.at_least
        )

    @property
    def is_time(self) -> bool:
        """Whether it is as fast as the machine; a size is the same on a slow one, and has to be kept everywhere."""
        return self.unit in _TIMES

    def line(self) -> str:
        """The result as a row of the report."""
        bare = f"bare {self.bare:,.2f}  ratio {self.ratio:.2f}" if self.bare else ""
        limit = (
            f"<= {self.at_most:,g}" if self.at_most is not None else f">= {self.at_least:,g}" if self.at_least else ""
        )
        mark = "ok  " if self.reached else "MISS"
        return f"{mark} {self.name:<44} {self.ours:>12,.2f} {self.unit:<8} {limit:<12} {bare} {self.note}".rstrip()


def seconds(work: Callable[[], object]) -> float:
    """How long one run of `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def times(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each of so many runs, sorted."""
    return sorted(seconds(work) * 1000 for _ in range(rounds))


def percentile(sorted_times: Sequence[float], part: float) -> float:
    """The value that `part` (0 to 1) of them do not pass."""
    return sorted_times[min(len(sorted_times) - 1, int(len(sorted_times) * part))]
