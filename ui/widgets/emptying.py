"""Taking everything out of a layout, and fields as tall as their text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLayout, QPlainTextEdit, QTextEdit

from ui.look import fonts


def empty(layout: QLayout) -> None:
    """Take out and let go every widget of a layout."""
    while (entry := layout.takeAt(0)) is not None:
        widget = entry.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class Grown(QObject):
    """Keeps a field as tall as its text, between two numbers of lines."""

    def __init__(self, field: QPlainTextEdit | QTextEdit, least: int, most: int, more: int = 8) -> None:
        """`more` pixels stand for edges and margins."""
        super().__init__(field)
        self._field, self._least, self._most, self._more = field, least, most, more
        field.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        field.textChanged.connect(self.fit)
        field.installEventFilter(self)
        self.fit()

    def fit(self) -> None:
        """Take the height of the text at the width there is."""
        line = self._field.line_height() if hasattr(self._field, "line_height") else 0
        lines = round(self._field.document().size().height() / (line or 1))  # plain fields count in lines
        lines = max(self._least, min(self._most, lines))
        height = lines * (line or self._field.fontMetrics().lineSpacing()) + fonts.px(self._more)
        if height != self._field.height():
            self._field.setFixedHeight(height)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Another width or font, other lines."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.Show):
            self.fit()
        return False
