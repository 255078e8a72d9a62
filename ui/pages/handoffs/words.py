"""A hand-off's status, age and title as icons and texts."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale

from app.base import clock
from app.base.words import N_
from app.given import Given
from app.handoffs import STATE_NAMES, Handoff, state
from ui.look import text
from ui.look.text import tr

_SIGNS = {
    "late": ("clock", "danger"),
    "came_back": ("corner-up-left", "accent"),
    "tell_member": ("message-square", "warn"),
    "sent": ("send", "text2"),
    "seen": ("eye", "text2"),
    "in_work": ("loader", "text2"),
    "closed": ("check", "ok"),
}
TO_SEND = N_("To send")
"""The title of "sent" until the hand-off has been exported in a file."""


def sign(handoff: Handoff, today: date) -> tuple[str, str, str]:
    """Return (icon, word, colour token) of its status."""
    key = state(handoff, today)
    icon, tone = _SIGNS[key]
    if key == "sent" and handoff.exported_at is None:
        return "file-up", tr(TO_SEND), tone
    return icon, tr(STATE_NAMES[key]), tone


def age(handoff: Handoff, now: int) -> str:
    """How long it has been open, or the day on which it was closed."""
    if handoff.closed_at is not None:
        return text.day(clock.local(handoff.closed_at).date(), clock.local(now).date())
    return text.waits(handoff.opened_at, now)


def title(handoff: Handoff) -> str:
    """The conversation's title, or else the request."""
    return text.plain(handoff.title or handoff.ask)


def about(handoff: Handoff, sentence: str) -> str:
    """A sentence with the `{name}` of the member whom a hand-off is for, else with its title."""
    return sentence.format(name=text.name(handoff.member or title(handoff)))


def spoken(handoff: Handoff, today: date, now: int) -> str:
    """The row as a sentence for a screen reader."""
    parts = (
        title(handoff),
        handoff.member,
        sign(handoff, today)[1],
        tr("for {age}").format(age=text.spoken_age(handoff.opened_at, now)),
    )
    return ", ".join(part for part in (handoff.teammate, *parts) if part)


def given_in(given: Given, today: date) -> str:
    """In which file a hand-off went out, and how: "went out on 1 Dec in handoffs-Jon.csv"."""
    sentences = {
        "draft": tr("in {file}, with a letter that isn't sent yet"),
        "on_its_way": tr("in {file}, with a letter that is on its way"),
        "not_sent": tr("in {file}, with a letter that wasn't sent"),
    }
    return sentences.get(given.standing, tr("went out on {day} in {file}")).format(
        file=text.isolate(given.name or tr("standard output")),
        day=when(clock.local(given.at).date().isoformat(), today),
    )


def late_since(day: str, today: date) -> str:
    """The ISO date of one that is late, and for how long: "Fri 14 Oct, 3 days late"."""
    days = (today - date.fromisoformat(day)).days
    return text.counted(days, "{day}, {count} day late", "{day}, {count} days late", day=when(day, today))


def when(day: str, today: date) -> str:
    """An ISO date as "Fri 14 Oct", with the year if it is another; "" for ""."""
    if not day:
        return ""
    then = date.fromisoformat(day)
    formatted = QLocale().toString(QDate(then.year, then.month, then.day), "ddd d MMM")
    return formatted if then.year == today.year else f"{formatted} {then.year}"
