"""The popup list of templates at the text cursor, best match first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget

from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets import paint

if TYPE_CHECKING:
    from app.templates import Template

_ROW_HEIGHT, _LIST_WIDTH = 44, 380


class TemplateList(QWidget):
    """A painted list inside the window; the keyboard focus stays in the draft. `taken` carries the template's id."""

    taken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, until `show_at`."""
        super().__init__(parent)
        self.setAccessibleName(tr("Templates"))
        self.setMouseTracking(True)
        self._templates: tuple[Template, ...] = ()
        self._current = 0
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        self.hide()

    def show_at(self, templates: Sequence[Template], caret: QPoint) -> None:
        """Show these templates near a point in window coordinates, above it if there is no room below."""
        self._templates = tuple(templates)
        self._current = 0
        size = QSize(fonts.px(_LIST_WIDTH), fonts.px(_ROW_HEIGHT) * max(1, len(templates)) + 12)
        room = self.window().rect()
        x = max(8, min(caret.x() - 12, room.width() - size.width() - 8))
        above = caret.y() + fonts.px(24) + size.height() > room.height()
        y = max(8, caret.y() - size.height() - 6) if above else caret.y() + fonts.px(24)
        self.setGeometry(QRect(QPoint(x, y), size))
        self._name()
        self.raise_()
        self.show()
        self.update()

    def _name(self) -> None:
        current = self.current()
        self.setAccessibleDescription(f"{current.name}, {current.use}" if current else tr("No templates match"))

    def step(self, by: int) -> None:
        """Move so many rows down (or up, if negative), wrapping around."""
        if self._templates:
            self._current = (self._current + by) % len(self._templates)
            self._name()
            self.update()

    def current(self) -> Template | None:
        """The template that Enter inserts; None if the list is empty."""
        return self._templates[self._current] if self._templates else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the clicked row."""
        row = (int(event.position().y()) - 6) // fonts.px(_ROW_HEIGHT)
        if 0 <= row < len(self._templates):
            self.taken.emit(str(self._templates[row].id))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the row under the pointer current."""
        row = (int(event.position().y()) - 6) // fonts.px(_ROW_HEIGHT)
        if 0 <= row < len(self._templates) and row != self._current:
            self._current = row
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows: name, use, languages."""
        painter = QPainter(self)
        paint.box(painter, self.rect(), fill="surface", edge="border", radius=10)
        tall = fonts.px(_ROW_HEIGHT)
        if not self._templates:
            painter.setFont(fonts.font("body"))
            painter.setPen(theme().color("text2"))
            text.draw(painter, self.rect().adjusted(16, 6, -16, -6), tr("No templates match"))
        for place, template in enumerate(self._templates):
            row = QRect(6, 6 + place * tall, self.width() - 12, tall)
            if place == self._current:
                paint.box(painter, row, fill="selected", radius=6)
            inner = row.adjusted(12, 4, -12, -4)
            half = inner.height() // 2
            painter.setFont(fonts.font("row"))
            painter.setPen(theme().color("text"))
            text.draw(
                painter, QRect(inner.left(), inner.top(), inner.width() - fonts.px(90), half), text.plain(template.name)
            )
            painter.setFont(fonts.font("meta"))
            painter.setPen(theme().color("text2"))
            text.draw(painter, QRect(inner.left(), inner.top() + half, inner.width(), half), text.plain(template.use))
            languages = " ".join(template.languages)
            text.draw(painter, QRect(inner.left(), inner.top(), inner.width(), half), languages, right=True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
