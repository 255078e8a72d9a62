"""Dates and times as people type them, in English, Czech, Hungarian, Icelandic and Greek: the one reader. Pure.

"mon 9", "po 9", "h 9", "mán kl. 9", "Δευ 9"; "in 3 days", "za 3 dny", "3 nap múlva", "eftir viku", "σε 3 μέρες";
"half two" (British: half past) and "v půl třetí", "fél három", "kl. hálfþrjú" (half way to three), "στις 3 και μισή";
"11. 12. v 15.30", "dec. 11. 15.30", "11/12"; "next block"; ISO 8601. Of two figures the first is the day, unless only
the other order is a date, or the language is Hungarian. A week begins on Monday.

An hour from 1 to 5 without a zero before it is in the afternoon, unless a word says otherwise. What names no year is
the next such day, today included; a weekday is never today. Words come from `words.py`, figures from `tokens.py`, what
they mean together from `hours.py` and `days.py`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from app.base.clock import MORNING, at_local
from app.calendar.days import SATURDAY, Day, Days
from app.calendar.hours import DAY, HOUR, Hour, bare_hour, by_day, fixed, hour_in, still_today
from app.calendar.tokens import Pieces, taken_apart

_FIRST_YEAR, LAST_YEAR, _WEEK = 1970, 2199, 7
_EARLY = 6
"""The hour until which "in the morning" alone is this morning."""
_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)
_ISO_BASIC = re.compile(r"\d{8}")
_SILENT = "TIZKLmq"
"""Kinds of pieces that may be left over: "at", "in the", "this"."""


class Reading(NamedTuple):
    """What was understood: the local day and the time of day; None is the program's own morning.

    `at` is the moment (Unix seconds) where the words fix one: hours from now, a block, ISO with a zone. `other` is the
    other day that may be meant ("next friday"): ask which. `unread` are the words that were not understood: unless it
    is empty, nothing may be done by this reading.
    """

    day: date
    hour: time | None = None
    at: int | None = None
    other: date | None = None
    unread: tuple[str, ...] = ()

    def moment(self, morning: time = MORNING, zone: tzinfo | None = None) -> int:
        """Unix seconds of the reading, in this zone or the system's."""
        return at_zone(self.day, self.hour or morning, zone) if self.at is None else self.at


class Now(NamedTuple):
    """When and where something is typed: the time (Unix seconds), the zone or None for the system's, the next block.

    `next_block` is when the next working block begins (Unix seconds); None: the next working day at nine. `language` is
    the one whose order of figures counts. With `back`, what names no year or week lies behind us.
    """

    at: int
    zone: tzinfo | None = None
    next_block: int | None = None
    language: str = ""
    back: bool = False


def read(words: str, now: int, zone: tzinfo | None = None, next_block: int | None = None) -> Reading | None:
    """What these words mean at `now` (Unix seconds) in this zone (None: the system's); None if they mean no date."""
    return read_at(words, Now(now, zone, next_block))


def read_at(words: str, now: Now) -> Reading | None:
    """The same, with all that `now` can say."""
    bare = words.strip()
    if _ISO_TIME.fullmatch(bare) or _ISO_BASIC.fullmatch(bare):
        return _iso(bare, now.zone)
    pieces = taken_apart(words, now.language)
    try:
        return _reading(pieces, now)
    except (ValueError, OverflowError, OSError):  # the 31st of June, or a year that no calendar has
        return None


def at_zone(day: date, hour: time, zone: tzinfo | None) -> int:
    """Unix seconds of a local day and time.

    An hour that the clocks skip is read as they show it then; one that comes twice is the first.
    """
    moment = datetime.combine(day, hour)
    if zone is None:
        return at_local(moment)
    first, second = (int(moment.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1))
    shown = local(first, zone).replace(tzinfo=None)
    return first if shown == moment else max(first, second)


def local(at: int, zone: tzinfo | None) -> datetime:
    """The aware local time in this zone, or the system's."""
    return datetime.fromtimestamp(at, UTC).astimezone(zone)


