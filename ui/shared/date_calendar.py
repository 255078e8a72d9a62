"""A small calendar that pops up at a field: by keys or mouse, with the letters of the menus below it.

Qt's own (`QCalendarWidget`) names each cell by its number alone, which leaves a screen reader without the month, and is
drawn by the system's style. This one has one focus, whose accessible name is the day in words.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.base import clock
from app.base.dates import in_words
from app.calendar.choices import DAYS
from ui.commands import keys
from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import color, rounded_popups, theme
from ui.widgets import paint
from ui.widgets.buttons import IconButton
from ui.widgets.labels import Label
from ui.widgets.lettermenu import Row

if TYPE_CHECKING:
    from app.dates import Dates

_CELL, _HEAD = (36, 30), 24
_WEEKS, _WEEK, _MONTHS = 6, 7, 12
_FIRST, _LAST = date(1971, 1, 1), date(2199, 12, 31)


class DateCalendar(QFrame):
    """A popup: `picked` carries a day (a date), `named` the words of a letter; Esc or a click outside closes it."""

    picked = Signal(object)
    named = Signal(str)

    def __init__(self, at: date, dates: Dates, parent: QWidget, *, letters: bool = True) -> None:
        """Begin at this day; without `letters` there is only the grid."""
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._radius = 10 if rounded_popups() else 0
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, on=bool(self._radius))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Calendar"))
        self.month = Label("", "strong")
        self.grid = MonthGrid(at)
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 0, 0)
        head.addWidget(self.month, 1)
        for icon, name, step in (
            ("chevron-left", tr("Month before (Page Up)"), -1), ("chevron-right", tr("Month after (Page Down)"), 1),
        ):  # fmt: skip
            button = IconButton(icon, name, size=26)
            button.clicked.connect(lambda _on=False, months=step: self.grid.go_months(months))
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.grid)
        self._titles: dict[str, str] = {}
        for choice, moment in dates.offered(DAYS) if letters else ():
            row = Row(choice.letter, tr(choice.title), text.day_and_time(moment, clock.now()), self)
            row.clicked.connect(lambda _on=False, letter=choice.letter: self._name(letter))
            self._titles[choice.letter] = tr(choice.title)
            column.addWidget(row)
        self.grid.moved.connect(self._show)
        self.grid.taken.connect(self._take)
        self._show()

    def popup_at(self, widget: QWidget) -> None:
        """Open below a widget, or above it if the window ends there, with the grid focused."""
        self.adjustSize()
        window, below = widget.window(), QPoint(0, widget.height() + 4)
        over = widget.mapTo(window, below).y() + self.height() > window.height()
        above = widget.mapTo(window, QPoint(0, -self.height() - 4)).y() >= 0
        corner = QPoint(0, -self.height() - 4) if over and above else below
        past = widget.mapTo(window, corner).x() + self.width() + 8 - window.width()
        self.move(widget.mapToGlobal(corner - QPoint(max(0, past), 0)))
        self.show()
        self.grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter names a day; Esc closes."""
        letter = keys.letter(event, "".join(self._titles))
        if letter:
            self._name(letter)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        paint.box(QPainter(self), self.rect(), fill="surface", edge=theme().edge(), radius=self._radius)

    def _show(self) -> None:
        day = self.grid.day
        self.month.setText(QLocale().toString(QDate(day.year, day.month, day.day), "MMMM yyyy"))

    def _take(self) -> None:
        day = self.grid.day
        self.close()
        self.picked.emit(day)

    def _name(self, letter: str) -> None:
        self.close()
        self.named.emit(self._titles[letter])


class MonthGrid(QWidget):
    """Six weeks around a day. Arrows move, Page Up and Down go by months (with Shift by years), Enter takes the day."""

    moved, taken = Signal(), Signal()

    def __init__(self, at: date) -> None:
        """Begin at this day."""
        super().__init__()
        self.day = at
        self._today = clock.local(clock.now()).date()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(tr("Arrows choose a day, Page Up and Page Down a month, Enter takes it."))
        self.go_to(at)

    def go_to(self, day: date) -> None:
        """Choose a day."""
        self.day = min(max(day, _FIRST), _LAST)
        self.setAccessibleName(in_words(self.day))
        self.update()
        self.moved.emit()

    def go_months(self, months: int) -> None:
        """Go so many months on, to the same day or the month's last."""
        years, month = divmod(self.day.year * _MONTHS + self.day.month - 1 + months, _MONTHS)
        last = calendar.monthrange(years, month + 1)[1]
        self.go_to(date(years, month + 1, min(self.day.day, last)))

    def first(self) -> date:
        """The day in the first cell: the week's first, by the locale, in which the month begins."""
        month = self.day.replace(day=1)
        return month - timedelta(days=(month.isoweekday() - QLocale().firstDayOfWeek().value) % _WEEK)

    def cell(self, place: int) -> QRect:
        """The rectangle of a cell, 0 to 41."""
        wide, high = self.width() / _WEEK, fonts.px(_CELL[1])
        row, column = divmod(place, _WEEK)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            column = _WEEK - 1 - column
        return QRect(round(column * wide), fonts.px(_HEAD) + row * high, round(wide), high)

    def sizeHint(self) -> QSize:
        """Room for the weekdays and six weeks."""
        return QSize(fonts.px(_CELL[0]) * _WEEK, fonts.px(_HEAD) + fonts.px(_CELL[1]) * _WEEKS)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, or take the day."""
        key = Qt.Key(event.key())
        onward = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        days = {Qt.Key.Key_Left: -onward, Qt.Key.Key_Right: onward, Qt.Key.Key_Up: -_WEEK, Qt.Key.Key_Down: _WEEK}
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        if key in days:
            self.go_to(self.day + timedelta(days=days[key]))
        elif key in months:
            by_years = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.go_months(months[key] * (_MONTHS if by_years else 1))
        elif key == Qt.Key.Key_Home:
            self.go_to(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the day that is clicked."""
        for place in range(_WEEKS * _WEEK):
            if self.cell(place).contains(event.position().toPoint()):
                self.go_to(self.first() + timedelta(days=place))
                self.taken.emit()
                return

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw weekdays and days; the chosen one is filled, today has an edge."""
        painter, first = QPainter(self), self.first()
        for place in range(_WEEK):
            rect = self.cell(place)
            name = QLocale().dayName((first + timedelta(days=place)).isoweekday(), QLocale.FormatType.ShortFormat)
            painter.setFont(fonts.font("meta"))
            painter.setPen(color("text2"))
            painter.drawText(QRect(rect.x(), 0, rect.width(), fonts.px(_HEAD)), Qt.AlignmentFlag.AlignCenter, name[:3])
        for place in range(_WEEKS * _WEEK):
            self._draw(painter, self.cell(place).adjusted(2, 1, -2, -1), first + timedelta(days=place))

    def _draw(self, painter: QPainter, rect: QRect, day: date) -> None:
        chosen = day == self.day
        if chosen:
            paint.box(painter, rect, fill="accent")
        elif day == self._today:
            paint.box(painter, rect, edge="accent")
        near = day.month == self.day.month
        painter.setFont(fonts.font("row", 600 if day == self._today else None))
        painter.setPen(color("on_accent" if chosen else "text" if near else "text3"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(day.day))
