"""Birthdays and name days of members: when they are, and whose come next.

A birthday has no year. A name day is that of the calendar of the member's language, unless the member keeps another
one, or none (`member.name_day`). Who asked not to be written to is not among those to greet.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from app.base import clock
from app.calendar.name_days import LANGUAGES, NameDay, name_day, spelled_on
from app.calendar.yearly import in_year, next_on
from app.members.facts import NO_NAME_DAY
from app.members.sorting import given_name
from app.store.sqlite import Connection

AHEAD_DAYS = 7
"""A day is said so many days ahead, its own among them."""
_HEARD_DAYS, _DAY_SECONDS = 365, 86_400
"""Whose name day only the calendar tells has to have written within so many days."""
_MOST_CALLED = 200
"""So many of one language by the calendar, those heard from last: nobody greets more people in a week."""
_COLUMNS = "p.id, p.name, p.language, p.birthday, p.name_day, p.last_at"
_FIXED = f"""
SELECT {_COLUMNS} FROM member p WHERE p.merged_into IS NULL AND NOT p.do_not_contact
  AND (p.birthday IN (SELECT value FROM json_each(:days)) OR p.name_day IN (SELECT value FROM json_each(:days)))
"""
_CALLED = f"""
SELECT {_COLUMNS} FROM member_index f CROSS JOIN member p ON p.id = f.rowid
WHERE f.member_index MATCH :names AND p.merged_into IS NULL AND NOT p.do_not_contact AND p.language = :language
  AND p.name_day = '' AND p.last_at >= :since ORDER BY p.last_at DESC LIMIT :most
"""
_GREETED = """
SELECT 1 FROM identity i JOIN conversation c ON c.identity_id = i.id
JOIN message m ON m.conversation_id = c.id AND m.out AND m.id >= :since / 60 * 32
WHERE i.member_id = :member AND m.at >= :since LIMIT 1
"""
"""Whether we wrote to a member since a time; no id is below the first of its minute (docs/decisions/0001)."""


class Coming(NamedTuple):
    """A day of a member's that comes soon. `kind` is "birthday" or "name_day", `name` the name that has the day."""

    member_id: int
    member: str
    kind: str
    day: date
    name: str = ""


def name_day_of(name: str, language: str, kept: str, year: int) -> NameDay | None:
    """The name day of a member in a year; None where they keep none, or none is known.

    `kept` is the column `name_day`: MM-DD, "none", or "" for what the calendar says.
    """
    if kept == NO_NAME_DAY:
        return None
    if kept:
        return NameDay("", in_year(kept, year), ())
    return name_day(given_name(name, language), language, year)


def coming(conn: Connection, today: date, ahead: int = AHEAD_DAYS) -> list[Coming]:
    """Whose birthday or name day is today or in the days after it, `ahead` in all; the soonest first.

    Whoever was written to today is left out of today's.
    """
    days = [today + timedelta(days=number) for number in range(ahead)]
    found: dict[tuple[int, str], Coming] = {}
    for row in _rows(conn, days):
        for one in _of(*row, days):
            found.setdefault((one.member_id, one.kind), one)
    begun = _midnight(today)
    left = [one for one in found.values() if one.day > today or not _was_greeted(conn, one.member_id, begun)]
    return sorted(left, key=lambda one: (one.day, one.kind, one.member_id))


def _rows(conn: Connection, days: list[date]) -> list[tuple[int, str, str, str, str]]:
    """Members who may have such a day: by the day that is kept, or by a name of the calendar."""
    kept = {f"{day:%m-%d}" for day in days}
    if any(day == in_year("02-29", day.year) for day in days):
        kept.add("02-29")
    rows = conn.execute(_FIXED, {"days": json.dumps(sorted(kept))}).fetchall()
    since = _midnight(days[0]) - _HEARD_DAYS * _DAY_SECONDS
    spoken = {row["language"] for row in conn.execute("SELECT DISTINCT language FROM member")}
    for language in spoken.intersection(LANGUAGES):  # a calendar takes a megabyte and 15 ms
        names = sorted(frozenset[str]().union(*(spelled_on(day, language) for day in days)))
        asked = " OR ".join(f'"{name}"' for name in names if name.isalpha())
        if asked:
            rows += conn.execute(
                _CALLED, {"names": asked, "language": language, "since": since, "most": _MOST_CALLED}
            ).fetchall()
    return [tuple(row)[:5] for row in rows]


def _of(number: int, name: str, language: str, birthday: str, kept: str, days: list[date]) -> list[Coming]:
    found = []
    if birthday and (day := next_on(birthday, days[0])) <= days[-1]:
        found.append(Coming(number, name, "birthday", day))
    for year in dict.fromkeys(day.year for day in days):
        named = name_day_of(name, language, kept, year)
        if named is not None and days[0] <= named.day <= days[-1]:
            found.append(Coming(number, name, "name_day", named.day, named.name))
    return found


def _midnight(day: date) -> int:
    return clock.at_local(datetime.combine(day, time()))


def _was_greeted(conn: Connection, member: int, since: int) -> bool:
    return conn.execute(_GREETED, {"member": member, "since": since}).fetchone() is not None
