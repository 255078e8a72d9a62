"""A painted list that pops up inside the window at a text field, which keeps the keyboard focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from ui.look import fonts, text
from ui.look.mirror import turn
from ui.look.theme import theme
from ui.widgets import paint
from ui.widgets.popup_place import Look, clear_of, near
from ui.widgets.toast import speak

ROW_HEIGHT = 44
_NOTE_HEIGHT, _GAPS = 30, 12
_EDGE = 6
_NARROWEST_SHARE = 0.6  # of its width: narrower, the words of a row say too little
_THUMB = 4

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
        self._top, self._shown = 0, 0  # the first row in sight, and how many are
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

    def show_items(self, items: Sequence[Item], anchor: QRect, keep: QRect | None = None) -> None:
        """Show these at a place in window coordinates: below it, or above; clear of what is to stay in sight, `keep`.

        Where not all rows have room, the list scrolls.
        """
        self._items, self._current, self._top = tuple(items), 0, 0
        room, rows = self.window().rect(), max(1, len(items))
        around = 2 * _EDGE + (fonts.px(_NOTE_HEIGHT) if self.note else 0)
        wide = fonts.px(self._width)
        look = Look(wide, int(wide * _NARROWEST_SHARE), fonts.px(ROW_HEIGHT), around)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if keep is None:
            placed = near(anchor, room, look, rows)
        else:
            placed = clear_of(keep, anchor, room, look, rows, mirrored=mirrored)
        self._shown = placed.rows
        self.setGeometry(placed.at)
        self._describe()
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
        self._top = max(min(self._top, row), row - self._shown + 1)
        speak(self, self._describe())
        self.update()

    def _describe(self) -> str:
        current = self.current()
        said = self.words(current) if current is not None else self.nothing
        self.setAccessibleDescription(f"{said}. {self.note}" if self.note else said)
        return said

    def _row_at(self, event: QMouseEvent) -> int:
        row = (int(event.position().y()) - _EDGE) // fonts.px(ROW_HEIGHT)
        return self._top + row if 0 <= row < min(self._shown, len(self._items) - self._top) else -1

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by rows; the current one stays among those in sight."""
        by = -1 if event.angleDelta().y() > 0 else 1
        self._top = max(0, min(self._top + by, len(self._items) - self._shown))
        inside = max(self._top, min(self._current, self._top + self._shown - 1))
        if inside != self._current:
            self._make_current(inside)
        self.update()
        event.accept()

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
        turn(painter, self.rect(), self.layoutDirection())
        paint.box(painter, self.rect(), fill="surface", edge="border", radius=10)
        if not self._items:
            painter.setFont(fonts.font("body"))
            painter.setPen(theme().color("text2"))
            text.draw(painter, self.rect().adjusted(16, _EDGE, -16, -_EDGE), self.nothing)
        aside = 2 * _THUMB if self._shown < len(self._items) else 0
        for place, item in enumerate(self._items[self._top : self._top + self._shown]):
            row = QRect(_EDGE, _EDGE + place * tall, self.width() - 2 * _EDGE - aside, tall)
            if self._top + place == self._current:
                paint.box(painter, row, fill="selected", radius=6)
            self.draw_row(painter, row, item)
        if aside:
            self._draw_thumb(painter, tall)
        if self.note:
            painter.setFont(fonts.font("meta"))
            painter.setPen(theme().color("warn"))
            foot = self.rect().adjusted(16, 0, -16, -_EDGE)
            foot.setTop(foot.bottom() - fonts.px(_NOTE_HEIGHT))
            text.draw(painter, foot, self.note)

    def _draw_thumb(self, painter: QPainter, tall: int) -> None:
        """Draw at the edge which rows of how many are in sight."""
        whole, many = tall * self._shown, len(self._items)
        thumb = QRect(0, _EDGE + whole * self._top // many, _THUMB, whole * self._shown // many)
        thumb.moveLeft(self.width() - _EDGE - _THUMB)
        paint.box(painter, thumb, fill="control", radius=_THUMB / 2)


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
