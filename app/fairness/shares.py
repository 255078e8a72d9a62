"""How gifts are shared: by language, by channel, and between newcomers and veterans, beside their part of the active.

Active is who wrote in that year. Somebody's channel is the one where they have written most; a newcomer is who first
wrote in that year. Staff are counted on neither side.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import NamedTuple

from app.base import clock
from app.base.words import N_
from app.gifts.rows import HAD
from app.involvement.upkeep import DEED
from app.store.sqlite import Connection

DIMENSION_NAMES = {"language": N_("Language"), "channel": N_("Channel"), "tenure": N_("Newcomer or veteran")}
DIMENSIONS = tuple(DIMENSION_NAMES)
TENURE_NAMES = {"newcomer": N_("Newcomers"), "veteran": N_("Veterans")}
LEAST_EXPECTED = 2
"""Far below is who has less than half of what would be their part, where that is at least so many gifts."""
_HAD = ", ".join(f"'{state}'" for state in HAD)
_TRAITS = """
SELECT p.id, p.language, coalesce((SELECT i.kind FROM identity i LEFT JOIN activity a ON a.id = i.id
    WHERE i.member_id = p.id ORDER BY coalesce(a.messages, 0) DESC, i.id LIMIT 1), '') AS channel,
  CASE WHEN p.first_at >= :begin AND p.first_at < :end THEN 'newcomer' ELSE 'veteran' END AS tenure
"""
_ACTIVE = f"""
{_TRAITS} FROM member p WHERE p.merged_into IS NULL AND p.kind <> 'staff' AND p.last_at >= :begin AND p.first_at < :end
  AND EXISTS (SELECT 1 FROM identity i CROSS JOIN message m INDEXED BY message_deed ON m.identity_id = i.id AND {DEED}
    AND m.id >= :begin / 60 * 32 AND m.id < :end / 60 * 32 WHERE i.member_id = p.id)
"""
_GIVEN = f"""
{_TRAITS}, count(*) AS gifts FROM gift g JOIN member p ON p.id = g.member_id
WHERE g.state IN ({_HAD}) AND g.created_at >= :begin AND g.created_at < :end AND p.kind <> 'staff' GROUP BY p.id
"""


class Share(NamedTuple):
    """A group's gifts and active members, out of how many of each.

    `key` is a language, a channel's kind or a tenure.
    """

    key: str
    gifts: int
    active: int
    all_gifts: int
    all_active: int

    @property
    def part(self) -> float:
        """Their part of the gifts, 0 to 1."""
        return self.gifts / self.all_gifts if self.all_gifts else 0.0

    @property
    def active_part(self) -> float:
        """Their part of the active members, 0 to 1."""
        return self.active / self.all_active if self.all_active else 0.0

    @property
    def far_below(self) -> bool:
        """Whether they have less than half of what would be their part; not where that is too little to say."""
        expected = self.all_gifts * self.active_part
        return expected >= LEAST_EXPECTED and self.gifts * 2 < expected


class Shares(NamedTuple):
    """A year's shares, by each of DIMENSIONS; the group with the most active members first."""

    year: int
    gifts: int
    active: int
    by: dict[str, list[Share]]


def year_span(year: int) -> dict[str, int]:
    """When a year begins and the next one does, in Unix seconds of local time."""
    begin, end = (clock.at_local(datetime(number, 1, 1)) for number in (year, year + 1))  # noqa: DTZ001  local, made so
    return {"begin": begin, "end": end}


def shares(conn: Connection, year: int) -> Shares:
    """Return how the gifts of a year were shared."""
    span = year_span(year)
    active = conn.execute(_ACTIVE, span).fetchall()
    given = conn.execute(_GIVEN, span).fetchall()
    gifts = sum(row["gifts"] for row in given)
    by = {}
    for dimension in DIMENSIONS:
        people = Counter(row[dimension] for row in active)
        had: Counter[str] = Counter()
        for row in given:
            had[row[dimension]] += row["gifts"]
        found = [Share(key, had[key], people[key], gifts, len(active)) for key in people | had]
        by[dimension] = sorted(found, key=lambda one: (-one.active, -one.gifts, one.key))
    return Shares(year, gifts, len(active), by)
