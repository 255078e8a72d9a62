"""Which templates have had their day: unused for long, or rewritten each time.

Reads only; nothing is put away by itself.
"""

from __future__ import annotations

from typing import NamedTuple

from app.base import clock
from app.base.dates import short
from app.base.words import counted, tr
from app.stacks import pieces
from app.store.sqlite import Connection
from app.templates import blanks

_IDLE_DAYS, _DAY_SECONDS = 180, 86_400
_LATEST, _LEAST, _REWRITTEN = 10, 4, 50  # uses looked at; of those so many, changed by so many hundredths
_MOST_CHARS = 2_000
_USES = f"""
SELECT t.id, t.created_at, max(u.at) AS used_at, count(u.id) AS uses,
  (SELECT count(*) FROM template_use u WHERE u.template_id = t.id AND EXISTS (SELECT 1 FROM message m
    WHERE m.conversation_id = u.conversation_id AND m.out = 0 AND m.at > u.at AND m.quiet = 'closer')) AS thanked,
  (SELECT count(*) FROM (SELECT edited FROM template_use e WHERE e.template_id = t.id AND e.edited IS NOT NULL
    ORDER BY e.at DESC, e.id DESC LIMIT {_LATEST}) WHERE edited >= {_REWRITTEN}) AS rewritten,
  (SELECT count(*) FROM (SELECT 1 FROM template_use e WHERE e.template_id = t.id AND e.edited IS NOT NULL
    LIMIT {_LATEST})) AS told
FROM template t LEFT JOIN template_use u ON u.template_id = t.id WHERE t.archived = 0 GROUP BY t.id ORDER BY t.id
"""


class Wear(NamedTuple):
    """How a template is used: how often, how often thanks followed, and why it is stale; "" if it isn't."""

    template_id: int
    uses: int
    thanked: int
    why: str


def wear(conn: Connection) -> list[Wear]:
    """How each template is used that is not archived."""
    return [
        Wear(number, uses, thanked, _why(created, used_at, rewritten, told))
        for number, created, used_at, uses, thanked, rewritten, told in conn.execute(_USES)
    ]


def edited(body: str, text: str) -> int | None:
    """How much of a template's own words is not in a text that was sent, in hundredths; None where it has too few."""
    own = pieces(blanks.bare(body), _MOST_CHARS)
    return round(100 * (1 - len(own & pieces(text, _MOST_CHARS)) / len(own))) if own else None


def _why(created: int, used_at: int | None, rewritten: int, told: int) -> str:
    since = clock.now() - _IDLE_DAYS * _DAY_SECONDS
    if (used_at or created) < since:
        day = short(clock.local(used_at or created).date())
        sentence = tr("Not used since {day}.") if used_at else tr("Never used since it was made on {day}.")
        return sentence.format(day=day)
    if rewritten >= _LEAST and 2 * rewritten > told:
        return counted(
            rewritten, "Mostly rewritten before it's sent: {count} of the last {number} times.",
            "Mostly rewritten before it's sent: {count} of the last {number} times.", number=told,
        )  # fmt: skip
    return ""
