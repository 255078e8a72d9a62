"""The line under a draft that says why its spelling isn't checked, or that no slip was found."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.avatar import Icon
from ui.widgets.buttons import ActionButton
from ui.widgets.labels import Label
from ui.widgets.toast import speak

_SHORT_MS = 4_000


class SpellingLine(QWidget):
    """One sentence. Advice stays until it is closed; anything else goes by itself."""

    told = Signal()
    """The person has read it."""

    def __init__(self) -> None:
        """Start hidden, until `say`."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(10)
        self.words = Label("", "meta", "text2", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.got_it = ActionButton(tr("Got it"), height=26)
        self.got_it.clicked.connect(self.told)
        row.addWidget(Icon("spell-check", "text2", 16))
        row.addWidget(self.words, 1)
        row.addWidget(self.got_it)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHORT_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, sentence: str, *, advice: bool) -> None:
        """Show a sentence; `advice` has a button that closes it."""
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.got_it.setVisible(advice)
        self._timer.stop()
        if not advice:
            self._timer.start()
        self.show()
        speak(self, sentence)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill with a quiet tone."""
        paint.box(QPainter(self), self.rect(), fill="subtle", radius=6)
