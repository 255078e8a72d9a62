"""Public holidays of the countries that one can choose, by rules. Pure: no file and no network.

Each is what the law of 2026 says; a day that a government grants once, or moves by a yearly decree (Hungary's Saturdays
at work), is not known here. Half days, such as Christmas Eve in Iceland, are no free days. The rules were held against
the package `holidays` 0.109 for 2026 to 2036; that one cannot be installed beside the python-dateutil that we have.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_RULES = {
    "at": "01-01 01-06 E+1 05-01 E+39 E+50 E+60 08-15 10-26 11-01 12-08 12-25 12-26",
    "be": "01-01 E+1 05-01 E+39 E+50 07-21 08-15 11-01 11-11 12-25",
    "ch": "01-01 E+39 08-01 12-25",
    "cz": "01-01 E-2 E+1 05-01 05-08 07-05 07-06 09-28 10-28 11-17 12-24 12-25 12-26",
    "de": "01-01 E-2 E+1 05-01 E+39 E+50 10-03 12-25 12-26",
    "dk": "01-01 E-3 E-2 E+0 E+1 E+39 E+49 E+50 12-25 12-26",
    "es": "01-01 01-06 E-2 05-01 08-15 10-12 11-01 12-06 12-08 12-25",
    "fi": "01-01 01-06 E-2 E+0 E+1 05-01 E+39 E+49 fri>=06-19 sat>=06-20 sat>=10-31 12-06 12-24 12-25 12-26",
    "fr": "01-01 E+1 05-01 05-08 E+39 E+50 07-14 08-15 11-01 11-11 12-25",
    "gb": "01-01* E-2 E+1 mon>=05-01 mon>=05-25 mon>=08-25 12-25* 12-26*",
    "gr": "01-01 01-06 O-48 03-25 O-2 O+1 05-01^ O+50 08-15 10-28 12-25 12-26",
    "hu": "01-01 03-15 E-2 E+0 E+1 05-01 E+49 E+50 08-20 10-23 11-01 12-24 12-25 12-26",
    "ie": "01-01 02-01? 03-17 E+1 mon>=05-01 mon>=06-01 mon>=08-01 mon>=10-25 12-25 12-26",
    "is": "01-01 E-3 E-2 E+0 E+1 thu>=04-19 05-01 E+39 E+49 E+50 06-17 mon>=08-01 12-25 12-26",
    "it": "01-01 01-06 E+0 E+1 04-25 05-01 06-02 08-15 10-04 11-01 12-08 12-25 12-26",
    "nl": "01-01 E-2 E+0 E+1 04-27< E+39 E+49 E+50 12-25 12-26",
    "no": "01-01 E-3 E-2 E+0 E+1 05-01 05-17 E+39 E+49 E+50 12-25 12-26",
    "pl": "01-01 01-06 E+0 E+1 05-01 05-03 E+49 E+60 08-15 11-01 11-11 12-24 12-25 12-26",
    "pt": "01-01 E-2 E+0 04-25 05-01 E+60 06-10 08-15 10-05 11-01 12-01 12-08 12-25",
    "se": "01-01 01-06 E-2 E+0 E+1 05-01 E+39 E+49 06-06 sat>=06-20 sat>=10-31 12-25 12-26",
    "sk": "01-01 01-06 E-2 E+1 05-01 05-08@2027 07-05 08-29 09-15@2027 11-01 12-24 12-25 12-26",
    "us": "01-01~ mon>=01-15 mon>=02-15 mon>=05-25 06-19~ 07-04~ mon>=09-01 mon>=10-08 11-11~ thu>=11-22 12-25~",
}
"""A rule is a day of the year (`@` from this year on), days from Easter (E western, O Orthodox), or the first such
weekday from a day on. On a weekend `*` gives the next working day as well, `~` the nearest one; `<` on a Sunday is the
day before. `?` is Saint Brigid's: the first of February if that is a Friday, else the first Monday. `^` is May Day in
Greece, which gives the next working day as well on a Sunday and in Holy Week."""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
_HOLY_WEEK = 8
"""Days from Holy Monday to the Tuesday after Easter."""
_RULE = re.compile(
    r"(?:(?P<easter>[EO])(?P<away>[+-]\d+)|(?:(?P<weekday>\w{3})>=)?(?P<day>\d\d-\d\d)"
    r"(?P<moved>[*~<?^]?)(?:@(?P<since>\d{4}))?)"
)


def countries() -> tuple[str, ...]:
    """The codes of the countries whose holidays are known (ISO 3166, small letters), in their order."""
    return tuple(_RULES)


@lru_cache(maxsize=64)
def free_days(country: str, year: int) -> frozenset[date]:
    """The days of this year on which nobody has to work there: holidays and what stands in for one on a weekend.

    Those of the whole country, no state's or canton's own. None for a country that is not known, or "".
    """
    found: set[date] = set()
    for rule in _RULES.get(country.lower(), "").split():
        found |= _on(rule, year, found)
    if country.lower() == "us":  # the New Year's Day of the next year, when it is a Saturday
        found |= _on("01-01~", year + 1, found)
    return frozenset(day for day in found if day.year == year)


def _on(rule: str, year: int, taken: set[date]) -> set[date]:
    parts = _RULE.fullmatch(rule)
    assert parts is not None, rule  # noqa: S101  the table above is ours
    if parts["easter"]:
        easter = orthodox_easter(year) if parts["easter"] == "O" else western_easter(year)
        return {easter + timedelta(days=int(parts["away"]))}
    day = date.fromisoformat(f"{year:04}-{parts['day']}")
    if parts["weekday"]:
        return {_first(day, _DAYS.index(parts["weekday"]))}
    if year < int(parts["since"] or 0):
        return set()
    return _moved(day, parts["moved"], taken)


def _first(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


def _moved(day: date, how: str, taken: set[date]) -> set[date]:
    weekday = day.weekday()
    if how == "?":
        return {day if weekday == _FRIDAY else _first(day, 0)}
    if how == "<":
        return {day - timedelta(days=weekday == _SUNDAY)}
    if how == "~":
        return {day, day + timedelta(days={_SATURDAY: -1, _SUNDAY: 1}.get(weekday, 0))}
    if how == "^":
        after = orthodox_easter(day.year) + timedelta(days=2)
        holy = 0 < (after - day).days <= _HOLY_WEEK
        return {day, after if holy else day + timedelta(days=weekday == _SUNDAY)}
    return {day, _working(day, taken)} if how == "*" else {day}


def _working(day: date, taken: set[date]) -> date:
    """The first day from this one on that is no weekend, and that no holiday before in the list has."""
    while day.weekday() >= _SATURDAY or day in taken:
        day += timedelta(days=1)
    return day


def western_easter(year: int) -> date:
    """Easter Sunday by the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Orthodox churches as a Gregorian date, right from 1900 to 2099 (Meeus)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)
