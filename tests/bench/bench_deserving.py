"""Who deserves a gift at size: thousands who helped, were let down or had gifts; and how these were shared."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from app.workbench import Workbench
from tests.bench.community import END
from tests.bench.measure import Result

_MOST_MS, _ROUNDS = 1_000, 3
_HELPS, _GIFTS, _PROMISES = 20_000, 5_000, 2_000
_NOTE = "planted for the bench"
_SEASON = ("2025-04-01", "2025-06-30")
_ALL = """
SELECT p.id, p.name, p.first_at, p.last_at, a.messages FROM member p JOIN identity i ON i.member_id = p.id
JOIN activity a ON a.id = i.id
"""


def run(bench: Workbench) -> Iterator[Result]:
    """The figures on the bench's community, which is left as it was; all in processor time."""
    with _planted(bench):
        bare = _processor(lambda: bench.store.read.execute(_ALL).fetchall())
        found = bench.deserving.proposals(END)
        note = f"{bench.members.count():,} members, {len(found.proposed):,} proposed, {len(found.left_out):,} left out"
        for name, read, more, most in (
            ("who deserves a gift", partial(bench.deserving.proposals, END), note, _MOST_MS),
            ("whom we let down", partial(bench.deserving.make_goods, END), "", _MOST_MS),
            ("how a year's gifts are shared", partial(bench.fairness.shares, 2025), "", _MOST_MS),
            ("what came of a season's gifts", partial(bench.fairness.effect, *_SEASON, END), "", None),
        ):
            yield Result(f"{name}, processor", _processor(read), "ms", bare, at_most=most, note=more)


@contextmanager
def _planted(bench: Workbench) -> Iterator[None]:
    """With so many helps, gifts and promises, all taken away again."""
    values = {"end": END, "note": _NOTE, "helps": _HELPS, "gifts": _GIFTS, "promises": _PROMISES}
    _take_away(bench)
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO help (id, identity_id, helped_identity_id, at, by_hand)"
            " SELECT m.id, m.identity_id, (SELECT min(id) FROM identity), m.at, 2 FROM message m"
            " WHERE m.identity_id IS NOT NULL AND NOT m.out ORDER BY m.id DESC LIMIT :helps", values
        )  # fmt: skip
        conn.execute(
            "INSERT INTO gift (member_id, item, why, worth, currency, state, state_at, created_at)"
            " SELECT id, 'Mug', :note, 900, 'EUR', CASE id % 5 WHEN 0 THEN 'lost' WHEN 1 THEN 'idea' ELSE 'thanked' END"
            ", :end - id % 400 * 86400, :end - id % 400 * 86400 FROM member ORDER BY last_at DESC LIMIT :gifts", values
        )  # fmt: skip
        conn.execute(
            "INSERT INTO promise (member_id, what, at, due_on, kept_at) SELECT id, :note, :end - 30 * 86400,"
            " date(:end - 20 * 86400, 'unixepoch'), :end - id % 40 * 86400 FROM member ORDER BY id LIMIT :promises",
            values,
        )
    try:
        yield
    finally:
        _take_away(bench)


def _take_away(bench: Workbench) -> None:
    with bench.store.write() as conn:
        conn.execute("DELETE FROM help WHERE by_hand = 2")
        conn.execute("DELETE FROM gift WHERE why = ?", (_NOTE,))
        conn.execute("DELETE FROM promise WHERE what = ?", (_NOTE,))


def _processor(work: Callable[[], object]) -> float:
    """Milliseconds of the processor, the median of some rounds."""
    taken = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        work()
        taken.append((time.process_time() - begun) * 1000)
    return sorted(taken)[_ROUNDS // 2]
