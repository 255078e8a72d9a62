"""The field that a note about a member is written in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from ui.look import fonts
from ui.look.text import tr


class NoteField(QPlainTextEdit):
    """The note: `left` when the focus goes, so that nothing typed is lost."""

    left = Signal()

    def __init__(self) -> None:
        """Tab leaves it."""
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Note"))
        self.setPlaceholderText(tr("Things worth remembering"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Be as tall as its text, from three lines to twelve."""
        lines = max(3, min(12, round(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + fonts.px(26))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that it is left; a menu over it does not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
