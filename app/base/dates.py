"""Dates in words, in the language in use: "Tuesday, 1 December 2026"."""

from __future__ import annotations

from datetime import date

from app.base import clock
from app.base.words import N_, tr

SHORT_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip
MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip


def in_words(day: date) -> str:
    """A date with its weekday: "Tuesday, 1 December 2026"."""
    return tr("{weekday}, {day} {month} {year}").format(
        weekday=tr(WEEKDAYS[day.weekday()]), day=day.day, month=tr(MONTHS[day.month - 1]), year=day.year
    )


def short(day: date) -> str:
    """A date without its weekday: "1 December 2026"."""
    return tr("{day} {month} {year}").format(day=day.day, month=tr(MONTHS[day.month - 1]), year=day.year)


def written(iso: str) -> str:
    """A stored local date (YYYY-MM-DD) as `short` has it; "" for none."""
    return short(date.fromisoformat(iso)) if iso else ""


def moment(at: int) -> str:
    """A time (Unix seconds) as local date and time: "Tuesday, 1 December 2026, 09:15"."""
    local = clock.local(at)
    return tr("{day}, {time}").format(day=in_words(local.date()), time=f"{local:%H:%M}")
