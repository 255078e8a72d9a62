"""Dates that teammates type, in the forms of their countries, and what a spreadsheet makes of them. Pure.

4.12.2026 and 4. 12. (Czech, Icelandic), 2026. 12. 04. (Hungarian), 04/12/2026 (Greek, British), 12/4/2026 (American),
2026-12-04, with the month's name, and the number of days that a spreadsheet counts. With strokes, day and month cannot
be told apart unless one is above 12 or another date of the same column settles it: then both readings are offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta

from app.base.months import MONTHS
from app.base.text import fold

DAY_FIRST, MONTH_FIRST = "day first", "month first"
_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets."""
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""The years 2000 to 2099."""
_TIME = re.compile(
    r"(?<![T ,])[T ,]{1,3}\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d{1,9})? ?(?:[ap]\.?m\.?|π\.?μ\.?|μ\.?μ\.?|Z)? ?$",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})\.?")
_BASIC = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*([-./])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{2})\.?")
_NO_YEAR = re.compile(r"(\d{1,2})\s*([./])\s*(\d{1,2})\.?")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_ENDINGS = frozenset(
    (
        "st",
        "nd",
        "rd",
        "th",
        "an",
        "en",
        "i",
        "ig",
        "jen",
        "jan",
        "of",
        "a",
        "de",
        "den",
        "dne",
        "thann",
        "της",
        "του",
        "η",
        "ης",
    )
)
_MONTH_MAX, _DAY_MAX = 12, 31


def order_of(typed: Iterable[str]) -> str:
    """The order of day and month that the dates of one column settle; "" if none does, or they disagree."""
    found = set()
    for text in typed:
        match = _YEAR_LAST.fullmatch(_bare(text)) if text else None
        if match is None or match[2] == ".":
            continue
        first, second = int(match[1]), int(match[3])
        if first > _MONTH_MAX >= second:
            found.add(DAY_FIRST)
        elif second > _MONTH_MAX >= first:
            found.add(MONTH_FIRST)
    return found.pop() if len(found) == 1 else ""


def read(typed: str, today: date, order: str = "") -> list[date]:
    """The days that a cell may mean: one where it is certain, two where it must be asked, none where it is no date.

    A date without a year is the one nearest to `today`. `order` is what the column settles.
    """
    text = _bare(typed)
    with suppress(ValueError):
        return _read(text, today, order)
    return []


def _bare(typed: str) -> str:
    return _TIME.sub("", " ".join(typed.split()))


def _read(text: str, today: date, order: str) -> list[date]:
    if match := _YEAR_FIRST.fullmatch(text) or _BASIC.fullmatch(text):
        return [date(*map(int, match.groups()))]
    if match := _YEAR_LAST.fullmatch(text):
        year = int(match[4]) if len(match[4]) > 2 else 2000 + int(match[4])  # noqa: PLR2004  two figures of a year
        return _either(int(match[1]), int(match[3]), year, DAY_FIRST if match[2] == "." else order)
    if match := _NO_YEAR.fullmatch(text):
        days = _either(int(match[1]), int(match[3]), 2000, DAY_FIRST if match[2] == "." else order)
        return [_nearest(day.month, day.day, today) for day in days]
    if _SERIAL.fullmatch(text):
        number = int(text[:5])
        return [_EPOCH + timedelta(days=number)] if _FIRST_SERIAL <= number <= _LAST_SERIAL else []
    return _named(text, today)


def _either(first: int, second: int, year: int, order: str) -> list[date]:
    """The day where its order is known or only one is a date; else both, the day first."""
    days = []
    for day, month, which in ((first, second, DAY_FIRST), (second, first, MONTH_FIRST)):
        if order in ("", which):
            with suppress(ValueError):
                days.append(date(year, month, day))
    return list(dict.fromkeys(days))


def _named(text: str, today: date) -> list[date]:
    """A day with the name of its month, in any order, and nothing else beside them."""
    day = month = year = None
    for piece in _PIECES.findall(text):
        folded = fold(piece)
        if piece.isdigit():
            number = int(piece)
            if len(piece) == 4 and year is None:  # noqa: PLR2004  figures of a year
                year = number
            elif len(piece) <= 2 and 1 <= number <= _DAY_MAX and day is None:  # noqa: PLR2004  figures of a day
                day = number
            else:
                return []
        elif folded in MONTHS and month is None:
            month = MONTHS[folded]
        elif folded not in _ENDINGS:
            return []
    if day is None or month is None:
        return []
    return [_nearest(month, day, today) if year is None else date(year, month, day)]


def _nearest(month: int, day: int, today: date) -> date:
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        with suppress(ValueError):
            found.append(date(year, month, day))
    if not found:
        raise ValueError(day)
    return min(found, key=lambda one: abs(one - today))
