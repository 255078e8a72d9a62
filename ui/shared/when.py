"""Choosing a moment: the choices by letter, and a field for any day and time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QTime, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QTimeEdit, QWidget

from app.base import clock
from app.outbox.moments import moment, offered, picked
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.lettermenu import LetterMenu

OWN = "D"
"""The letter for a day and time of one's own."""


_LAST_YEAR = 2199


def choose(title: str, beside: QWidget, chosen: Callable[[str], object]) -> LetterMenu:
    """Open the choices at a widget; `chosen` hears the letter."""
    now = clock.local(clock.now())
    rows = [(one.letter, tr(one.title), text.ahead(at, clock.now())) for one, at in offered(now)]
    menu = LetterMenu([*rows, (OWN, tr("Pick date and time"), "")], title, beside.window())
    menu.chosen.connect(chosen)
    menu.popup_at(beside)
    return menu


def meant(letter: str) -> int:
    """The moment of a letter of the choices, in Unix seconds."""
    now = clock.local(clock.now())
    return next(moment(one.key, now) for one, _ in offered(now) if one.letter == letter)


class When(QWidget):
    """A day and a time, to be typed or stepped through with the arrows."""

    changed = Signal()

    def __init__(self, at: int) -> None:
        """Starts with a moment (Unix seconds)."""
        super().__init__()
        start = clock.local(at)
        self.day, self.hour = QDateEdit(), QTimeEdit()
        self.day.setDate(QDate(start.year, start.month, start.day))
        self.hour.setTime(QTime(start.hour, start.minute))
        self.day.setDisplayFormat("yyyy-MM-dd")  # as every field for a day here
        self.hour.setDisplayFormat("HH:mm")
        self.day.setMaximumDate(QDate(_LAST_YEAR, 12, 31))
        self.day.setAccessibleName(tr("Day"))
        self.hour.setAccessibleName(tr("Time"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for edit in (self.day, self.hour):
            edit.setMinimumWidth(fonts.px(104))
            edit.lineEdit().setTextMargins(7, 0, 7, 0)
            row.addWidget(edit)
        self.setFocusProxy(self.day)
        self.day.dateChanged.connect(self.changed)
        self.hour.timeChanged.connect(self.changed)

    def at(self) -> int:
        """The moment in Unix seconds; UserError when it is over."""
        return picked(
            self.day.date().toString("yyyy-MM-dd"), self.hour.time().toString("HH:mm"), clock.local(clock.now())
        )
