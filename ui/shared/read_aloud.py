"""A conversation as a screen reader has it: what was said and done, each entry read as a sentence.

To Qt a text browser is a label with one long text. Up and Down go from entry to entry while a screen reader runs, and
each is announced: who, when and what, in the words that stand in the document, links and states included. The entries
are no accessible objects of their own: with those, made in Python, the window crashed now and then (PySide 6.11).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeyEvent, QTextBlock
from PySide6.QtWidgets import QTextBrowser

from ui.commands.keys import keep_arrows
from ui.look import text
from ui.widgets.toast import speak

if TYPE_CHECKING:
    from ui.shared.margin import Margin

_ENDS = (".", "!", "?", "…", ";", ":", ",", "·")
_NO_WORDS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\ufffc\u200e\u200f"))
"""What guides the eye and says nothing: isolates, marks of direction, and the places of pictures."""
_APART = re.compile(r"\t| {2,}")
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Entry(NamedTuple):
    """One entry of the conversation: its sentence, and the blocks of the document that it takes."""

    words: str
    first: int
    last: int


class ReadAloud(QObject):
    """Tells the entries of one conversation to a screen reader, and goes from one to the next with the arrow keys."""

    def __init__(self, story: QTextBrowser, margin: Margin) -> None:
        """`margin` knows where each entry begins."""
        super().__init__(story)
        self.story, self._margin = story, margin
        self.at = -1
        """The entry that is read; -1 before one was."""
        self._known: tuple[int, list[Entry]] = (-1, [])
        story.installEventFilter(self)

    def entries(self) -> list[Entry]:
        """What is said and done, from the top."""
        document = self.story.document()
        if self._known[0] != document.revision():
            self._known = document.revision(), self._read()
            self.at = min(self.at, len(self._known[1]) - 1)
        return self._known[1]

    def _read(self) -> list[Entry]:
        document = self.story.document()
        heads = [document.findBlock(mark.position).blockNumber() for mark in self._margin.marks if not mark.icon]
        ends = [*heads[1:], document.blockCount()] if heads else []
        return [Entry(self._sentence(first, end), first, end - 1) for first, end in zip(heads, ends, strict=True)]

    def _sentence(self, first: int, end: int) -> str:
        document = self.story.document()
        who = _head(document.findBlockByNumber(first))
        lines = [_words(document.findBlockByNumber(at)) for at in range(first + 1, end)]
        said = [line for line in lines if line]
        if not said:
            return who
        return f"{who}: " + " ".join(line if line.endswith(_ENDS) else f"{line}." for line in said)

    # Keys

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take Up and Down while a screen reader runs; each focus begins with what was read last, or the newest."""
        if event.type() == QEvent.Type.FocusIn:
            keep_arrows(self.story, kept=QAccessible.isActive())
            if QAccessible.isActive():
                QTimer.singleShot(0, self, self._focused)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and QAccessible.isActive():
            step = _STEPS.get(Qt.Key(event.key()), 0)
            if step and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self.go(self.at + step)
                return True
        return False

    def _focused(self) -> None:
        if self.story.hasFocus():
            self.go(self.at if self.at >= 0 else len(self.entries()) - 1)

    def go(self, at: int) -> None:
        """Read an entry, brought into sight; beyond the first and the last it is that one once more."""
        count = len(self.entries())
        if not count:
            return
        self.at = min(max(at, 0), count - 1)
        document, bar = self.story.document(), self.story.verticalScrollBar()
        block = document.findBlockByNumber(self.entries()[self.at].first)
        top = int(document.documentLayout().blockBoundingRect(block).top())
        if not bar.value() <= top <= bar.value() + self.story.viewport().height() // 2:
            bar.setValue(top)
        speak(self.story, self.entries()[self.at].words, urgent=True)

    def begin(self) -> None:
        """Another conversation is shown: the next that is read is its newest entry."""
        self.at = -1


def _words(block: QTextBlock) -> str:
    return text.plain(block.text().translate(_NO_WORDS))


def _head(block: QTextBlock) -> str:
    """Who and when: on the screen these stand apart."""
    parts = (text.plain(part.translate(_NO_WORDS)) for part in _APART.split(block.text()))
    return ", ".join(part for part in parts if part)
