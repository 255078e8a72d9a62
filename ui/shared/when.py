"""Choosing a time to send, or to snooze until: a menu of times with letters, the last of which is for any date."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.base import clock
from app.calendar.choices import OWN, title_at
from app.channels import windows
from app.inbox import CHOICES as SNOOZES
from app.inbox import UNTIL_REPLY
from app.inbox.snooze import REPLY
from app.outbox.moments import CHOICES
from ui.look import text
from ui.look.text import tr
from ui.widgets.lettermenu import LetterMenu

if TYPE_CHECKING:
    from app.dates import Dates
    from app.workbench import Workbench


Warn = Callable[[int], str]
"""A sentence on what is wrong with a time (Unix UTC) that is chosen; "" for nothing."""


def choose(
    title: str, beside: QWidget, dates: Dates, chosen: Callable[[str], object], warn: Warn = lambda _at: ""
) -> LetterMenu:
    """Open the menu of times at a widget; `chosen` is called with the letter."""
    now = clock.now()
    words = tr("{when}, closed by then")
    rows = [
        (
            choice.letter, tr(title_at(choice, at, clock.local(now))),
            (words if warn(at) else "{when}").format(when=text.ahead(at, now)),
        )
        for choice, at in dates.offered(CHOICES)
    ]  # fmt: skip
    menu = LetterMenu([*rows, (OWN, tr("Another date"), "")], title, beside.window())
    menu.chosen.connect(chosen)
    menu.popup_at(beside)
    return menu


def closed_by_then(bench: Workbench, conversation: int) -> Warn:
    """What is said of a time at which a reply in this conversation would come too late for its channel."""
    row = bench.inbox.row(conversation)

    def warn(at: int) -> str:
        now = clock.now()
        end = windows.missed(row, at, now)
        return "" if end is None else windows.words_missed(end, text.ahead(end.at, now))

    return warn


def meant(dates: Dates, letter: str) -> int:
    """The time that a letter of the menu stands for (Unix UTC)."""
    return next(at for choice, at in dates.offered(CHOICES) if choice.letter == letter)


def choose_snooze(title: str, beside: QWidget, dates: Dates, chosen: Callable[[str], object]) -> LetterMenu:
    """Open the menu of times to snooze until, at a widget; `chosen` is called with the letter."""
    now, offered = clock.now(), dict(dates.offered([choice for choice in SNOOZES if choice != REPLY]))
    rows = [
        (
            choice.letter,
            tr(title_at(choice, offered.get(choice, now), clock.local(now))),
            text.day_and_time(offered[choice], now) if choice in offered else "",
        )
        for choice in SNOOZES
    ]
    menu = LetterMenu([*rows, (OWN, tr("Another date"), "")], title, beside.window())
    menu.chosen.connect(chosen)
    menu.popup_at(beside)
    return menu


def snooze_meant(dates: Dates, letter: str) -> int:
    """The time that a letter of that menu stands for (Unix UTC, or `UNTIL_REPLY`)."""
    choice = next(choice for choice in SNOOZES if choice.letter == letter)
    return UNTIL_REPLY if choice == REPLY else dates.offered([choice])[0][1]


def snoozed_words(count: int, name: str, at: int) -> str:
    """The toast for so many snoozed conversations, the first with `name`: until when (Unix seconds), or a reply."""
    if at == UNTIL_REPLY:
        return text.counted(count, "{name}: snoozed until they reply.", "{count} snoozed until they reply.", name=name)
    when = text.ahead(at, clock.now())
    return text.counted(count, "{name}: snoozed until {when}.", "{count} snoozed until {when}.", when=when, name=name)
