"""SearchField. It has a module of its own since the inbox needs no other field at startup."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.commands.in_use import keymap
from ui.look import fonts, icons
from ui.look.theme import theme
from ui.widgets import paint

_GAP = 9  # pixels around the magnifier and the placeholder


class SearchField(QLineEdit):
    """A search field with a magnifier and a key cap. Esc clears it, then emits `left`; Down emits `below`."""

    left = Signal()
    below = Signal()

    def __init__(self, placeholder: str, command: str = "", parent: QWidget | None = None) -> None:
        """`placeholder` is also the accessible name; the key of `command` is shown at the end while it is empty."""
        super().__init__(parent)
        self._command = command
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._restyle()
        theme().changed.connect(self._restyle)
        keymap().changed.connect(self.update)

    def _restyle(self) -> None:
        self.setTextMargins(fonts.px(20), 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Esc and Down; everything else is typing."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.left.emit()
            return
        if event.key() == Qt.Key.Key_Down:
            self.below.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw Qt's field, then magnifier and key cap."""
        super().paintEvent(event)
        painter, size = QPainter(self), fonts.px(16)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self.width() - size - 9 if mirrored else 9
        icons.draw(painter, "search", QColor(theme().hex("text2")).name(), left, (self.height() - size) / 2, size)
        key = keymap().cap(self._command) if self._command else ""
        wide = paint.cap_width(key) if key else 0
        beside = fonts.px(20) + self.fontMetrics().horizontalAdvance(self.placeholderText()) + 3 * _GAP
        if key and not self.text() and not self.hasFocus() and beside + wide <= self.width():
            at = 7 if mirrored else self.width() - wide - 7
            paint.cap(painter, at, (self.height() - fonts.px(18)) // 2, key)
