"""What gifts cost in a year, and in which currency each counts. Shared by budgets and by what one member has had."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from app.base import clock
from app.gifts.rates import At, convert
from app.gifts.rows import PROMISED, SPENT
from app.store.sqlite import Connection

_IN_SPENT = f"state IN ({', '.join(repr(state) for state in SPENT)})"
_COSTS = f"""
SELECT member_id, currency, occasion, sent, day, cost, count(*)
FROM (
  SELECT {{member}} AS member_id, currency, occasion, coalesce(actual_cost, worth) AS cost, {_IN_SPENT} AS sent,
    CASE WHEN {_IN_SPENT} AND shipped_on IS NOT NULL THEN shipped_on
      WHEN state = 'charity' THEN date(state_at, 'unixepoch', 'localtime')
      ELSE date(created_at, 'unixepoch', 'localtime') END AS day
  FROM gift WHERE state IN (SELECT value FROM json_each(:states))
    AND (:members IS NULL OR member_id IN (SELECT value FROM json_each(:members)))
)
WHERE substr(day, 1, 4) = :year OR (NOT sent AND :year = :this_year AND substr(day, 1, 4) < :year)
GROUP BY member_id, currency, occasion, sent, day, cost
"""


class Cost(NamedTuple):
    """So many gifts of one cost: shipped (`sent`) on that day, or promised. `member_id` is 0 where all are together."""

    member_id: int
    currency: str
    occasion: str
    sent: int
    day: str
    cost: int
    times: int


def this_year() -> int:
    """The calendar year of today."""
    return clock.local(clock.now()).year


def today() -> str:
    """The local day of now (YYYY-MM-DD)."""
    return clock.local(clock.now()).date().isoformat()


def costs(conn: Connection, year: int) -> list[Cost]:
    """What was shipped in a year, and what is promised, which counts in the current year; all members together."""
    return _read(conn, "0", year, (*SPENT, *PROMISED), None)


def costs_by_member(
    conn: Connection, year: int, states: Iterable[str], members: Collection[int] | None = None
) -> list[Cost]:
    """The same by member, of gifts in these states; of these `members` only, if they are given."""
    return _read(conn, "member_id", year, states, members)


def _read(
    conn: Connection, member: str, year: int, states: Iterable[str], members: Collection[int] | None
) -> list[Cost]:
    asked = {
        "year": f"{year:04}", "this_year": str(this_year()), "states": json.dumps(list(states)),
        "members": None if members is None else json.dumps(sorted(members)),
    }  # fmt: skip
    return [Cost(*row) for row in conn.execute(_COSTS.format(member=member), asked)]


def counts_as(cost: Cost, wanted: Collection[str], rate_at: At, today: str) -> tuple[str, int]:
    """In which of the `wanted` currencies one such gift counts, and as how much; in its own if there is no rate.

    The rate is that of the day it was shipped, or, of what is promised, of `today`.
    """
    if cost.currency not in wanted:
        for into in wanted:
            rate = rate_at(cost.currency, into, cost.day if cost.sent else today)
            if rate is not None:
                return into, convert(cost.cost, cost.currency, into, rate)
    return cost.currency, cost.cost
