"""Choosing a time to send: a menu of times with letters, and fields for any day and time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QTimeEdit, QWidget

from app.base import clock
from app.outbox.moments import moment, offered, picked
from ui.look import text
from ui.look.text import tr
from ui.widgets.lettermenu import LetterMenu
from ui.widgets.scaled import scaled

OWN = "D"
"""The letter for picking a day and time."""


_MAX_YEAR = 2199


def choose(title: str, beside: QWidget, chosen: Callable[[str], object]) -> LetterMenu:
    """Open the menu of times at a widget; `chosen` is called with the letter."""
    now = clock.local(clock.now())
    rows = [(choice.letter, tr(choice.title), text.ahead(at, clock.now())) for choice, at in offered(now)]
    menu = LetterMenu([*rows, (OWN, tr("Pick date and time"), "")], title, beside.window())
    menu.chosen.connect(chosen)
    menu.popup_at(beside)
    return menu


def meant(letter: str) -> int:
    """The time that a letter of the menu stands for (Unix UTC)."""
    now = clock.local(clock.now())
    return next(moment(choice.key, now) for choice, _ in offered(now) if choice.letter == letter)


class When(QWidget):
    """Fields for a day and a time."""

    changed = Signal()

    def __init__(self, at: int) -> None:
        """Start with the time `at` (Unix UTC)."""
        super().__init__()
        start = clock.local(at)
        self.day, self.hour = QDateEdit(), QTimeEdit()
        self.day.setDate(QDate(start.year, start.month, start.day))
        self.hour.setTime(QTime(start.hour, start.minute))
        self.day.setDisplayFormat("yyyy-MM-dd")  # like every date field here
        self.hour.setDisplayFormat("HH:mm")
        self.day.setMaximumDate(QDate(_MAX_YEAR, 12, 31))
        self.day.setAccessibleName(tr("Day"))
        self.hour.setAccessibleName(tr("Time"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for edit in (self.day, self.hour):
            scaled(edit, min_width=104)
            edit.lineEdit().setTextMargins(7, 0, 7, 0)
            row.addWidget(edit)
        self.setFocusProxy(self.day)
        self.day.dateChanged.connect(self.changed)
        self.hour.timeChanged.connect(self.changed)

    def at(self) -> int:
        """The chosen time (Unix UTC). Raises UserError if it is past."""
        return picked(
            self.day.date().toString("yyyy-MM-dd"), self.hour.time().toString("HH:mm"), clock.local(clock.now())
        )
