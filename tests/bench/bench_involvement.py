"""Involvement at size: all of it counted anew, who is quiet, new and back, and a level pinned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.workbench import Workbench
from tests.bench.community import END
from tests.bench.measure import Result, percentile, times

_MOST_RECOUNT_MS, _ROUNDS, _RECOUNTS = 2_000, 15, 3


def run(bench: Workbench) -> Iterator[Result]:
    """The figures of involvement on the bench's community."""
    desk = bench.involvement
    taken = times(desk.recount, _RECOUNTS)
    levels = sum(desk.counts().values())
    yield Result(
        "involvement of all counted anew, p50", percentile(taken, 0.5), "ms", at_most=_MOST_RECOUNT_MS,
        note=f"{levels:,} members; worst {taken[-1]:.0f}",
    )  # fmt: skip
    for name, read in (
        ("who is new", desk.newcomers), ("who came a second time", desk.second_time), ("who came back", desk.came_back),
        ("who has gone quiet", desk.gone_quiet), ("who is due", desk.due),
    ):  # fmt: skip
        taken = times(partial(read, END), _ROUNDS)
        yield Result(f"{name}, p50", percentile(taken, 0.5), "ms", note=f"worst {taken[-1]:.1f}")
