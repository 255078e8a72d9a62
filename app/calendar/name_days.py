"""Name days by the calendars of Czechia, Hungary and Greece. Pure: three tables in resources/name_days, and rules.

Facts, each held against two published lists: for Czech namedays-cs and Memento Calendar, for Hungarian the list of the
Magyar Elektronikus Könyvtár and Memento Calendar, for Greek greek-namedays-api and Memento Calendar. Where a name is in
the calendar several times, the day that most of its bearers keep comes first. In Greece, days that hang on Easter move
with it, and Saint George and Saint Mark, when they fall in Lent, are kept after it. In Hungary, the names of 24 to 28
February are a day later in leap years. Icelanders and the English keep no name days.
"""

from __future__ import annotations

from calendar import isleap
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from app.base import resources
from app.base.name_forms import names_of
from app.base.scripts import GREEK, in_latin
from app.base.text import fold
from app.calendar.holidays import orthodox_easter

LANGUAGES = ("cs", "hu", "el")
"""Languages whose speakers keep name days by a calendar that we have."""
_FEBRUARY, _LEAP_DAY, _DAYS_OF_A_LEAP_FEBRUARY = 2, 24, 29
_SUNDAY = 6


class NameDay(NamedTuple):
    """The day of a name in some year: the name as the calendar has it, the day, and its other days in that year."""

    name: str
    day: date
    others: tuple[date, ...]


class _Line(NamedTuple):
    """A line of a calendar: the rules of its days, and its names as they are written."""

    rules: tuple[str, ...]
    names: str

    def written(self, folded: str) -> str:
        """One of its names as it is written."""
        return next(name for name in self.names.split() if fold(name) == folded)


class _Calendar(NamedTuple):
    """Lines by folded name, and names by folded everyday form; it stays loaded, so nothing is in it twice."""

    lines: dict[str, _Line]
    everyday: dict[str, str]


@cache
def _calendar(language: str) -> _Calendar:
    lines: dict[str, _Line] = {}
    everyday: dict[str, str] = {}
    latin: dict[str, set[str]] = defaultdict(set)
    for line in (resources.ROOT / "name_days" / f"{language}.txt").read_text("utf-8").splitlines():
        days, _, names = line.partition("\t")
        if days.startswith("#"):
            continue
        if days == "=":
            full, *short = names.split()
            everyday |= dict.fromkeys(map(fold, short), fold(full))
            continue
        of_names = _Line(tuple(days.split()), names)
        for name in names.split():
            key = fold(name)
            lines.setdefault(key, of_names)
            if GREEK.search(name):
                latin[fold(in_latin(name))].add(key)
    everyday |= {spelled: next(iter(keys)) for spelled, keys in latin.items() if len(keys) == 1}
    return _Calendar(lines, everyday)


@lru_cache(maxsize=4096)
def name_day(given: str, language: str, year: int) -> NameDay | None:
    """The name day of a given name (one word, in any of its forms) in a year; None where none is known.

    `language` is the code of its bearer's language. Everyday forms count as the name (Honza is Jan, Kati is Katalin),
    and so do forms that a sentence gives it (Petře, Γιώργου), unless they may be those of two names with two days.
    """
    if language not in LANGUAGES:
        return None
    calendar = _calendar(language)
    name = _known(fold(given.strip()), calendar)
    if name is None:
        return None
    days = [_on(rule, year, language) for rule in calendar.lines[name].rules]
    return NameDay(calendar.lines[name].written(name), days[0], tuple(sorted({*days[1:]} - {days[0]})))


def is_in_calendar(name: str, language: str) -> bool:
    """Whether a word is a name of the language's calendar as it stands there, accents and case aside."""
    return language in LANGUAGES and fold(name) in _calendar(language).lines


def everyday_forms(language: str) -> Mapping[str, str]:
    """The everyday forms that the calendar has for its names, folded, with the name of each: {"kati": "katalin"}."""
    return _calendar(language).everyday if language in LANGUAGES else {}


def names_on(day: date, language: str) -> tuple[str, ...]:
    """The names whose main day this is, as the calendar has them; none for a language without name days."""
    if language not in LANGUAGES:
        return ()
    calendar, fixed = _calendar(language), f"{day:%m-%d}"
    return tuple(
        line.written(name)
        for name, line in calendar.lines.items()
        if (line.rules[0] == fixed if _is_fixed(line.rules[0]) else _on(line.rules[0], day.year, language) == day)
    )


@lru_cache(maxsize=32)
def spelled_on(day: date, language: str) -> frozenset[str]:
    """The folded words by which somebody who keeps that day may be called: its names with their everyday forms.

    Remembered for the days of a week: Today asks for the same ones at every look, and each takes 3 ms.
    """
    named = {fold(name) for name in names_on(day, language)}
    short = (_calendar(language).everyday if named else {}).items()
    return frozenset(named) | {form for form, name in short if name in named}


def _known(folded: str, calendar: _Calendar) -> str | None:
    """The calendar's name for a folded word: itself, the name it is short for, or the only one that it is a form of.

    Of two, it is the one whose vocative it is: in Czech, Petře calls Petr and Petro calls Petra.
    """
    if folded in calendar.lines:
        return folded
    if folded in calendar.everyday:
        return calendar.everyday[folded]
    found = {
        calendar.everyday.get(name, name)
        for name in names_of(folded)
        if name in calendar.lines or name in calendar.everyday
    }
    called = {name for name in found if name.endswith("a") == folded.endswith("o")}
    for names in (found, called):
        if len({calendar.lines[name].rules for name in names}) == 1:
            return min(names)
    return None


def _is_fixed(rule: str) -> bool:
    """Whether a rule is one day of every year, MM-DD; most are. Days of February may move in leap years: see `_on`."""
    return len(rule) == len("MM-DD") and rule[0].isdigit() and not rule.startswith(f"{_FEBRUARY:02}-")


def _on(rule: str, year: int, language: str) -> date:
    """The day of a rule in a year: MM-DD, O and days from Orthodox Easter, the later of two, or a Sunday from a day."""
    if "|" in rule:
        return max(_on(one, year, language) for one in rule.split("|"))
    if rule.startswith("O"):
        return orthodox_easter(year) + timedelta(days=int(rule[1:]))
    weekday, _, fixed = rule.rpartition(">=")
    month, number = map(int, fixed.split("-"))
    if (month, number) == (_FEBRUARY, _DAYS_OF_A_LEAP_FEBRUARY) and not isleap(year):
        number -= 1
    day = date(year, month, number)
    if weekday:
        return day + timedelta(days=(_SUNDAY - day.weekday()) % 7)
    is_later = language == "hu" and month == _FEBRUARY and number >= _LEAP_DAY and isleap(year)
    return day + timedelta(days=is_later)