def _iso(words: str, zone: tzinfo | None) -> Reading | None:
    try:
        moment = datetime.fromisoformat(words.upper())
        if _ISO_BASIC.fullmatch(words):
            return _within(Reading(moment.date()))
        if moment.tzinfo is None:
            return _shown(_within(Reading(moment.date(), moment.time().replace(second=0, microsecond=0))), zone)
        at = int(moment.timestamp())
        shown = local(at, zone)
    except (ValueError, OverflowError, OSError):
        return None
    return Reading(shown.date(), shown.time().replace(second=0, microsecond=0), at)


def _reading(pieces: Pieces, now: Now) -> Reading | None:
    here = local(now.at, now.zone)
    days = Days(here, back=now.back)
    hour, day = hour_in(pieces), days.in_(pieces)
    hour = bare_hour(pieces) if hour is None else hour
    if day is None and hour is None:
        day = days.bare(pieces)
    said = pieces.values("t") + pieces.values("P")
    hour = fixed(hour, said)
    if day is None and hour is None and not said:
        return None
    if day is not None and (day.seconds is not None or day.kind == "block"):
        if hour is not None:
            raise ValueError(hour)
        at = now.at + day.seconds if day.seconds is not None else _next_block(now, days)
        shown = local(at, now.zone)
        return Reading(shown.date(), shown.time().replace(second=0, microsecond=0), at, None, pieces.left(_SILENT))
    found = _within(_by_the_clock(day, hour, here, now))
    return found._replace(unread=_other_weekday(pieces, found.day) + pieces.left(_SILENT))


def _next_block(now: Now, days: Days) -> int:
    """When the next working block begins; without blocks the next nine o'clock on a working day."""
    if now.next_block is not None:
        return now.next_block
    today = local(now.at, now.zone).date()
    nine = at_zone(today, MORNING, now.zone)
    return nine if today.weekday() < SATURDAY and nine > now.at else at_zone(days.working(), MORNING, now.zone)


def _by_the_clock(day: Day | None, hour: Hour | None, here: datetime, now: Now) -> Reading:
    today, minute = here.date(), here.hour * HOUR + here.minute
    if hour is None:
        tonight_is_over = here.hour < _EARLY or now.back
        return (
            Reading(today + timedelta(days=not tonight_is_over)) if day is None else Reading(day.day, other=day.other)
        )
    minutes = by_day(hour)
    if day is None and now.back:
        on = today - timedelta(days=minutes > minute)
    elif day is None or day.day == today:
        later = still_today(hour, minute)
        minutes = minutes if later is None else later
        on = today + timedelta(days=day is None and later is None)
    else:
        on = day.day
    over, minutes = divmod(minutes, DAY)
    time_of_day = time(minutes // HOUR, minutes % HOUR)
    found = _shown(Reading(on + timedelta(days=over), time_of_day, other=None if day is None else day.other), now.zone)
    if day is not None and day.kind == "weekday" and (day.day - today).days == _WEEK and minutes > minute and not over:
        return found._replace(other=today)  # Wednesday at 15, said on a Wednesday morning
    return found


def _shown(reading: Reading, zone: tzinfo | None) -> Reading:
    """The reading as the clocks will show it: an hour that they skip is the one after."""
    shown = local(reading.moment(zone=zone), zone)
    return reading._replace(day=shown.date(), hour=shown.time())


def _within(reading: Reading) -> Reading:
    """The reading, unless its year is none that anybody means and every system's clock knows."""
    if not _FIRST_YEAR <= reading.day.year <= LAST_YEAR:
        raise ValueError(reading.day.year)
    return reading


def _other_weekday(pieces: Pieces, day: date) -> tuple[str, ...]:
    """Weekdays that were named beside the day and are another one: "Tue 7 December" of a Monday."""
    named = pieces.take("W")
    return tuple(token.word for token in named if token.number != day.weekday())
