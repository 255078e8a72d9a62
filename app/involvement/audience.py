"""The ideal audience: whom the community is for, who fits, and how much of the month's talk is with them.

Followers count nowhere. A member is marked by hand, with the reason in one's own words (`member.fits`, `fits_why`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.base.errors import UserError
from app.base.words import tr
from app.store.sqlite import Connection

KEY, CRITERIA = "audience", "audience_criteria"
"""The settings: what is said of the audience, and its criteria with semicolons between them."""
MOST_CHARS, MOST_CRITERIA, CRITERION_CHARS = 2_000, 12, 120
_SHARE = """
SELECT count(*) AS all_talks, coalesce(sum(p.fits), 0) AS with_them,
  count(DISTINCT CASE WHEN p.fits THEN p.id END) AS people
FROM conversation c INDEXED BY conversation_last JOIN identity i ON i.id = c.identity_id
JOIN member p ON p.id = i.member_id
WHERE c.last_at >= ? AND c.messages > 0 AND c.quiet = 0 AND p.kind <> 'staff'
"""


class Audience(NamedTuple):
    """Whom the community is for: a description, and a few criteria in words."""

    description: str = ""
    criteria: tuple[str, ...] = ()


class Share(NamedTuple):
    """Of the `conversations` that went on since a day, how many are with members who fit, and how many those are.

    `marked` counts all members who fit.
    """

    conversations: int
    with_them: int
    people: int
    marked: int

    @property
    def percent(self) -> int:
        """The share in whole percent; 0 without conversations."""
        return round(100 * self.with_them / self.conversations) if self.conversations else 0


def stored(conn: Connection) -> Audience:
    """The audience as it is described; empty at first."""
    rows = conn.execute("SELECT key, value FROM setting WHERE key IN (?, ?)", (KEY, CRITERIA))
    told = {row["key"]: str(row["value"]) for row in rows}
    return Audience(told.get(KEY, ""), _lines(told.get(CRITERIA, "").split(";")))


def _lines(criteria: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(line.split()) for line in criteria if line.strip()))


def checked(description: str, criteria: Iterable[str]) -> Audience:
    """An audience that can be stored. Raises UserError for a text that is too long, or too many criteria."""
    lines = _lines(part for line in criteria for part in line.split(";"))
    if len(description) > MOST_CHARS:
        raise UserError(
            tr("The description is too long: {count} characters, at most {most}.").format(
                count=len(description), most=MOST_CHARS
            )
        )
    if len(lines) > MOST_CRITERIA:
        msg = tr("There are {count} criteria; keep to {most}.").format(count=len(lines), most=MOST_CRITERIA)
        raise UserError(msg)
    for line in lines:
        if len(line) > CRITERION_CHARS:
            raise UserError(
                tr("The criterion “{text}…” is too long: at most {most} characters.").format(
                    text=line[:40], most=CRITERION_CHARS
                )
            )
    return Audience(description.strip(), lines)


def share(conn: Connection, since: int) -> Share:
    """How much of the talk since that time (Unix seconds) is with members who fit; staff and quiet ones don't count."""
    talks, with_them, people = conn.execute(_SHARE, (since,)).fetchone()
    (marked,) = conn.execute("SELECT count(*) FROM member WHERE fits = 1 AND merged_into IS NULL").fetchone()
    return Share(talks, with_them, people, marked)
