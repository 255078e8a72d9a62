"""What can be typed next in a search, listed between the field and the rows: it moves the results, and hides none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets import paint

if TYPE_CHECKING:
    from app.search import Hint

ROW_HEIGHT = 26
_NONE = -1


class Suggestions(QWidget):
    """The keyboard focus stays in the field. `taken` carries the Hint."""

    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, with nothing suggested."""
        super().__init__(parent)
        self._hints: tuple[Hint, ...] = ()
        self._current = _NONE
        self.setAccessibleName(tr("Suggestions"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def offer(self, hints: Sequence[Hint]) -> None:
        """Show these; none hides the list."""
        self._hints, self._current = tuple(hints), _NONE
        self.setVisible(bool(hints))
        self.updateGeometry()
        self._say()
        self.update()

    def hints(self) -> tuple[Hint, ...]:
        """What is suggested."""
        return self._hints

    def take_first(self) -> bool:
        """Take the current suggestion, or else the first; False if there is none."""
        if not self._hints:
            return False
        self.taken.emit(self._hints[max(0, self._current)])
        return True

    def steer(self, event: QKeyEvent) -> bool:
        """Whether a key of the field was for the list; Down behind the last one is not: it goes on to the rows."""
        key = event.key()
        if not self._hints or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key == Qt.Key.Key_Down and self._current + 1 < len(self._hints):
            self._go_to(self._current + 1)
        elif key == Qt.Key.Key_Up and self._current != _NONE:
            self._go_to(self._current - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current != _NONE:
            self.take_first()
        else:
            return False
        return True

    def _go_to(self, place: int) -> None:
        self._current = place
        self._say()
        self.update()

    def _say(self) -> None:
        from ui.widgets.toast import speak  # noqa: PLC0415  not needed for the first paint

        if self._current == _NONE:
            self.setAccessibleDescription("")
            return
        hint = self._hints[self._current]
        said = tr("{value}: {about}").format(value=hint.title, about=hint.about) if hint.about else hint.title
        self.setAccessibleDescription(said)
        speak(self, said)

    def sizeHint(self) -> QSize:
        """One row for each suggestion."""
        return QSize(fonts.px(200), fonts.px(ROW_HEIGHT) * len(self._hints))

    def minimumSizeHint(self) -> QSize:
        """As tall as its rows; it elides what is too wide."""
        return QSize(fonts.px(80), self.sizeHint().height())

    def _row_at(self, event: QMouseEvent) -> int:
        row = int(event.position().y()) // fonts.px(ROW_HEIGHT)
        return row if 0 <= row < len(self._hints) else _NONE

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the clicked row."""
        if self._row_at(event) != _NONE:
            self.taken.emit(self._hints[self._row_at(event)])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the row under the pointer current."""
        if self._row_at(event) not in (_NONE, self._current):
            self._current = self._row_at(event)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each suggestion, and in grey what it means; the current one with a ground."""
        painter, tall = QPainter(self), fonts.px(ROW_HEIGHT)
        for place, hint in enumerate(self._hints):
            row = QRect(0, place * tall, self.width(), tall)
            if place == self._current:
                paint.box(painter, row, fill="selected", radius=6)
            self._draw(painter, row.adjusted(fonts.px(8), 0, -fonts.px(8), 0), hint, first=place == 0)

    def _draw(self, painter: QPainter, row: QRect, hint: Hint, *, first: bool) -> None:
        cap = paint.cap_width("Tab") + fonts.px(8) if first else 0
        painter.setFont(fonts.font("body", 500))
        painter.setPen(theme().color("text"))
        used = text.draw(painter, row.adjusted(0, 0, -cap, 0), text.isolate(text.plain(hint.title))) + fonts.px(10)
        painter.setFont(fonts.font("meta"))
        painter.setPen(theme().color("text2"))
        text.draw(painter, row.adjusted(used, 0, -cap, 0), text.isolate(text.plain(hint.about)))
        if first:
            paint.cap(painter, row.right() - cap + fonts.px(8), row.top() + (row.height() - fonts.px(18)) // 2, "Tab")
