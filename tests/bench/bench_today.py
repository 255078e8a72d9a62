"""Today at size: the queue, the whole day, and how long its page takes beside that of the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.workbench import Workbench
from tests.bench import window
from tests.bench.measure import Result, percentile, times

_MOST_QUEUE_MS, _ROUNDS, _MINUTES = 30, 15, 25


def run(bench: Workbench) -> Iterator[Result]:
    """The figures of Today on the bench's community."""
    waiting = bench.inbox.counts()["needs_me"]
    taken = times(partial(bench.today.queue, _MINUTES), _ROUNDS)
    note = f"{waiting:,} wait; worst {taken[-1]:.1f}"
    yield Result(
        "the queue of 25 minutes computed, p50", percentile(taken, 0.5), "ms", at_most=_MOST_QUEUE_MS, note=note
    )
    taken = times(partial(bench.today.day, _MINUTES), _ROUNDS)
    yield Result("the whole day read, p50", percentile(taken, 0.5), "ms", note=f"worst {taken[-1]:.1f}")
    with window.screen() as settings:
        found = window.child(settings, "child_inbox.py", "today", str(bench.profile.folder))
    ours, inbox = (percentile(sorted(found[name]), 0.5) for name in ("today", "inbox"))
    yield Result(
        "Today read and painted, p50 (bare: the inbox)", ours, "ms", inbox, at_most=2 * inbox,
        note=f"worst {max(found['today']):.1f}, of the inbox {max(found['inbox']):.1f}",
    )  # fmt: skip
