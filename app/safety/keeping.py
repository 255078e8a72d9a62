"""Which of the backups that Rapport made by itself are kept. Pure.

All of today and yesterday, then the newest of each of the last 12 days that have one, of each of the 10 weeks before
them, and of each of the 9 months before those. Days, weeks and months without a backup count for nothing: who opens the
workbench twice a week keeps six weeks of days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import TypeVar

DAYS, WEEKS, MONTHS = 12, 10, 9
T = TypeVar("T")


def kept(copies: Iterable[T], day_of: Callable[[T], date], today: date) -> list[T]:
    """The copies that are kept, of copies given newest first; `day_of` says on which day one was made, in local time.

    A copy that the clock puts into the future counts as one of today.
    """
    recent, older = list[T](), list[T]()
    for copy in copies:
        (recent if day_of(copy) >= today - timedelta(days=1) else older).append(copy)
    found = recent
    for most, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        firsts, older = _first_of_each([(period(day_of(copy)), copy) for copy in older], most)
        found += firsts
    return found


def _first_of_each(copies: Iterable[tuple[object, T]], most: int) -> tuple[list[T], list[T]]:
    """The first copy of each of the first `most` periods, and the copies of the periods after those."""
    firsts = dict[object, T]()
    rest = list[T]()
    for of, copy in copies:
        if of in firsts:
            continue
        if len(firsts) < most:
            firsts[of] = copy
        else:
            rest.append(copy)
    return list(firsts.values()), rest


def _day(day: date) -> object:
    return day


def _week(day: date) -> object:
    return day.isocalendar()[:2]


def _month(day: date) -> object:
    return day.year, day.month
