"""Two who are one person, at size: merging and parting the busiest members, and finding who may be one."""

from __future__ import annotations

from collections.abc import Iterator

from app.workbench import Workbench
from tests.bench.measure import Result, percentile, seconds

_ROUNDS = 15
_MOST_MS, _MOST_SECONDS = 5, 5
_BUSIEST = """
SELECT i.member_id FROM identity i JOIN message m ON m.identity_id = i.id
GROUP BY 1 ORDER BY count(*) DESC LIMIT 2
"""


def run(bench: Workbench) -> Iterator[Result]:
    """The figures of `Pairs` on the bench's community; it is left as it was."""
    keep, other = (row[0] for row in bench.store.read.execute(_BUSIEST))
    merged: list[float] = []
    parted: list[float] = []
    for _ in range(_ROUNDS):
        merged.append(seconds(lambda: bench.pairs.merge(keep, other)) * 1000)
        parted.append(seconds(lambda: bench.pairs.part(keep)) * 1000)
    for name, taken in (("merged", sorted(merged)), ("parted", sorted(parted))):
        yield Result(
            f"the two busiest members {name}, p50", percentile(taken, 0.5), "ms", at_most=_MOST_MS,
            note=f"worst {taken[-1]:.1f}",
        )  # fmt: skip
    found: list[int] = []
    taken_ms = seconds(lambda: found.append(len(bench.pairs.suggest()))) * 1000
    note = f"{bench.members.count():,} members, {found[0]:,} pairs"
    yield Result("who may be one person, all members", taken_ms, "ms", at_most=_MOST_SECONDS * 1000, note=note)
