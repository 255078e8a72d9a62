"""The text field of a note about a member."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit

from ui.look import fonts
from ui.look.text import tr


class NoteField(QPlainTextEdit):
    """A note; `left` is emitted on focus out, so that it can be saved."""

    left = Signal()

    def __init__(self) -> None:
        """Let Tab move the focus on."""
        super().__init__()
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("Note"))
        self.setPlaceholderText(tr("Things worth remembering"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Fit the height to the text, from 3 to 12 lines."""
        lines = max(3, min(12, round(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + fonts.px(26))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Refit: the text wraps differently at another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Emit `left`, except when a context menu takes the focus."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()
