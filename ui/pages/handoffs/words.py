"""Where a hand-off stands, in a sign and a word."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale

from app.base import clock
from app.base.words import N_
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
"""What "sent" is called until its file has gone out."""


def sign(one: Handoff, today: date) -> tuple[str, str, str]:
    """Icon, word and colour token of where it stands."""
    key = state(one, today)
    icon, tone = _SIGNS[key]
    if key == "sent" and one.exported_at is None:
        return "file-up", tr(TO_SEND), tone
    return icon, tr(STATE_NAMES[key]), tone


def age(one: Handoff, now: int) -> str:
    """How long it has been open; the day on which it was closed."""
    if one.closed_at is not None:
        return text.day(clock.local(one.closed_at).date(), clock.local(now).date())
    return text.waits(one.opened_at, now)


def title(one: Handoff) -> str:
    """What it is about: the conversation's title, else the ask."""
    return text.plain(one.title or one.ask)


def spoken(one: Handoff, today: date, now: int) -> str:
    """The row as a sentence for a screen reader."""
    parts = (
        title(one),
        one.member,
        sign(one, today)[1],
        tr("for {age}").format(age=text.spoken_age(one.opened_at, now)),
    )
    return ", ".join(part for part in (one.teammate, *parts) if part)


def when(day: str, today: date) -> str:
    """A local date as people say it; "" for none."""
    if not day:
        return ""
    then = date.fromisoformat(day)
    shown = QLocale().toString(QDate(then.year, then.month, then.day), "ddd d MMM")
    return shown if then.year == today.year else f"{shown} {then.year}"
