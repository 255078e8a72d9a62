"""Birthdays as address books write them, as MM-DD; which of day, month and year comes first is asked, never guessed.

Forms: ISO 8601 (`1980-02-29`, `19800229`), vCard without a year (`--0229`, RFC 6350 4.3.1; `--02-29`, Google's table;
Apple's year 1604), figures with `/`, `-`, `.` or spaces between them, and the month by its name. Where dots stand
between them and the year is last, the day is first: no locale of CLDR writes a month there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from app.base.months import MONTHS
from app.base.text import fold, visible
from app.base.words import N_

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "dmy", "mdy", "ymd"
ORDERS = {DAY_FIRST: N_("Day first"), MONTH_FIRST: N_("Month first"), YEAR_FIRST: N_("Year first")}
"""The orders that can be meant, as they are asked about."""
_LEAP_YEAR = 2000  # 29 February is a birthday
_NOTHING = re.compile(r"[0\s./:TZ-]*")  # Outlook writes 0/0/00 where there is none
_CERTAIN = re.compile(
    r"(?:\d{4}-(\d{2})-(\d{2})|\d{4}(\d{2})(\d{2})|--(\d{2})-?(\d{2})|\d{4}([/.])(\d{1,2})\7(\d{1,2})\.?)"
    r"(?:[T ]\d{2}:?\d{2}.{0,20})?"
)
_FIGURES = re.compile(r"(\d{1,4})\s?([./ -])\s?(\d{1,2})(?:\s?\2\s?(\d{1,4}))?\s?\.?(?: \d{1,2}:\d{2}.{0,10})?")
_TOKENS = re.compile(r"\d+|[^\W\d_]+")
_MAX_CHARS, _YEAR_DIGITS, _LAST_DAY = 40, 4, 31


class NoBirthdayError(ValueError):
    """The text is no day of a year, or not in that order."""


class Order(NamedTuple):
    """The order of a column's birthdays: one of ORDERS, "" where any reads it; not `sure` where it is to be asked.

    `example` is then one that could be two days, or the first where none could but no order reads them all.
    """

    order: str
    sure: bool
    example: str = ""


def day_of(written: str, order: str = "") -> str:
    """The birthday as MM-DD; "" where the text says that there is none. Raises NoBirthdayError.

    `order` is one of ORDERS; without one, only what can be read in one way is read.
    """
    text = " ".join(visible(written).split())
    if _NOTHING.fullmatch(text):
        return ""
    if len(text) > _MAX_CHARS:
        raise NoBirthdayError(written)
    found = _readings(text)
    if order in found:
        return found[order]
    days = set(found.values()) if not order else {found[""]} if "" in found else set()
    if len(days) != 1:
        raise NoBirthdayError(written)
    return days.pop()


def order_of(values: Iterable[str]) -> Order:
    """In which order a column's birthdays are: sure if no other reads them all, or all orders say the same."""
    reads: Counter[str] = Counter()
    total, example, first, differ = 0, "", "", False
    for value in values:
        text = " ".join(visible(value).split())[: _MAX_CHARS + 1]
        found = _readings(text) if not _NOTHING.fullmatch(text) else {}
        if not found or "" in found:
            continue
        total += 1
        first = first or text
        reads.update(found.keys())
        if len(set(found.values())) > 1:
            differ = True
            example = example or text
    if not total:
        return Order("", sure=True)
    whole = [order for order in ORDERS if reads[order] == total]
    if len(whole) == 1 or (whole and not differ):
        return Order(whole[0], sure=True)
    best = max(ORDERS, key=lambda order: reads[order])
    sure = not whole and not differ and list(reads.values()).count(reads[best]) == 1
    return Order(best, sure=sure, example=example or first)


def _readings(text: str) -> dict[str, str]:
    """What a text can mean: MM-DD by order; under "" what is the same in any. {} if it is no day."""
    certain = _CERTAIN.fullmatch(text)
    if certain:
        month, day = (part for part in certain.groups() if part and part not in "/.")
        return _under("", int(month), int(day))
    figures = _FIGURES.fullmatch(text)
    if figures is None:
        return _with_month_name(text)
    return _in_figures(*figures.groups())


def _in_figures(first: str, mark: str, second: str, third: str | None) -> dict[str, str]:
    one, two = int(first), int(second)
    if third is None:
        return _under(DAY_FIRST, two, one) | _under(MONTH_FIRST, one, two) | _under(YEAR_FIRST, one, two)
    if len(first) == _YEAR_DIGITS:
        return _under("", two, int(third))
    if mark == "." and len(third) == _YEAR_DIGITS:
        return _under("", two, one)
    short = _under(YEAR_FIRST, two, int(third)) if len(third) <= 2 else {}  # noqa: PLR2004  80-03-05
    return _under(DAY_FIRST, two, one) | _under(MONTH_FIRST, one, two) | short


def _under(order: str, month: int, day: int) -> dict[str, str]:
    try:
        return {order: f"{date(_LEAP_YEAR, month, day):%m-%d}"}
    except ValueError:
        return {}


def _with_month_name(text: str) -> dict[str, str]:
    tokens = _TOKENS.findall(fold(text))
    months = [MONTHS[token] for token in tokens if token in MONTHS]
    days = [int(token) for token in tokens if token.isdecimal() and len(token) <= 2 and int(token) <= _LAST_DAY]  # noqa: PLR2004
    return _under("", months[0], days[0]) if len(months) == 1 and days else {}
