"""The shelf of kind words: all of them, on a card above the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kind_words import KindWord
from ui.look import text
from ui.look.text import tr
from ui.pages.today.signature import Signature
from ui.widgets.avatar import Avatar
from ui.widgets.labels import Label
from ui.widgets.sheet import Sheet

_WIDE = 560


class Shelf(Sheet):
    """Each with who wrote it and when, and a link to its conversation."""

    opened = Signal(object)
    """The conversation's id in which one was said."""

    def __init__(self, parent: QWidget, kept: Sequence[KindWord], key: str, now: int) -> None:
        """`kept` are the last kept first; `key` is the one that keeps them; `now` is Unix UTC."""
        super().__init__(parent, tr("Kind words"), "", _WIDE)
        entries = [self._entry(word, now) for word in kept]
        words = tr("The shelf is empty. Press {key} in a conversation to keep what they wrote.")
        self.fill(entries or [Label(words.format(key=key), "body", "text2", wrap=True)])

    def _entry(self, word: KindWord, now: int) -> QWidget:
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(12)
        row.addWidget(Avatar(word.who, word.member_id or word.who), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Label(word.words, "message", wrap=True))
        signature = Signature(word.who, text.stamp(word.at, now))
        signature.clicked.connect(lambda: self._open(word.conversation_id))
        column.addWidget(signature)
        row.addLayout(column, 1)
        return entry

    def _open(self, number: int) -> None:
        self.close()
        self.opened.emit(number)
