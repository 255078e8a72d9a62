"""An overlay with a title and a column of entries that scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import fonts
from ui.look.text import tr
from ui.widgets.avatar import KeyCap
from ui.widgets.buttons import IconButton
from ui.widgets.labels import ElidedLabel, Label, Rule
from ui.widgets.overlay import Overlay
from ui.widgets.panels import Scroll

_AROUND = 32


class Sheet(Overlay):
    """A card in the middle; Esc or a click outside it closes it."""

    def __init__(self, parent: QWidget, title: str, about: str, wide: int) -> None:
        """`about` stands in grey beside the title; `wide` is in CSS pixels. `fill` shows it."""
        super().__init__(parent, title)
        self._covered, self._wide = parent, wide
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, 16, 1, 8)
        column.setSpacing(12)
        column.addLayout(self._head(title, about))
        column.addWidget(Rule())
        self.rows = Scroll((24, 2, 20, 12), 0)
        column.addWidget(self.rows, 1)

    def _head(self, title: str, about: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 14, 0)
        head.setSpacing(10)
        head.addWidget(Label(title, "section"))
        head.addWidget(ElidedLabel(about, "body", "text2"), 1)
        head.addWidget(KeyCap("Esc"))
        close = IconButton("x", tr("Close"), size=26, glyph=14)
        close.clicked.connect(self.dismiss)
        head.addWidget(close)
        return head

    def fill(self, entries: Sequence[QWidget]) -> None:
        """Put the entries into the column, with a line between two of them, and open it."""
        for place, entry in enumerate(entries):
            if place:
                self.rows.column.addWidget(Rule())
            self.rows.column.addWidget(entry)
        self.rows.column.addStretch(1)
        self.setGeometry(self._covered.rect())
        self.fit()
        self.open()

    def fit(self) -> None:
        """Place the card in the middle, as high as the entries where there is room."""
        wide = min(fonts.px(self._wide), self.width() - _AROUND)
        column = self.rows.column
        high = column.heightForWidth(wide - 2) if column.hasHeightForWidth() else column.sizeHint().height()
        high = min(high + fonts.px(80), self.height() - 2 * _AROUND)
        self.card.setGeometry((self.width() - wide) // 2, max(16, (self.height() - high) // 3), wide, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; arrows, J, K, Space and the page keys scroll."""
        bar = self.rows.verticalScrollBar()
        step, leaf = bar.singleStep() * 3, bar.pageStep()
        steps = {
            Qt.Key.Key_Down: step, Qt.Key.Key_J: step, Qt.Key.Key_Up: -step, Qt.Key.Key_K: -step,
            Qt.Key.Key_Space: leaf, Qt.Key.Key_PageDown: leaf, Qt.Key.Key_PageUp: -leaf,
        }  # fmt: skip
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close on a click outside the card."""
        if not self.card.geometry().contains(event.position().toPoint()):
            self.dismiss()
