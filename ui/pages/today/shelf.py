"""The shelf of kind words: all of them, on a card above the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kind_words import KindWord
from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.avatar import Avatar, KeyCap
from ui.widgets.buttons import IconButton, LinkButton
from ui.widgets.labels import Label, Rule
from ui.widgets.overlay import Overlay
from ui.widgets.panels import Scroll

_WIDE, _AROUND = 560, 32


class Shelf(Overlay):
    """An overlay with a scrolling card; Esc or a click outside the card closes it."""

    opened = Signal(object)
    """The conversation's id in which one was said."""

    def __init__(self, parent: QWidget, kept: Sequence[KindWord], key: str, now: int) -> None:
        """`kept` are the last kept first; `key` is the one that keeps them; `now` is Unix UTC."""
        super().__init__(parent, tr("Kind words"))
        column = QVBoxLayout(self.card)
        column.setContentsMargins(1, 16, 1, 8)
        column.setSpacing(12)
        column.addLayout(self._head())
        column.addWidget(Rule())
        self.rows = Scroll((24, 2, 20, 12), 0)
        for place, word in enumerate(kept):
            if place:
                self.rows.column.addWidget(Rule())
            self.rows.column.addWidget(self._entry(word, now))
        if not kept:
            words = tr("The shelf is empty. Press {key} on a conversation to keep the last words of theirs.")
            self.rows.column.addWidget(Label(words.format(key=key), "body", "text2", wrap=True))
        self.rows.column.addStretch(1)
        column.addWidget(self.rows, 1)
        self.setGeometry(parent.rect())
        self.fit()
        self.open()

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(24, 0, 14, 0)
        head.setSpacing(10)
        head.addWidget(Label(tr("Kind words"), "section"))
        head.addStretch(1)
        head.addWidget(KeyCap("Esc"))
        close = IconButton("x", tr("Close"), size=26, glyph=14)
        close.clicked.connect(self.dismiss)
        head.addWidget(close)
        return head

    def _entry(self, word: KindWord, now: int) -> QWidget:
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(12)
        row.addWidget(Avatar(word.who, word.member_id or word.who), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Label(word.words, "message", wrap=True))
        said = LinkButton(
            tr("{name}, {date}").format(name=text.name(word.who), date=text.stamp(word.at, now)), tone="text2"
        )
        said.clicked.connect(lambda: self._open(word.conversation_id))
        column.addWidget(said)
        row.addLayout(column, 1)
        return entry

    def _open(self, number: int) -> None:
        self.close()
        self.opened.emit(number)

    def fit(self) -> None:
        """Place the card in the middle, as high as its entries where there is room."""
        wide = min(fonts.px(_WIDE), self.width() - _AROUND)
        column = self.rows.column
        high = column.heightForWidth(wide - 2) if column.hasHeightForWidth() else column.sizeHint().height()
        high = min(high + fonts.px(80), self.height() - 2 * _AROUND)
        self.card.setGeometry((self.width() - wide) // 2, max(16, (self.height() - high) // 3), wide, high)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; arrows, Space and the page keys scroll."""
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
