"""A painted list that pops up inside the window at a text field, which keeps the keyboard focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from ui.look import fonts, text
from ui.look.theme import theme
from ui.widgets import paint

ROW_HEIGHT = 44
_NOTE_HEIGHT, _GAPS = 30, 12
_EDGE = 6

Item = TypeVar("Item")


class PopupList(QWidget, Generic[Item]):
    """Steps through its items by key or pointer; what they are, and how a row is drawn, is its subclass's."""

    nothing = ""
    """Said in place of rows where there are no items; without it an empty list is not to be shown."""
    note = ""
    """Said below the rows, in one line."""

    def __init__(self, parent: QWidget, name: str, width: int) -> None:
        """Start hidden; `name` is what a screen reader calls it, `width` is in unscaled pixels."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self._width = width
        self._items: tuple[Item, ...] = ()
        self._current = 0
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.hide()

    def rows_beside(self, anchor: QRect) -> int:
        """How many rows have room above or below a place in window coordinates, at least one, so as not to hide it."""
        room = max(anchor.top(), self.window().height() - anchor.bottom()) - 2 * _EDGE - _GAPS
        return max(1, (room - (fonts.px(_NOTE_HEIGHT) if self.note else 0)) // fonts.px(ROW_HEIGHT))

    def show_items(self, items: Sequence[Item], anchor: QRect) -> None:
        """Show these below a place in window coordinates; above it if there is no room below."""
        self._items, self._current = tuple(items), 0
        room = self.window().rect()
        height = fonts.px(ROW_HEIGHT) * max(1, len(items)) + 2 * _EDGE + (fonts.px(_NOTE_HEIGHT) if self.note else 0)
        size = QSize(min(fonts.px(self._width), room.width() - 16), height)
        x = max(8, min(anchor.left(), room.width() - size.width() - 8))
        above = anchor.bottom() + 4 + size.height() > room.height()
        y = max(8, anchor.top() - size.height() - 4) if above else anchor.bottom() + 4
        self.setGeometry(QRect(QPoint(x, y), size))
        self._say()
        self.raise_()
        self.show()
        self.update()

    def step(self, by: int) -> None:
        """Move so many rows down (or up, if negative), wrapping around."""
        if self._items:
            self._make_current((self._current + by) % len(self._items))

    def steer(self, event: QKeyEvent) -> bool:
        """Whether a key of the field was for the list: arrows go through it, Enter takes an item, Esc closes it."""
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.take_current()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def take_current(self) -> None:
        """Take the current item, if there is one."""
        current = self.current()
        if current is not None:
            self.take(current)

    def current(self) -> Item | None:
        """The item that Enter takes; None if the list is empty."""
        return self._items[self._current] if self._items else None

    def take(self, item: Item) -> None:
        """An item was clicked."""
        raise NotImplementedError

    def words(self, item: Item) -> str:
        """The current item as a screen reader says it."""
        raise NotImplementedError

    def draw_row(self, painter: QPainter, row: QRect, item: Item) -> None:
        """Draw an item's row; its background is there."""
        raise NotImplementedError

    def _make_current(self, row: int) -> None:
        self._current = row
        self._say()
        self.update()

    def _say(self) -> None:
        current = self.current()
        said = self.words(current) if current is not None else self.nothing
        self.setAccessibleDescription(f"{said}. {self.note}" if self.note else said)

    def _row_at(self, event: QMouseEvent) -> int:
        row = (int(event.position().y()) - _EDGE) // fonts.px(ROW_HEIGHT)
        return row if 0 <= row < len(self._items) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the clicked row."""
        if self._row_at(event) >= 0:
            self.take(self._items[self._row_at(event)])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the row under the pointer current."""
        if self._row_at(event) not in (-1, self._current):
            self._make_current(self._row_at(event))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, the current row's background, and the rows."""
        painter, tall = QPainter(self), fonts.px(ROW_HEIGHT)
        paint.box(painter, self.rect(), fill="surface", edge="border", radius=10)
        if not self._items:
            painter.setFont(fonts.font("body"))
            painter.setPen(theme().color("text2"))
            text.draw(painter, self.rect().adjusted(16, _EDGE, -16, -_EDGE), self.nothing)
        for place, item in enumerate(self._items):
            row = QRect(_EDGE, _EDGE + place * tall, self.width() - 2 * _EDGE, tall)
            if place == self._current:
                paint.box(painter, row, fill="selected", radius=6)
            self.draw_row(painter, row, item)
        if self.note:
            painter.setFont(fonts.font("meta"))
            painter.setPen(theme().color("warn"))
            foot = self.rect().adjusted(16, 0, -16, -_EDGE)
            foot.setTop(foot.bottom() - fonts.px(_NOTE_HEIGHT))
            text.draw(painter, foot, self.note)


def draw_two_lines(painter: QPainter, room: QRect, first: str, second: str, aside: int = 0) -> None:
    """Draw a row's title, and below it in a lighter tone what it is; `aside` pixels stay free behind the title."""
    half = room.height() // 2
    for line, (words, role, tone) in enumerate(((first, "row", "text"), (second, "meta", "text2"))):
        painter.setFont(fonts.font(role))
        painter.setPen(theme().color(tone))
        text.draw(
            painter,
            QRect(room.left(), room.top() + line * half, room.width() - (0 if line else aside), half),
            text.plain(words),
        )
