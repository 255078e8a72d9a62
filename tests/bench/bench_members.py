"""The table of members at size: its first rows by each order, beside the inbox's first page."""

from __future__ import annotations

from collections.abc import Iterator

from app.inbox import Query
from app.workbench import Workbench
from tests.bench.measure import Result, percentile, seconds

_ROUNDS = 60
_FIRST = 2_001  # as ui/pages/members/table.py asks for: so many are shown at once, the others follow from a thread
_BLOCK = 60
_AT_MOST = 1.5


def run(bench: Workbench) -> Iterator[Result]:
    """Ids of the first members and the first block of their rows, by turns with a page of the inbox."""
    for by in ("last", "involvement", "quiet"):
        table: list[float] = []
        inbox: list[float] = []
        for _ in range(_ROUNDS):
            table.append(seconds(lambda: _table(bench, by)) * 1000)  # noqa: B023  called at once
            inbox.append(seconds(lambda: _inbox(bench)) * 1000)
        bare = percentile(sorted(inbox), 0.5)
        yield Result(
            f"first rows of the members' table, by {by}, p50 (bare: an inbox page)", percentile(sorted(table), 0.5),
            "ms", bare, at_most=_AT_MOST * bare,
        )  # fmt: skip


def _table(bench: Workbench, by: str) -> object:
    return bench.members.rows(bench.members.find("", _FIRST, by=by)[:_BLOCK])


def _inbox(bench: Workbench) -> object:
    return bench.inbox.rows([ref.id for ref in bench.inbox.refs(Query(state="all"), limit=_BLOCK)])
