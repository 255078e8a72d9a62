"""What a phone's calendar takes (.ics): birthdays, name days, promises, working blocks. RFC 5545, by `icalendar`.

Each entry has the same UID every time, and a higher SEQUENCE, so that a calendar that takes the file again changes its
entries and makes no second ones. Days have no hour; the hours of blocks are those of the clock wherever one is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from app.base.words import tr
from app.contacts.card_writing import uid

if TYPE_CHECKING:
    from icalendar import Event

_FEBRUARY, _LEAP_DAY = 2, 29
_DAY_MINUTES = 24 * 60
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SEQUENCE_FROM = 1_767_225_600  # 2026: minutes since then are the SEQUENCE, far below the 2^31 of RFC 5545


class Entry(NamedTuple):
    """One entry. `mark` and `made` tell it from all others, the same each time (see `uid`).

    Of whole days `begins` is a date, else a local time; `ends` is excluded. `rule` is the RRULE's parts by name.
    """

    mark: str
    made: int | str
    title: str
    begins: date | datetime
    ends: date | datetime
    rule: dict[str, str | int] = {}  # noqa: RUF012  never written to
    about: str = ""


def yearly(mark: str, made: int | str, title: str, month_day: str, year: int) -> Entry:
    """A day of every year (MM-DD), from `year` on; 29 February is the last of the month where there is none."""
    month, day = map(int, month_day.split("-"))
    if (month, day) == (_FEBRUARY, _LEAP_DAY):
        begins = date(year, 3, 1) - timedelta(days=1)
        return _whole_day(mark, made, title, begins)._replace(
            rule={"FREQ": "YEARLY", "BYMONTH": _FEBRUARY, "BYMONTHDAY": -1}
        )
    return _whole_day(mark, made, title, date(year, month, day))._replace(rule={"FREQ": "YEARLY"})


def once(mark: str, made: int | str, title: str, day: date, about: str = "") -> Entry:
    """A whole day."""
    return _whole_day(mark, made, title, day)._replace(about=about)


def weekly(mark: str, made: int | str, title: str, weekday: int, minutes: tuple[int, int], monday: date) -> Entry:
    """Some minutes (from, to, of a local day) of a weekday, from the week of `monday` on; Monday is 0."""
    day = datetime.combine(monday + timedelta(days=weekday), datetime.min.time())
    begins, ends = (day + timedelta(minutes=one) for one in minutes)
    return Entry(mark, made, title, begins, ends, {"FREQ": "WEEKLY", "BYDAY": _WEEKDAYS[weekday]})


def _whole_day(mark: str, made: int | str, title: str, day: date) -> Entry:
    return Entry(mark, made, title, day, day + timedelta(days=1))


def written(entries: Iterable[Entry], name: str, at: int) -> tuple[bytes, int]:
    """The file, and how many entries it has; `name` is the calendar's, `at` when it is written, in Unix seconds."""
    from icalendar import Calendar  # noqa: PLC0415  130 ms, and few sessions write one

    calendar = Calendar()
    for key, value in (("PRODID", "-//Rapport//EN"), ("VERSION", "2.0"), ("METHOD", "PUBLISH"), ("X-WR-CALNAME", name)):
        calendar.add(key, value)
    count = 0
    for event in _events(entries, at):
        calendar.add_component(event)
        count += 1
    content: bytes = calendar.to_ical()
    return content, count


def _events(entries: Iterable[Entry], at: int) -> Iterator[Event]:
    from icalendar import Event  # noqa: PLC0415  as above

    stamp = datetime.fromtimestamp(at, UTC)
    for entry in entries:
        event = Event()
        event.add("UID", uid(entry.mark, entry.made))
        event.add("DTSTAMP", stamp)
        event.add("LAST-MODIFIED", stamp)
        event.add("SEQUENCE", max(0, at - _SEQUENCE_FROM) // 60)
        event.add("SUMMARY", entry.title)
        event.add("DTSTART", entry.begins)
        event.add("DTEND", entry.ends)
        if entry.rule:
            event.add("RRULE", entry.rule)
        if entry.about:
            event.add("DESCRIPTION", entry.about)
        event.add("TRANSP", "OPAQUE" if isinstance(entry.begins, datetime) else "TRANSPARENT")
        event.add("CLASS", "PRIVATE")
        yield event


def birthday_title(name: str) -> str:
    """How a birthday is called."""
    return tr("{name}: birthday").format(name=name)


def name_day_title(name: str) -> str:
    """How a name day is called."""
    return tr("{name}: name day").format(name=name)
