"""Members' days of the year for a calendar: birthdays, and name days, which may move from year to year.

Who asked not to be written to is not among those to greet.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.base import ids
from app.calendar.name_days import LANGUAGES, name_day
from app.contacts.calendar_writing import Entry, birthday_title, name_day_title, once, yearly
from app.members.facts import NO_NAME_DAY
from app.members.sorting import given_name
from app.store.sqlite import Connection

YEARS = 5
"""So many years of a name day that moves are written."""
_LEAP_YEAR = 2000
_DAYS = "SELECT id, name, language, birthday, name_day, created_at FROM member"
_DAYS += " WHERE merged_into IS NULL AND NOT do_not_contact ORDER BY id"


def birthdays(conn: Connection, wanted: frozenset[int] | None, year: int) -> Iterator[Entry]:
    """The birthdays that are known, as yearly entries from `year` on; of these members, or of all."""
    for row in conn.execute(_DAYS).fetchall():
        if row["birthday"] and (wanted is None or row["id"] in wanted):
            mark = f"birthday {ids.display(ids.MEMBER, row['id'])}"
            yield yearly(mark, row["created_at"], birthday_title(row["name"]), row["birthday"], year)


def name_days(conn: Connection, wanted: frozenset[int] | None, year: int) -> Iterator[Entry]:
    """Their name days: yearly, or one entry for each of YEARS where the day moves."""
    for row in conn.execute(_DAYS).fetchall():
        if wanted is not None and row["id"] not in wanted:
            continue
        mark, title = f"name day {ids.display(ids.MEMBER, row['id'])}", name_day_title(row["name"])
        days = _name_days(row["name"], row["language"], row["name_day"], year)
        if days and len({f"{day:%m-%d}" for day in days}) == 1:
            yield yearly(mark, row["created_at"], title, f"{days[0]:%m-%d}", year)
        else:
            for day in days:
                yield once(f"{mark} {day.year}", row["created_at"], title, day)


def _name_days(name: str, language: str, by_hand: str, year: int) -> list[date]:
    """The day in each of YEARS; [] where none is known, or they keep none."""
    if by_hand == NO_NAME_DAY:
        return []
    if by_hand:
        month, day = map(int, by_hand.split("-"))
        return [date(_LEAP_YEAR, month, day)]
    given = given_name(name, language) if language in LANGUAGES else ""
    found = [name_day(given, language, year + more) for more in range(YEARS)] if given else []
    return [one.day for one in found if one is not None]
