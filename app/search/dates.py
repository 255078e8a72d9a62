"""Days as people write them in a search: 2026-05-01, 1.5.2026, 1 May, may, 2026, "last week", yesterday, monday. Pure.

A date in figures is day, month, year, as our languages write it. What names no year means the latest such time that has
begun. A week begins on Monday (ISO 8601).
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from app.base.months import MONTHS
from app.base.text import fold
from app.base.words import N_, tr

_ISO = re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?")
_FIGURES = re.compile(r"(\d{1,2})[./-] ?(\d{1,2})[./-]? ?(\d{4}|\d{2})?")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_AGO = re.compile(r"(?:last )?(\d{1,4}) ?(d|days?|w|weeks?|m|months?|y|years?)(?: ago)?")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_TITLES = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_CENTURY, _DECEMBER = 2000, 12


class Days(NamedTuple):
    """From the first day to the day behind the last one."""

    first: date
    end: date


def days(typed: str, today: date) -> Days | None:
    """The days that are meant; None if it is no time, or one that no calendar has."""
    words = " ".join(fold(typed).replace("_", " ").split())
    for read in (_relative, _by_figures, _by_name):
        try:
            found = read(words, today)
        except (ValueError, OverflowError):  # the 31st of June, or a year that `date` has not
            return None
        if found is not None:
            return found
    return _as_typed_elsewhere(typed, today)


def _as_typed_elsewhere(typed: str, today: date) -> Days | None:
    """A day in words of the five languages, as in every field for a date: "včera", "v pátek", "3 napja"."""
    from app.calendar.typed import Now, read_at  # noqa: PLC0415  once one looks for a day in such words

    noon = datetime.combine(today, time(12)).astimezone()
    found = read_at(typed.replace("_", " "), Now(int(noon.timestamp()), back=True))
    plain = found is not None and found.hour is None and found.other is None and not found.unread
    return _day(found.day) if found is not None and plain and found.day <= today else None


def _day(first: date) -> Days:
    return Days(first, first + timedelta(days=1))


def _month(year: int, month: int) -> Days:
    return Days(date(year, month, 1), date(year + month // _DECEMBER, month % _DECEMBER + 1, 1))


def _year(year: int) -> Days:
    return Days(date(year, 1, 1), date(year + 1, 1, 1))


def _relative(words: str, today: date) -> Days | None:
    monday = today - timedelta(days=today.weekday())
    this_month, this_year = _month(today.year, today.month), _year(today.year)
    last_month = this_month.first - timedelta(days=1)
    known = {
        N_("today"): _day(today),
        N_("yesterday"): _day(today - timedelta(days=1)),
        N_("this week"): Days(monday, monday + timedelta(days=7)),
        N_("last week"): Days(monday - timedelta(days=7), monday),
        N_("this month"): this_month,
        N_("last month"): _month(last_month.year, last_month.month),
        N_("this year"): this_year,
        N_("last year"): _year(today.year - 1),
    }
    known |= {fold(tr(name)): found for name, found in known.items()}
    if words in known:
        return known[words]
    if words.removeprefix("last ") in _WEEKDAYS:
        back = (today.weekday() - _WEEKDAYS.index(words.removeprefix("last "))) % 7 or 7
        return _day(today - timedelta(days=back))
    ago = _AGO.fullmatch(words)
    return None if ago is None else _day(_back(today, int(ago[1]), ago[2][0]))


def _back(today: date, count: int, unit: str) -> date:
    if unit in "dw":
        return today - timedelta(days=count * (7 if unit == "w" else 1))
    months = today.year * _DECEMBER + today.month - 1 - count * (_DECEMBER if unit == "y" else 1)
    found = _month(months // _DECEMBER, months % _DECEMBER + 1)
    return min(found.first.replace(day=1) + timedelta(days=today.day - 1), found.end - timedelta(days=1))


def _by_figures(words: str, today: date) -> Days | None:
    if _YEAR.fullmatch(words):
        return _year(int(words))
    iso = _ISO.fullmatch(words)
    if iso:
        year, month = int(iso[1]), int(iso[2])
        return _day(date(year, month, int(iso[3]))) if iso[3] else _month(year, month)
    figures = _FIGURES.fullmatch(words)
    if figures is None:
        return None
    day, month = int(figures[1]), int(figures[2])
    if figures[3]:
        year = int(figures[3])
        return _day(date(year if year > _CENTURY // 20 else _CENTURY + year, month, day))
    return _day(_latest(month, day, today))


def _latest(month: int, day: int, today: date) -> date:
    """The latest such day that is not to come; the 29th of February is in a leap year."""
    for year in range(today.year, today.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    return date(today.year, month, day)


def _by_name(words: str, today: date) -> Days | None:
    pieces = words.replace(",", " ").split()
    months = [piece for piece in pieces if piece.rstrip(".") in MONTHS]
    if len(months) != 1:
        return None
    month = MONTHS[months[0].rstrip(".")]
    figures = [piece.rstrip(".") for piece in pieces if piece != months[0]]
    years = [int(piece) for piece in figures if _YEAR.fullmatch(piece)]
    others = [int(piece) for piece in figures if piece.isdecimal() and not _YEAR.fullmatch(piece)]
    if len(years) > 1 or len(others) > 1 or len(years) + len(others) != len(figures):
        return None
    if others:
        return _day(date(years[0], month, others[0]) if years else _latest(month, others[0], today))
    return _month(years[0] if years else today.year - (month > today.month), month)


def in_words(day: date) -> str:
    """The day with the month's name: 1 May 2026."""
    return tr("{day} {month} {year}").format(day=day.day, month=tr(_MONTH_TITLES[day.month - 1]), year=day.year)
