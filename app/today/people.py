"""Who wrote for the first time and has had no answer, and who wrote regularly and has gone quiet.

Ids of messages carry their time, so how often somebody wrote is read from an index alone.
"""

from __future__ import annotations

from typing import NamedTuple

from app.store.sqlite import Connection

_DAY_SECONDS = 86_400
NEW_DAYS = 14
"""Somebody is new for so many days."""
_QUIET_FROM_DAYS, _QUIET_TO_DAYS = 21, 180
"""Who has been silent for less may write any day; who has for more is gone."""
_LEAST_VISITS, _MOST_GAP_DAYS, _TIMES_USUAL = 4, 14, 2
"""Days on which somebody wrote, how far apart they usually were at most, and how many times as long it is now."""
_RHYTHM_DAYS = 120
"""How often somebody wrote is counted over so many days before they last did."""
_LOOKED_AT = 500
"""Members, those who wrote last: of more it would take too long."""

_NEWCOMERS = """
SELECT p.id AS member_id, p.name, c.id AS conversation_id, c.title, p.first_at AS at
FROM member p INDEXED BY member_last
CROSS JOIN conversation c ON c.id = (
  SELECT o.id FROM identity i JOIN conversation o ON o.identity_id = i.id
  WHERE i.member_id = p.id AND o.state = 'needs_me' ORDER BY o.waiting_since, o.id LIMIT 1)
WHERE p.merged_into IS NULL AND p.last_at >= :since AND p.first_at >= :since AND p.kind NOT IN ('staff', 'former_staff')
  AND NOT EXISTS (SELECT 1 FROM identity i JOIN message m ON m.identity_id = i.id
    JOIN message o ON o.conversation_id = m.conversation_id AND o.out AND o.id > m.id WHERE i.member_id = p.id)
ORDER BY p.first_at, p.id
"""
_QUIET = """
SELECT p.id, p.name, p.last_at, count(DISTINCT m.id / 46080) AS visits, min(m.id / 46080) AS first,
  max(m.id / 46080) AS last
FROM (SELECT id, name, last_at FROM member INDEXED BY member_last
  WHERE merged_into IS NULL AND last_at BETWEEN ? AND ? AND kind NOT IN ('staff', 'former_staff', 'vendor', 'applicant')
  ORDER BY last_at DESC, id DESC LIMIT ?) p
CROSS JOIN identity i ON i.member_id = p.id
CROSS JOIN message m ON m.identity_id = i.id AND m.id / 46080 >= p.last_at / 86400 - ?
GROUP BY p.id
"""
# 46,080 ids are a day: 32 for each minute.


class Newcomer(NamedTuple):
    """Who wrote for the first time at `at` (Unix seconds), and the conversation in which they wait."""

    member_id: int
    name: str
    conversation_id: int
    title: str
    at: int


class Silent(NamedTuple):
    """Who used to write every so many days, and when they last did (Unix seconds)."""

    member_id: int
    name: str
    last_at: int
    every_days: int


def newcomers(conn: Connection, now: int) -> list[Newcomer]:
    """Members who first wrote within the last NEW_DAYS, wait, and were never answered; the longest first."""
    rows = conn.execute(_NEWCOMERS, {"since": now - NEW_DAYS * _DAY_SECONDS})
    return [Newcomer(*row) for row in rows]


def gone_quiet(conn: Connection, now: int) -> list[Silent]:
    """Members who wrote every two weeks or more often, and are silent for twice as long; keenest first."""
    span = (now - _QUIET_TO_DAYS * _DAY_SECONDS, now - _QUIET_FROM_DAYS * _DAY_SECONDS)
    found = []
    for number, name, last_at, visits, first, last in conn.execute(_QUIET, (*span, _LOOKED_AT, _RHYTHM_DAYS)):
        every = is_quiet(visits, last - first, (now - last_at) // _DAY_SECONDS)
        if every:
            found.append(Silent(number, name, last_at, every))
    return sorted(found, key=lambda one: (one.every_days, -one.last_at, one.member_id))


def is_quiet(visits: int, over_days: int, silent_days: int) -> int:
    """How many days usually lay between the visits of somebody who has gone quiet; 0 for who has not.

    `visits` are the days on which they wrote, `over_days` from the first to the last of them.
    """
    if visits < _LEAST_VISITS:
        return 0
    gap = over_days / (visits - 1)
    if gap > _MOST_GAP_DAYS or silent_days < max(_QUIET_FROM_DAYS, _TIMES_USUAL * gap):
        return 0
    return max(1, round(gap))
