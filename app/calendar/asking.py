"""What is said of a typed date: the time or day that it means, or one sentence on what is missing. Pure."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from app.base.clock import USUAL, Hours
from app.base.dates import SHORT_DAYS
from app.base.errors import UserError
from app.base.text import fold
from app.base.words import N_, tr
from app.calendar.choices import BLOCK, HOUR, LATER, MONDAY, TOMORROW, TONIGHT, WEEK, until
from app.calendar.typed import Now, Reading, local, read_at

_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_CHOICES = {
    HOUR: "in 1 hour", TONIGHT: "this evening", TOMORROW: "tomorrow", BLOCK: "block", MONDAY: "monday",
    WEEK: "in 1 week",
}  # fmt: skip
"""Choices whose letter or title may be typed, and words that mean the same; h alone is Monday in Hungarian."""


class Told(NamedTuple):
    """What a field says of what is typed: a sentence, and whether it can be taken; empty for an empty field."""

    sentence: str
    good: bool


def moment(typed: str, now: Now, hours: Hours = USUAL) -> int:
    """Unix seconds of typed words: to come, or with `now.back` over. Raises UserError where that cannot be said."""
    found = _read(typed, now, hours)
    if found is None:
        msg = tr("Rapport doesn't understand the time “{typed}”. Try tomorrow, 3 days, monday or 2026-12-24.").format(
            typed=typed
        )
        raise UserError(msg)
    _refuse(found, now)
    at = found.moment(hours.morning, now.zone)
    if now.back and found.hour is None and found.day == local(now.at, now.zone).date():
        at = min(at, now.at)  # "today", said before the morning begins
    if now.back and at > now.at:
        msg = tr("{typed} is still to come. Choose an earlier time.").format(typed=typed)
        raise UserError(msg)
    if not now.back and at <= now.at:
        msg = tr("{typed} has already passed. Choose a later time.").format(typed=typed)
        raise UserError(msg)
    return at


def day(typed: str, now: Now) -> str:
    """The day of typed words as it is stored (YYYY-MM-DD); "" for blank. Raises UserError where it means none.

    A time of day that was typed besides is left out; a day may be over.
    """
    if not typed.strip():
        return ""
    return reading(typed, now).day.isoformat()


def reading(typed: str, now: Now) -> Reading:
    """What typed words mean. Raises UserError where they mean no date, or one of two."""
    found = _read(typed, now, USUAL)
    if found is None:
        msg = tr("“{text}” isn't a date. Write it like 2026-11-23, fri, in 3 days or 24.12.").format(text=typed.strip())
        raise UserError(msg)
    _refuse(found, now)
    return found


def told_moment(typed: str, now: Now, hours: Hours = USUAL) -> Told:
    """What a field for a time says while one types: "Mon 7 December, 09:00"."""
    try:
        return Told(in_words(local(moment(typed, now, hours), now.zone), now), good=True) if typed.strip() else _NOTHING
    except UserError as why:
        return Told(str(why), good=False)


def told_day(typed: str, now: Now) -> Told:
    """What a field for a day says while one types: "Mon 7 December"."""
    try:
        iso = day(typed, now)
    except UserError as why:
        return Told(str(why), good=False)
    return Told(day_in_words(date.fromisoformat(iso), now), good=True) if iso else _NOTHING


def in_words(at: datetime, now: Now) -> str:
    """A local day and time: "Mon 7 December, 09:00", with the year if it is another one."""
    return tr("{day}, {time}").format(day=day_in_words(at.date(), now), time=f"{at:%H:%M}")


def day_in_words(day: date, now: Now) -> str:
    """A day with its weekday: "Mon 7 December", with the year if it is another one."""
    same = day.year == local(now.at, now.zone).year
    sentence = tr("{weekday} {day} {month}") if same else tr("{weekday} {day} {month} {year}")
    return sentence.format(
        weekday=tr(SHORT_DAYS[day.weekday()]), day=day.day, month=tr(_MONTHS[day.month - 1]), year=day.year
    )


_NOTHING = Told("", good=False)


def _read(typed: str, now: Now, hours: Hours) -> Reading | None:
    """The reading of words, or of the letter or title of a choice."""
    folded = fold(typed).strip()
    for choice, words in _CHOICES.items():
        if folded in {fold(choice.title), fold(tr(choice.title)), choice.key, fold(choice.letter)} - {"h"}:
            return read_at(words, now)
    if folded in {fold(LATER.letter), LATER.key, fold(LATER.title), fold(tr(LATER.title))}:
        at = until(LATER.key, local(now.at, now.zone), hours)
        shown = local(at, now.zone)
        return Reading(shown.date(), time(shown.hour, shown.minute), at)
    return read_at(typed, now)


def _refuse(found: Reading, now: Now) -> None:
    """Raises UserError for words that were not understood, and where one of two days may be meant."""
    if found.unread:
        msg = tr("Rapport doesn't understand “{words}” here. Try tomorrow, mon 9, in 3 days or 24.12.").format(
            words=" ".join(found.unread)
        )
        raise UserError(msg)
    if found.other is not None:
        first, second = sorted((found.day, found.other))
        msg = tr("{day} or {other}? Write which date.").format(
            day=day_in_words(first, now), other=day_in_words(second, now)
        )
        raise UserError(msg)
