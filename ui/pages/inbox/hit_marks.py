"""Marks the words of a search in the open conversation, and brings the latest of them into sight when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from ui.look.theme import color, theme

if TYPE_CHECKING:
    from ui.pages.inbox.searching import Searching
    from ui.pages.inbox.talk import Talk

_MAX_MARKS = 2_000


class HitMarks(QObject):
    """Follows the story, which is written anew whenever anything in it changes."""

    def __init__(self, talk: Talk, searching: Searching) -> None:
        """Nothing is marked until something is searched for."""
        super().__init__(talk)
        self._talk, self._story, self._searching = talk, talk.story, searching
        self._conversation: int | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._mark)
        talk.story.document().contentsChanged.connect(self._written)
        searching.marked.connect(self._searched)
        theme().changed.connect(self._timer.start)

    def _written(self) -> None:
        if self._searching.marker:
            self._timer.start()

    def _searched(self) -> None:
        self._conversation = None
        self._timer.start()

    def _mark(self) -> None:
        marker, document = self._searching.marker, self._story.document()
        marks: list[QTextEdit.ExtraSelection] = []
        block = document.begin()
        while marker and block.isValid() and len(marks) < _MAX_MARKS:
            for start, length in marker.spans(block.text()):
                cursor = QTextCursor(document)
                cursor.setPosition(block.position() + start)
                cursor.setPosition(block.position() + start + length, QTextCursor.MoveMode.KeepAnchor)
                marks.append(_marked(cursor))
            block = block.next()
        self._story.setExtraSelections(marks)
        self._bring_into_sight(marks)

    def _bring_into_sight(self, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Scroll to the latest mark, once for each conversation that is opened."""
        conversation = None if self._talk.opened is None else self._talk.opened.row.id
        if not marks or conversation == self._conversation:
            return
        self._conversation = conversation
        place = self._story.cursorRect(marks[-1].cursor)
        room = self._story.viewport().rect()
        if not room.adjusted(0, 0, 0, -place.height()).contains(place.topLeft()):
            bar = self._story.verticalScrollBar()
            bar.setValue(bar.value() + place.top() - room.height() // 3)


def _marked(cursor: QTextCursor) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    shape = QTextCharFormat()
    shape.setBackground(color("warn_bg"))
    shape.setForeground(color("text"))
    shape.setFontUnderline(True)
    shape.setUnderlineColor(color("warn"))
    made.cursor, made.format = cursor, shape
    return made
