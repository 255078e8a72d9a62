"""A popup menu whose entries are chosen by a letter, as in "S, then T", under any keyboard layout."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.commands import keys
from ui.look import fonts, text
from ui.look.theme import color, rounded_popups, theme
from ui.widgets import paint
from ui.widgets.buttons import PaintedButton
from ui.widgets.labels import Label
from ui.widgets.toast import speak


class Row(PaintedButton):
    """An entry: letter, title, and a note; `clicked` is the button's."""

    def __init__(self, letter: str, title: str, note: str, parent: QWidget) -> None:
        """The note stands at the other end."""
        super().__init__(f"{title}, {note}, {letter}" if note else f"{title}, {letter}", parent)
        self.letter, self._title, self._note = letter, title, note
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The width of letter, title and note."""
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(self._title) + metrics.horizontalAdvance(self._note)
        return QSize(words + fonts.px(76), fonts.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw key cap, title and note."""
        painter = QPainter(self)
        if self.underMouse() or self.hasFocus():
            paint.box(painter, self.rect(), fill="selected" if self.hasFocus() else "hover")
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = fonts.px(18)
        cap = paint.cap_width(self.letter)
        paint.cap(painter, self.width() - cap - 8 if mirrored else 8, (self.height() - side) // 2, self.letter)
        painter.setFont(fonts.font("row"))
        painter.setPen(color("text"))
        inner = self.rect().adjusted(fonts.px(36), 0, -fonts.px(10), 0)
        text.draw(
            painter,
            QRect(inner) if not mirrored else self.rect().adjusted(10, 0, -fonts.px(36), 0),
            self._title,
            right=mirrored,
        )
        painter.setFont(fonts.font("meta"))
        painter.setPen(color("text2"))
        text.draw(painter, inner, self._note, right=not mirrored)


class LetterMenu(QFrame):
    """A popup of (letter, title, note) entries. `chosen` carries the letter; Esc or a click outside closes it."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str, str]], title: str = "", parent: QWidget | None = None) -> None:
        """`title` is shown above the entries and is the accessible name."""
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._radius = 10 if rounded_popups() else 0
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, on=bool(self._radius))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(7, 8, 7, 8)
        column.setSpacing(1)
        if title:
            head = Label(title, "heading", "text2")
            head.setContentsMargins(8, 2, 8, 4)
            column.addWidget(head)
        self._rows = [Row(*choice, parent=self) for choice in choices]
        for row in self._rows:
            row.clicked.connect(self._clicked)
            column.addWidget(row)
        self._letters = "".join(row.letter for row in self._rows)

    def popup_at(self, widget: QWidget) -> None:
        """Open below a widget, or above it if the window ends there, with the first entry focused.

        Of a list it is the current row that counts: the menu is about that.
        """
        self.adjustSize()
        window, about = widget.window(), _about(widget)
        below, above = QPoint(0, about.bottom() + 5), QPoint(0, about.top() - self.height() - 4)
        over = widget.mapTo(window, below).y() + self.height() > window.height()
        corner = above if over and widget.mapTo(window, above).y() >= 0 else below
        at = widget.mapTo(window, corner)
        right, low = at.x() + self.width() + 8 - window.width(), at.y() + self.height() - window.height()
        self.move(widget.mapToGlobal(corner - QPoint(max(0, right), max(0, low))))
        self.show()
        speak(self, self.accessibleName())
        if self._rows:
            self._rows[0].setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter chooses; Up and Down move; Esc closes."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        letter = keys.letter(event, self._letters)
        if letter:
            self._choose(letter)
        elif step:
            at = next((n for n, row in enumerate(self._rows) if row.hasFocus()), 0)
            self._rows[(at + step) % len(self._rows)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        paint.box(QPainter(self), self.rect(), fill="surface", edge=theme().edge(), radius=self._radius)

    def _clicked(self) -> None:
        row = self.sender()
        if isinstance(row, Row):
            self._choose(row.letter)

    def _choose(self, letter: str) -> None:
        self.close()
        self.chosen.emit(letter)


def _about(widget: QWidget) -> QRect:
    """What of a widget a menu stands beside: a list's current row as far as it is in sight, else all of it."""
    if isinstance(widget, QAbstractItemView):
        row = widget.visualRect(widget.currentIndex()) & widget.viewport().rect()
        if not row.isEmpty():
            return row.translated(widget.viewport().pos())
    return widget.rect()
