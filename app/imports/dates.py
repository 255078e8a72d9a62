"""Parse the dates of a column; the order of day, month and year is decided from all its values together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import mktime_tz, parsedate_tz
from functools import lru_cache

from app.base.clock import at_local
from app.base.words import N_
from app.imports.time_words import hour_of, standard, with_month_name

ISO, YMD, DMY, MDY, UNIX, MAIL, WORDS = "iso", "ymd", "dmy", "mdy", "unix", "mail", "words"
FORMATS = (ISO, YMD, UNIX, MAIL, WORDS, DMY, MDY)
CERTAIN = (ISO, YMD, UNIX, MAIL, WORDS)
"""Formats of which a value cannot be read in another order of day and month."""
SHOWN = {
    ISO: N_("year-month-day (ISO)"),
    YMD: N_("year, month, day"),
    DMY: N_("day, month, year"),
    MDY: N_("month, day, year"),
    UNIX: N_("seconds since 1970"),
    MAIL: N_("as in e-mail headers"),
    WORDS: N_("with the month's name"),
}
_NUMBERS = re.compile(
    r"(\d{1,4})\s*([./-])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?"
    r"(?:[\sT,]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\.\d+)?\s*([ap]\.?m\.?)?)?",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:[A-Za-z]{3},? )?\d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4} \d{1,2}:\d{2}(?::\d{2})?"
    r"(?: ?(?:[+-]\d{4}|(?![AaPp][Mm]\b)[A-Za-z]{1,5}))?(?: \([^()]{1,20}\))?"
)
_UNIX = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")
_UTC = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)
_AMERICAN = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)
_MAX_CHARS = 100  # characters; no date is longer
_MIN_TIME, _MAX_TIME = 0, 4_102_444_800  # 1970 to 2100: anything else is a typo or no date


@dataclass(frozen=True, slots=True)
class Dates:
    """The format of a column, with how many values it parses; `sure` is False if another format fits as well."""

    format: str
    sure: bool
    read: int
    unread: int


def parse(text: str, form: str) -> int | None:
    """Parse a value in that format to Unix seconds (without a time zone: local time); None if that fails."""
    text = " ".join(text.split())
    return _parsed(text, form) if len(text) <= _MAX_CHARS else None


def parse_certain(text: str, form: str) -> int | None:
    """Parse a value that is not in its column's format `form`, if it can only be read in one way; else None."""
    sure = (parse(text, other) for other in CERTAIN)
    at = next((guess for guess in sure if guess is not None), None)
    if at is not None or form in (DMY, MDY):  # in such a column the other order is a slip, or another one than it seems
        return at
    day_first, month_first = parse(text, DMY), parse(text, MDY)
    return day_first if month_first in (None, day_first) else month_first if day_first is None else None


@lru_cache(maxsize=4096)
def _parsed(text: str, form: str) -> int | None:
    try:
        at = _READERS[form](text)
    except (ValueError, OverflowError, TypeError):
        return None
    return at if at is not None and _MIN_TIME <= at < _MAX_TIME else None


def _iso(text: str) -> int | None:
    if len(text) < len("2024-01-01") or text[4] != "-":
        return None
    return _seconds(datetime.fromisoformat(_UTC.sub("+00:00", text) if len(text) > len("2024-01-01") else text))


def _seconds(at: datetime) -> int:
    return at_local(at)


def _unix(text: str) -> int | None:
    if not _UNIX.fullmatch(text):
        return None
    whole = text.split(".", maxsplit=1)[0]
    return int(whole) // 1000 if len(whole) > 10 else int(whole)  # noqa: PLR2004  13 digits are milliseconds


def _mail(text: str) -> int | None:
    if not _MAIL.fullmatch(
        text
    ):  # parsedate_tz is satisfied with less, and drops what follows: `9:05 PM` is read as 9:05
        return None
    parts = parsedate_tz(text)
    if parts is None:
        return None
    return at_local(datetime(*parts[:6])) if parts[9] is None else int(mktime_tz(parts))  # noqa: DTZ001  local time


def _words(text: str) -> int | None:
    at = with_month_name(text)
    return None if at is None else at_local(at)


def _numbers(text: str, order: str) -> int | None:
    plain = standard(text)
    if plain[:4].isdigit() != (order == "ymd"):
        return None
    zone = UTC if _UTC.search(plain) else None
    match = _NUMBERS.fullmatch(_UTC.sub("", plain))
    if match is None:
        return None
    parts = dict(zip(order, (match[1], match[3], match[4]), strict=True))
    year = int(parts["y"])
    if len(parts["y"]) == 2:  # noqa: PLR2004  25 is 2025, 99 is 1999
        year += 2000 if year < 70 else 1900  # noqa: PLR2004  as POSIX splits them
    at = datetime(
        year, int(parts["m"]), int(parts["d"]), _hour(match), int(match[6] or 0), int(match[7] or 0), tzinfo=zone
    )
    return _seconds(at)


def _hour(match: re.Match[str]) -> int:
    return hour_of(int(match[5] or 0), f"{match[8][0]}m" if match[8] else "")


_READERS: dict[str, Callable[[str], int | None]] = {
    ISO: _iso,
    UNIX: _unix,
    MAIL: _mail,
    WORDS: _words,
    YMD: lambda text: _numbers(text, "ymd"),
    DMY: lambda text: _numbers(text, "dmy"),
    MDY: lambda text: _numbers(text, "mdy"),
}


def decide(values: Iterable[str]) -> Dates:
    """Return the format that parses most of the values.

    If day and month are ambiguous, the day comes first, unless times have am or pm, which suggests month first.
    """
    count = dict.fromkeys(FORMATS, 0)
    total = halves = dots = 0
    for value in values:
        if not value.strip():
            continue
        total += 1
        american, plain = _AMERICAN.search(value[:_MAX_CHARS]) is not None, standard(value)
        halves += american
        dots += "." in plain[:6] or (not american and plain.endswith((" am", " pm")))  # μ.μ., du.: day first
        for form in FORMATS:
            count[form] += parse(value, form) is not None
    best = max(FORMATS, key=lambda form: (count[form], form == MDY and halves > 0))
    rival = {DMY: MDY, MDY: DMY}.get(best)
    sure = rival is None or count[rival] < count[best] or halves > 0 or dots == total
    return Dates(best, sure or not total, count[best], total - count[best])
