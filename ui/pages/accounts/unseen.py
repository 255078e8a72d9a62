"""What cannot be read or done on a channel, and why: said under the fields, before an account is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.labels import Label

if TYPE_CHECKING:
    from app.channels.base import Channel


class Unseen(QWidget):
    """A quiet heading and a sentence a line; Tab leads there, so that it scrolls into sight where there is no room."""

    def __init__(self, channel: Channel) -> None:
        """Show the sentences of this channel, which must have some."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        title, sentences = tr("What Rapport can't see or do there"), [tr(words) for words in channel.unseen]
        column.addWidget(Label(title, "meta", "text2", weight=600))
        self.labels = [Label(words, "meta", "text2", wrap=True) for words in sentences]
        for label in self.labels:
            column.addWidget(label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(" ".join([f"{title}:", *sentences]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Show the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            paint.focus_ring(QPainter(self), self.rect(), 4)
