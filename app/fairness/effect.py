"""What came of gifts, honestly: how much members wrote before and after, beside similar members who had none.

Similar is who has the same level of involvement and the same language, had no gift around that time, wrote in the days
before, and first wrote about as long ago. That somebody wrote more does not say that the gift was the reason.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from statistics import median
from typing import NamedTuple

from app.gifts.rows import HAD
from app.involvement.upkeep import DEED
from app.store.sqlite import Connection

DAYS = 90
"""So many days are compared before and after."""
LEAST = 10
"""With fewer members on either side there is too little to say."""
SIMILAR = 10
"""With each member so many similar ones are compared, those who came at most nearly the same time."""
_DAY_SECONDS = 86_400
_HAD = ", ".join(f"'{state}'" for state in HAD)
_GIVEN = f"""
SELECT g.member_id, min(g.created_at) AS at, v.level, p.language, p.first_at
FROM gift g JOIN member p ON p.id = g.member_id JOIN involvement v ON v.id = p.id
WHERE g.state IN ({_HAD}) AND g.created_at >= :begin AND g.created_at < :end AND p.merged_into IS NULL
  AND p.kind <> 'staff'
GROUP BY g.member_id ORDER BY at, g.member_id
"""
_GROUP = """
SELECT p.id, p.first_at, p.last_at FROM involvement v CROSS JOIN member p ON p.id = v.id
WHERE v.level = ? AND p.language = ? AND p.merged_into IS NULL AND p.kind <> 'staff' ORDER BY p.first_at, p.id
"""
_HAD_ONE = f"SELECT 1 FROM gift WHERE member_id = ? AND state IN ({_HAD}) AND created_at >= ? AND created_at < ?"
_WROTE = f"""
SELECT count(*) FROM identity i CROSS JOIN message m INDEXED BY message_deed ON m.identity_id = i.id AND {DEED}
  AND m.id >= :begin / 60 * 32 AND m.id < :end / 60 * 32 WHERE i.member_id = :member
"""


class Side(NamedTuple):
    """So many members, and the medians of how many messages they wrote before and after, and of the difference."""

    members: int
    before: float
    after: float
    change: float


class Effect(NamedTuple):
    """Gifts given from `begin` to before `end` (Unix seconds), and both sides; `says` is whether there are enough."""

    begin: int
    end: int
    given: Side
    similar: Side

    @property
    def says(self) -> bool:
        """Whether both sides have LEAST members."""
        return min(self.given.members, self.similar.members) >= LEAST


def effect(conn: Connection, begin: int, end: int) -> Effect:
    """Return what members wrote around their first gift in that time, beside similar ones at the same time."""
    given: list[tuple[int, int]] = []
    similar: list[tuple[int, int]] = []
    seen: set[int] = set()
    groups: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for row in conn.execute(_GIVEN, {"begin": begin, "end": end}).fetchall():
        given.append(_around(conn, row["member_id"], row["at"]))
        kind = (row["level"], row["language"])
        if kind not in groups:
            groups[kind] = [tuple(one) for one in conn.execute(_GROUP, kind)]
        found = islice(_like(conn, groups[kind], row["first_at"], row["at"]), SIMILAR)
        for member, around in found:
            similar.append(around)
            seen.add(member)
    return Effect(begin, end, _side(given, len(given)), _side(similar, len(seen)))


def _like(
    conn: Connection, group: list[tuple[int, int, int]], first_at: int, at: int
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield who of a group had no gift around a time and wrote before it, whose first message is nearest the first."""
    span = _span(at)
    for member, first, last in _nearest(group, first_at):
        if first >= at or last < span["begin"]:
            continue
        if conn.execute(_HAD_ONE, (member, span["begin"], span["end"])).fetchone() is not None:
            continue
        around = _around(conn, member, at)
        if around[0]:
            yield member, around


def _nearest(group: list[tuple[int, int, int]], first_at: int) -> Iterator[tuple[int, int, int]]:
    """Yield a group, which is sorted by its members' first messages, from the nearest one outwards."""
    above = bisect_left(group, first_at, key=lambda one: one[1])
    below = above - 1
    while below >= 0 or above < len(group):
        if above >= len(group) or (below >= 0 and first_at - group[below][1] <= group[above][1] - first_at):
            yield group[below]
            below -= 1
        else:
            yield group[above]
            above += 1


def _span(at: int) -> dict[str, int]:
    return {"begin": at - DAYS * _DAY_SECONDS, "end": at + DAYS * _DAY_SECONDS}


def _around(conn: Connection, member: int, at: int) -> tuple[int, int]:
    """How many messages a member wrote in the days before, and in those after."""
    span = _span(at)
    before = conn.execute(_WROTE, {"begin": span["begin"], "end": at, "member": member}).fetchone()
    after = conn.execute(_WROTE, {"begin": at, "end": span["end"], "member": member}).fetchone()
    return int(before[0]), int(after[0])


def _side(counts: Iterable[tuple[int, int]], members: int) -> Side:
    pairs = list(counts)
    if not pairs:
        return Side(members, 0, 0, 0)
    before, after = (median(column) for column in zip(*pairs, strict=True))
    return Side(members, before, after, median(later - earlier for earlier, later in pairs))
