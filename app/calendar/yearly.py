"""Days of a year without the year, and days of which only the month or year is known, as people type them. Pure.

A birthday is kept without its year, as MM-DD. The month may be a word of any of the languages of `app.base.months`, in
any case of the noun. Figures alone are read in the order that the writing says: year first, then the month; with dots
the day first, but in Hungarian the month; with strokes, nobody knows, so the order is asked for.
"""

from __future__ import annotations

import re
from datetime import date

from app.base.dates import MONTHS as MONTH_NAMES
from app.base.errors import UserError
from app.base.months import MONTHS
from app.base.text import fold
from app.base.words import tr

_PIECE = re.compile(r"\d+|[^\W\d_]+")
_STORED = re.compile(r"(?:--)?(\d\d)-(\d\d)")
_WHOLE = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SILENT = """
st nd rd th of the a an e i ig én án jén ján ei ki kor του της στις tou born f nar
"""
"""Words and endings beside a date that say nothing of it."""
_SAYS_NOTHING = frozenset(fold(word) for word in _SILENT.split())
_MAX_CHARS = 60
_MONTHS, _YEAR_DIGITS = 12, 4
_LEAP_YEAR = 2000


def day_of_year(typed: str, language: str = "") -> str:
    """The day of what was typed, as MM-DD, "" for blank; a year that stands beside it is left out.

    `language` is that of whoever writes. Raises UserError for what is no day, or may be two.
    """
    if not typed.strip():
        return ""
    _year, month, day = _taken_apart(typed, language)
    if month and day and _is_day(_LEAP_YEAR, month, day):
        return f"{month:02}-{day:02}"
    msg = tr("“{typed}” isn't a day of the year. Write it like 5 March.").format(typed=_short(typed))
    raise UserError(msg)


def part_of_date(typed: str, language: str = "") -> str:
    """The date of what was typed as YYYY-MM-DD, YYYY-MM or YYYY, as much as it says; "" for blank.

    Raises UserError for what is no date, or may be two.
    """
    if not typed.strip():
        return ""
    year, month, day = _taken_apart(typed, language, least=1)
    if year and (not day or (month and _is_day(year, month, day))):
        return "-".join([f"{year:04}", *(f"{number:02}" for number in (month, day) if number)])
    msg = tr("“{typed}” isn't a date. Write it like 2024, May 2024 or 17 May 2024.").format(typed=_short(typed))
    raise UserError(msg)


def in_words(day: str) -> str:
    """A day of the year (MM-DD) in words: "5 March"; "" for none."""
    if not day:
        return ""
    month, number = map(int, day.split("-"))
    return tr("{day} {month}").format(day=number, month=tr(MONTH_NAMES[month - 1]))


def part_in_words(part: str) -> str:
    """A date of which only the month or the year may be known: "17 May 2024", "May 2024", "2024"; "" for none."""
    year, _, rest = part.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    name = tr(MONTH_NAMES[int(month) - 1])
    if not day:
        return tr("{month} {year}").format(month=name, year=year)
    return tr("{day} {month} {year}").format(day=int(day), month=name, year=year)


def next_on(day: str, after: date) -> date:
    """The next day from `after` on, that day included, that is this day of the year."""
    for year in (after.year, after.year + 1):
        found = in_year(day, year)
        if found >= after:
            return found
    return in_year(day, after.year + 1)


def in_year(day: str, year: int) -> date:
    """A day of the year (MM-DD) in this year; 29 February is the 28th in a common one."""
    month, number = map(int, day.split("-"))
    return date(year, month, number if _is_day(year, month, number) else number - 1)


def _taken_apart(typed: str, language: str, least: int = 2) -> tuple[int, int, int]:
    """Year, month and day of what was typed; 0 for what it does not say, all 0 where it is none.

    `least` is how many numbers a date without the name of its month has.
    """
    text = typed.strip()
    stored, whole = _STORED.fullmatch(text), _WHOLE.fullmatch(text)
    if stored is not None and int(stored[1]) <= _MONTHS:
        return 0, int(stored[1]), int(stored[2])
    if whole is not None:
        return int(whole[1]), int(whole[2]), int(whole[3])
    pieces = _PIECE.findall(text.casefold()[:_MAX_CHARS])
    numbers = [piece for piece in pieces if piece.isdecimal()]
    words = [word for piece in pieces if not piece.isdecimal() and (word := fold(piece)) not in _SAYS_NOTHING]
    months = [MONTHS[word] for word in words if word in MONTHS]
    years = [number for number in numbers if len(number) == _YEAR_DIGITS]
    rest = [int(number) for number in numbers if len(number) != _YEAR_DIGITS]
    year = int(years[0]) if years else 0
    if len(months) != len(words) or len(months) > 1 or len(years) > 1 or len(text) > _MAX_CHARS or any(
        number > 99 for number in rest  # noqa: PLR2004  three digits are no day
    ):  # fmt: skip
        return 0, 0, 0
    if months:
        return _with_month(year, months[0], rest)
    if least == 1 and year and len(rest) <= 1:
        return (year, rest[0], 0) if rest and rest[0] <= _MONTHS else (0, 0, 0) if rest else (year, 0, 0)
    return _of_figures(text, year, rest, language, starts=bool(years) and numbers[0] == years[0])


def _with_month(year: int, month: int, rest: list[int]) -> tuple[int, int, int]:
    return (year, month, rest[0] if rest else 0) if len(rest) <= 1 else (0, 0, 0)


def _of_figures(text: str, year: int, rest: list[int], language: str, *, starts: bool) -> tuple[int, int, int]:
    """Month and day of two numbers; `starts` where the year stands before them."""
    if len(rest) != 2:  # noqa: PLR2004  a day and a month
        return 0, 0, 0
    first, second = rest
    if starts:
        return year, first, second
    if first == second or first > _MONTHS:
        return year, second, first
    if second > _MONTHS:
        return year, first, second
    if "." in text and "/" not in text and language != "en":
        return (year, first, second) if language == "hu" else (year, second, first)
    msg = tr("“{typed}” could be {day} or {other_day}. Write the month as a word.").format(
        typed=_short(text), day=in_words(f"{second:02}-{first:02}"), other_day=in_words(f"{first:02}-{second:02}")
    )
    raise UserError(msg)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _short(typed: str) -> str:
    text = " ".join(typed.split())
    return text if len(text) <= _MAX_CHARS else f"{text[:_MAX_CHARS]}…"
