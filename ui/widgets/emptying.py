"""Emptying a layout, and fields that grow with their text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLayout, QPlainTextEdit, QTextEdit

from ui.look import fonts


def empty(layout: QLayout) -> None:
    """Remove and delete every widget of a layout; nested layouts are not searched."""
    while (entry := layout.takeAt(0)) is not None:
        widget = entry.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Grown(QObject):
    """Fits a field's height to its text, between two numbers of lines."""

    def __init__(self, field: QPlainTextEdit | QTextEdit, least: int, most: int, more: int = 8) -> None:
        """`least` and `most` are lines; `more` CSS pixels are added for borders and margins."""
        super().__init__(field)
        self._field, self._least, self._most, self._more = field, least, most, more
        field.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        field.textChanged.connect(self.fit)
        field.installEventFilter(self)
        self.fit()

    def fit(self) -> None:
        """Fit the height to the text at the current width."""
        line = self._field.line_height() if hasattr(self._field, "line_height") else 0
        lines = round(self._field.document().size().height() / (line or 1))  # in lines for QPlainTextEdit
        lines = max(self._least, min(self._most, lines))
        height = lines * (line or self._field.fontMetrics().lineSpacing()) + fonts.px(self._more)
        if height != self._field.height():
            self._field.setFixedHeight(height)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Refit on another width or font; never filters."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.Show):
            self.fit()
        return False
