"""The history of the busiest member: a page of it read, and the timeline opened and painted beside a bare list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.history import Asked
from app.workbench import Workbench
from tests.bench import window
from tests.bench.measure import Result, percentile, times

_ROUNDS, _MOST_OF_BARE = 15, 4
_BUSIEST = """
SELECT i.member_id AS id, count(*) AS many FROM identity i CROSS JOIN message m ON m.identity_id = i.id
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1
"""


def run(bench: Workbench) -> Iterator[Result]:
    """The figures of the history on the bench's community."""
    row = bench.store.read.execute(_BUSIEST).fetchone()
    member, history = int(row["id"]), bench.history
    first = history.page(member)
    taken = times(partial(history.page, member), _ROUNDS)
    note = f"{row['many']:,} messages; worst {taken[-1]:.1f}"
    yield Result("the first page of the busiest history, p50", percentile(taken, 0.5), "ms", note=note)
    taken = times(partial(history.page, member, after=first.after), _ROUNDS)
    yield Result("the next page, p50", percentile(taken, 0.5), "ms", note=f"worst {taken[-1]:.1f}")
    taken = times(partial(history.page, member, Asked(words="lemon")), _ROUNDS)
    yield Result("a word looked for in it, p50", percentile(taken, 0.5), "ms", note=f"worst {taken[-1]:.1f}")
    with window.screen() as settings:
        found = window.child(settings, "child_inbox.py", "history", str(bench.profile.folder), str(member))
    ours, bare = (percentile(sorted(found[name]), 0.5) for name in ("history", "bare"))
    yield Result(
        "its timeline opened and painted, p50 (bare: a list of the same rows)", ours, "ms", bare,
        at_most=_MOST_OF_BARE * bare, note=f"worst {max(found['history']):.1f}",
    )  # fmt: skip
