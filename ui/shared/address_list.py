"""The popup list of members' addresses under a receivers' field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets import paint

if TYPE_CHECKING:
    from app.members import Mailbox

_ROW_HEIGHT, _LIST_WIDTH = 44, 360


class AddressList(QWidget):
    """A painted list inside the window; the keyboard focus stays in the field. `taken` carries the Mailbox."""

    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, until `show_at`."""
        super().__init__(parent)
        self.setAccessibleName(tr("Matching addresses"))
        self.setMouseTracking(True)
        self._mailboxes: tuple[Mailbox, ...] = ()
        self._current = 0
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.hide()

    def show_at(self, mailboxes: Sequence[Mailbox], field: QRect) -> None:
        """Show these below a field, given in window coordinates; above it if there is no room below."""
        self._mailboxes, self._current = tuple(mailboxes), 0
        room = self.window().rect()
        size = QSize(min(fonts.px(_LIST_WIDTH), room.width() - 16), fonts.px(_ROW_HEIGHT) * len(mailboxes) + 12)
        x = max(8, min(field.left(), room.width() - size.width() - 8))
        above = field.bottom() + 4 + size.height() > room.height()
        y = max(8, field.top() - size.height() - 4) if above else field.bottom() + 4
        self.setGeometry(QRect(QPoint(x, y), size))
        self._say()
        self.raise_()
        self.show()
        self.update()

    def step(self, by: int) -> None:
        """Move so many rows down (or up, if negative), wrapping around."""
        if self._mailboxes:
            self._current = (self._current + by) % len(self._mailboxes)
            self._say()
            self.update()

    def current(self) -> Mailbox | None:
        """The address that Enter takes; None if the list is empty."""
        return self._mailboxes[self._current] if self._mailboxes else None

    def _say(self) -> None:
        current = self.current()
        self.setAccessibleDescription(f"{current.name}, {current.address}" if current else "")

    def _row_at(self, event: QMouseEvent) -> int:
        return (int(event.position().y()) - 6) // fonts.px(_ROW_HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the clicked row."""
        row = self._row_at(event)
        if 0 <= row < len(self._mailboxes):
            self.taken.emit(self._mailboxes[row])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the row under the pointer current."""
        row = self._row_at(event)
        if 0 <= row < len(self._mailboxes) and row != self._current:
            self._current = row
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows: avatar, name, address."""
        painter, px = QPainter(self), fonts.px
        paint.box(painter, self.rect(), fill="surface", edge="border", radius=10)
        tall, side = px(_ROW_HEIGHT), px(24)
        for place, box in enumerate(self._mailboxes):
            row = QRect(6, 6 + place * tall, self.width() - 12, tall)
            if place == self._current:
                paint.box(painter, row, fill="selected", radius=6)
            name = box.name or box.address
            paint.avatar(painter, QRect(row.left() + px(8), row.top() + px(10), side, side), name, box.member_id)
            left, half = row.left() + px(42), (tall - 8) // 2
            width = row.right() - left - px(8)
            painter.setFont(fonts.font("row"))
            painter.setPen(theme().color("text"))
            text.draw(painter, QRect(left, row.top() + 4, width, half), text.plain(name))
            painter.setFont(fonts.font("meta"))
            painter.setPen(theme().color("text2"))
            text.draw(painter, QRect(left, row.top() + 4 + half, width, half), text.plain(box.address))
