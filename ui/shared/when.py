"""Choosing a time to send: a menu of times with letters, the last of which is for any date."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.base import clock
from app.calendar.choices import OWN
from app.outbox.moments import CHOICES
from ui.look import text
from ui.look.text import tr
from ui.widgets.lettermenu import LetterMenu

if TYPE_CHECKING:
    from app.dates import Dates


def choose(title: str, beside: QWidget, dates: Dates, chosen: Callable[[str], object]) -> LetterMenu:
    """Open the menu of times at a widget; `chosen` is called with the letter."""
    rows = [(choice.letter, tr(choice.title), text.ahead(at, clock.now())) for choice, at in dates.offered(CHOICES)]
    menu = LetterMenu([*rows, (OWN, tr("Another date"), "")], title, beside.window())
    menu.chosen.connect(chosen)
    menu.popup_at(beside)
    return menu


def meant(dates: Dates, letter: str) -> int:
    """The time that a letter of the menu stands for (Unix UTC)."""
    return next(at for choice, at in dates.offered(CHOICES) if choice.letter == letter)
