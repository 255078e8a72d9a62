"""The day in what was typed: "friday week", "za 3 dny", "jövő kedden", "11. des.", "end of the month". Pure."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from app.calendar.tokens import Pieces
from app.calendar.words import Token

SATURDAY, _WEEK, _MONTHS, _DAYS = 5, 7, 12, 31
_LAST_YEAR = 2199
_SECONDS = {"h": 3_600, "n": 60}
_LEAP_SPAN = 9
"""Years within which each day of a year comes again, the 29th of February too."""


class Day(NamedTuple):
    """A day, the other one that may be meant, seconds from now where hours were said; kind: block, weekday or ""."""

    day: date
    other: date | None = None
    seconds: int | None = None
    kind: str = ""


class Days:
    """Reads the day from the local `now` on; with `back`, what names no year or week is the latest that has begun."""

    def __init__(self, now: datetime, *, back: bool = False) -> None:
        """Begin at this time."""
        self._today, self._back = now.date(), back
        self._patterns: tuple[tuple[str, Callable[[list[Token]], Day]], ...] = (
            ("G", self._whole),
            ("[NO]MY?|Y?M[NO]Y?", self._by_month),
            ("gY?|O[ON]Y?", self._by_figures),
            ("[XZ]UT?W?|WT?[XZ]U|UXT?W?", self._next_unit),
            ("A?I?NUA?L?T?W?|I?UAL?|[AI]U|UL", self._span),
            ("X?B", self._block),
            ("X?S", self._working),
            ("F", self._month_end),
            ("D", self._relative),
            ("Z(?=P)", self._this_part),
            ("WO(?!M)", self._weekday_nth),
            ("[XZ]*[WE][XZU]?|UW", self._weekday),
            ("O", self._nth),
        )

    def in_(self, pieces: Pieces) -> Day | None:
        """The day that is named; it is taken from the pieces. Raises ValueError for one that no calendar has."""
        for pattern, meaning in self._patterns:
            taken = pieces.take(pattern)
            if taken:
                found = meaning(taken)
                if found.day.year > _LAST_YEAR:
                    raise ValueError(found.day.year)
                return found
        return None

    def bare(self, pieces: Pieces) -> Day | None:
        """A number alone that is no hour: a day of the month."""
        taken = pieces.take("T?N")
        return self._nth(taken) if taken else None

    def working(self) -> date:
        """The next working day after today, Monday to Friday."""
        day = self._today + timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
        return day

    def _whole(self, taken: list[Token]) -> Day:
        return Day(date.fromordinal(taken[0].number))

    def _by_month(self, taken: list[Token]) -> Day:
        month = next(token.number for token in taken if token.kind == "M")
        day = next(token.number for token in taken if token.kind in "NO")
        year = next((token.number for token in taken if token.kind == "Y"), None)
        return Day(date(year, month, day) if year else self._nearest(month, day))

    def _by_figures(self, taken: list[Token]) -> Day:
        if taken[0].kind == "g":
            month, day = divmod(taken[0].number, 100)
        else:
            day, month = taken[0].number, taken[1].number
            if month > _MONTHS:
                day, month = month, day
        year = next((token.number for token in taken if token.kind == "Y"), None)
        return Day(date(year, month, day) if year else self._nearest(month, day))

    def _nearest(self, month: int, day: int) -> date:
        """The next such day of the year, or the latest; the 29th of February is in a leap year."""
        step = -1 if self._back else 1
        for year in range(self._today.year, self._today.year + step * _LEAP_SPAN, step):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if (found - self._today).days * step >= 0:
                return found
        raise ValueError(day)

    def _nth(self, taken: list[Token]) -> Day:
        """The next such day of a month, or the latest: the 31st is in a month that has one."""
        day, step = taken[-1].number, -1 if self._back else 1
        for away in range(0, step * _MONTHS, step):
            month = _first_of(self._today, away)
            if 1 <= day <= _length(month) and (month.replace(day=day) - self._today).days * step >= 0:
                return Day(month.replace(day=day))
        raise ValueError(day)

    def _span(self, taken: list[Token]) -> Day:
        kinds = {token.kind for token in taken}
        unit, unit_word = next((token.value, token.word.casefold()) for token in taken if token.kind == "U")
        if "N" not in kinds and unit_word.endswith("s") and unit_word.isascii():
            raise ValueError(unit_word)  # "in days"
        count = next((token.number for token in taken if token.kind == "N"), 1) * (-1 if "A" in kinds else 1)
        if unit in _SECONDS:
            return Day(self._today, seconds=count * _SECONDS[unit])
        found = self._away(count, unit)
        weekday = next((token.number for token in taken if token.kind == "W"), None)
        return Day(found if weekday is None else _monday(found) + timedelta(days=weekday))

    def _away(self, count: int, unit: str) -> date:
        if unit in "dwf":
            return self._today + timedelta(days=count * {"d": 1, "w": _WEEK, "f": 2 * _WEEK}[unit])
        first = _first_of(self._today, count * (_MONTHS if unit == "y" else 1))
        return first.replace(day=min(self._today.day, _length(first)))

    def _next_unit(self, taken: list[Token]) -> Day:
        """Next week is its Monday, next month its first day; a weekday beside it is in that week."""
        which = next(token for token in taken if token.kind in "XZ")
        unit = next(token.value for token in taken if token.kind == "U")
        away = {"X": -1 if which.value == "last" else 1, "Z": 0}[which.kind]
        weekday = next((token.number for token in taken if token.kind == "W"), 0)
        if unit == "w":
            return Day(_monday(self._today) + timedelta(days=_WEEK * away + weekday))
        if unit == "m":
            return Day(_first_of(self._today, away))
        if unit == "y":
            return Day(date(self._today.year + away, 1, 1))
        raise ValueError(unit)

    def _block(self, _taken: list[Token]) -> Day:
        return Day(self._today, kind="block")

    def _working(self, _taken: list[Token]) -> Day:
        return Day(self.working())

    def _month_end(self, _taken: list[Token]) -> Day:
        return Day(self._today.replace(day=_length(self._today)))

    def _relative(self, taken: list[Token]) -> Day:
        return Day(self._today + timedelta(days=taken[0].number))

    def _this_part(self, _taken: list[Token]) -> Day:
        return Day(self._today)

    def _weekday(self, taken: list[Token]) -> Day:
        number = next(SATURDAY if token.kind == "E" else token.number for token in taken if token.kind in "WE")
        which = next((token for token in taken if token.kind in "XU"), None)
        coming = self._today + timedelta(days=(number - self._today.weekday()) % _WEEK or _WEEK)
        latest = self._today - timedelta(days=(self._today.weekday() - number) % _WEEK or _WEEK)
        in_next_week = _monday(self._today) + timedelta(days=_WEEK + number)
        if which is None:
            plain = not any(token.kind == "Z" for token in taken)
            return Day(latest if self._back and plain else coming, kind="weekday" if plain and not self._back else "")
        if which.kind == "U":  # friday week
            if which.value != "w":
                raise ValueError(which.word)
            return Day(coming + timedelta(days=_WEEK))
        if which.value == "last":
            return Day(latest)
        if which.value == "other":
            return Day(in_next_week, in_next_week + timedelta(days=_WEEK) if coming == in_next_week else None)
        return Day(in_next_week, coming if which.value == "ask" and coming != in_next_week else None)

    def _weekday_nth(self, taken: list[Token]) -> Day:
        """The next day of a month that is such a weekday: "mon 7th"."""
        step = -1 if self._back else 1
        for away in range(0, step * _MONTHS, step):
            month = _first_of(self._today, away)
            if not 1 <= taken[1].number <= _length(month):
                continue
            found = month.replace(day=taken[1].number)
            if found.weekday() == taken[0].number and (found - self._today).days * step >= 0:
                return Day(found)
        raise ValueError(taken[1].number)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _first_of(day: date, months_away: int) -> date:
    years, month = divmod(day.year * _MONTHS + day.month - 1 + months_away, _MONTHS)
    return date(years, month + 1, 1)


def _length(month: date) -> int:
    return calendar.monthrange(month.year, month.month)[1]
