"""How Today writes times and names, and what its parts are called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale

from app.base import clock
from app.base.words import forms
from app.today import Day, Thing, Timed
from app.today.queue import CAME_BACK, CLOSING, GIFTS, HANDOFF, LATE, PROMISE, PROMISED, UNHAPPY
from app.today.words import Shown
from ui.look import text
from ui.look.text import tr

SHOWN = Shown(text.waits, text.ahead, text.name)
"""Ages in short units, as the rows of the inbox have them."""
READ = Shown(text.spoken_age, lambda at, now: text.day(_local(at), _local(now)), text.embed)
"""In the sentences about how fresh it is: ages in whole words, and days by name."""
ICONS = {PROMISE: "circle-dot", HANDOFF: "arrow-right-left", GIFTS: "gift"}
"""By noun; a conversation has a speech bubble."""
TONES = {PROMISE: "warn", HANDOFF: "control", GIFTS: "delight"}
_KINDS = {
    PROMISE: forms("promised, {count} minute", "promised, {count} minutes"),
    HANDOFF: forms("came back, {count} minute", "came back, {count} minutes"),
    "conversation": forms("replies, {count} minute", "replies, {count} minutes"),
    GIFTS: forms("gifts, {count} minute", "gifts, {count} minutes"),
}
NOUNS = tuple(_KINDS)
"""In the order of the bar."""


def _local(at: int) -> date:
    return clock.local(at).date()


def icon(thing: Thing) -> str:
    """The icon of a thing's reason."""
    if thing.reason == UNHAPPY:
        return "frown"
    if thing.reason == CLOSING:
        return "clock"
    return ICONS.get(thing.noun, "message-square")


def tone(thing: Thing) -> tuple[str, int]:
    """Colour and weight of a thing's reason: red is for what was promised and is late, nothing else is loud."""
    if thing.reason == LATE:
        return "danger", 600
    if thing.reason in (PROMISED, CLOSING):
        return "warn", 500
    return ("text", 400) if thing.reason in (UNHAPPY, CAME_BACK) else ("text2", 400)


def by_kind(timed: Iterable[Timed]) -> dict[str, int]:
    """Minutes by noun, in the order of the bar, without those that have none."""
    found = dict.fromkeys(NOUNS, 0)
    for one in timed:
        found[one.thing.noun] += one.minutes
    return {noun: minutes for noun, minutes in found.items() if minutes}


def kind_line(noun: str, minutes: int) -> str:
    """The minutes of one kind: "replies, 9 minutes"."""
    return text.counted(minutes, *_KINDS[noun])


def in_minutes(made: Day) -> str:
    """What fits and how long that takes: "8 things in 24 minutes"; "" where nothing does."""
    many = len(made.queue.fits)
    if not many:
        return ""
    took = text.counted(made.queue.used, "{count} minute", "{count} minutes")
    return text.counted(many, "{count} thing in {minutes}", "{count} things in {minutes}", minutes=took)


def waits_for(day: Day) -> str:
    """The heading over what does not fit: for which block it waits."""
    if day.following is None:
        return tr("Waits")
    then, today = _local(day.following.starts), _local(day.now)
    if then == today:
        return tr("Waits for today's block")
    if then == today + timedelta(days=1):
        return tr("Waits for tomorrow's block")
    name = QLocale().toString(QDate(then.year, then.month, then.day), "dddd")
    return tr("Waits for {weekday}'s block").format(weekday=name)


def date_line(now: int) -> str:
    """The day and the time in the header: "Wednesday 2 December, 10:00"."""
    day = _local(now)
    return tr("{date}, {time}").format(
        date=QLocale().toString(QDate(day.year, day.month, day.day), "dddd d MMMM"), time=text.clock(now)
    )
