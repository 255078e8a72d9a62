"""The progress of long work at the bottom of the rail: "Importing 1,240 of 8,300", a bar, and Stop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QRect, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import fonts, text
from ui.widgets import paint
from ui.widgets.labels import ElidedLabel

QUIET_MS = 300
"""Shorter work shows no progress."""


class _Line(QWidget):
    """The bar, 4 px high; a third of it is filled if the total is unknown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.part = 0.0
        self.setFixedHeight(4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track and the part done."""
        painter = QPainter(self)
        paint.box(painter, self.rect(), fill="nav", radius=2)
        paint.box(painter, QRect(0, 0, max(4, round(self.width() * self.part)), 4), fill="accent", radius=2)


class Progress(QWidget):
    """The progress of one piece of work; hidden if none is running."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Create the widgets only at the first use."""
        super().__init__(parent)
        self._built = False
        self._narrow = False
        self._since = QElapsedTimer()
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(QUIET_MS)
        self._late.timeout.connect(self.show)
        self._stop: Callable[[], object] | None = None
        self.hide()

    def set(self, words: str, done: int = 0, of: int = 0, stop: Callable[[], object] | None = None) -> None:
        """Show the progress `done` of `of`; empty `words` end it. `stop` is called by the Stop button."""
        if not words:
            self._late.stop()
            self.hide()
            return
        self._build()
        numbers = (
            " " + text.tr("{count} of {total}").format(count=text.number(done), total=text.number(of)) if of else ""
        )
        self._words.setText(words + numbers)
        self.setAccessibleName(words + numbers)
        self._line.part = min(1.0, done / of) if of else 0.33
        self._line.update()
        self._stop = stop
        self._button.setVisible(stop is not None and not self._narrow)
        if self.isHidden() and not self._late.isActive():
            self._late.start()

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001  one switch
        """Show only the bar in a narrow rail."""
        self._narrow = narrow
        if self._built:
            self._words.setVisible(not narrow)
            self._button.setVisible(self._stop is not None and not narrow)

    def _build(self) -> None:
        if self._built:
            return
        from ui.widgets.buttons import LinkButton  # noqa: PLC0415  not needed at startup

        self._built = True
        column = QVBoxLayout(self)
        column.setContentsMargins(fonts.px(10), 0, fonts.px(10), fonts.px(8))
        column.setSpacing(4)
        self._words = ElidedLabel("", "meta", "text2", weight=500)
        column.addWidget(self._words)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._line = _Line(self)
        self._button = LinkButton(text.tr("Stop"))
        self._button.clicked.connect(self._stopped)
        row.addWidget(self._line, 1)
        row.addWidget(self._button)
        column.addLayout(row)
        self.set_narrow(self._narrow)

    def _stopped(self) -> None:
        if self._stop is not None:
            self._stop()
