"""Shows each blank as a chip with readable words: `{{first_name}}` as "first name", `{{name:dative}}` as its case.

The text itself, and what is copied of it, keeps the braces. The blank that the caret is in stands as it is written, so
that it can be changed. The letters of the others have no room but the first, which has that of the chip: the field
paints it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextLine,
)
from PySide6.QtWidgets import QTextEdit

from app.templates.blank_words import words
from ui.look import fonts, text
from ui.look.theme import theme
from ui.widgets import paint

BLANK = re.compile(r"\{\{[^{}\n]{0,240}\}\}")
"""A blank as it stands in a draft: what is between the braces is not checked here."""
_LEAST_POINTS = 0.1
_PAD, _MOST_WIDTH, _RADIUS = 6, 280, 5
"""CSS pixels: around a chip's words, the most that they take, and how round it is."""


class Shown(NamedTuple):
    """A blank in a block of the document, in UTF-16 units from its start, and the words that stand for it."""

    start: int
    end: int
    words: str


class BlankNames(QSyntaxHighlighter):
    """Makes room for the chips, and paints them."""

    def __init__(self, document: QTextDocument) -> None:
        """Follow this document."""
        super().__init__(document)
        self._caret = -1
        self.wrong = False
        """Whether blanks that are open are shown as what stops the message."""

    def set_caret(self, position: int) -> None:
        """Show as it is written the blank that this position is in, in UTF-16 units of the document; -1 for none."""
        before, self._caret = self._caret, position
        blocks = [self.document().findBlock(place) for place in (before, position) if place >= 0]
        with QSignalBlocker(self.document()):  # nothing is typed
            for block in blocks:
                if block.isValid() and "{{" in block.text():
                    self.rehighlightBlock(block)

    def restyle(self) -> None:
        """Make room anew: the font or the theme changed."""
        with QSignalBlocker(self.document()):  # nothing is typed
            self.rehighlight()

    def chips(self, block: QTextBlock) -> Iterator[Shown]:
        """The blanks of a block that are shown as chips."""
        caret = self._caret - block.position()
        yield from (one for one in _blanks(block.text()) if one.words and not one.start < caret < one.end)

    def under(self, field: QTextEdit, point: QPointF) -> tuple[int, int] | None:
        """Where the chip at a point of the field is, as positions of the document; or None."""
        at = point + _scrolled(field)
        block = field.cursorForPosition(point.toPoint()).block()
        found = (one for one in self.chips(block) if self._place(block, one.start).contains(at))
        return next(((block.position() + one.start, block.position() + one.end) for one in found), None)

    def highlightBlock(self, content: str) -> None:
        """Make room for each chip in place of its first letter, and none for the others."""
        if "{{" not in content:
            return
        chips = set(self.chips(self.currentBlock()))
        for blank in _blanks(content):
            if blank in chips:
                self.setFormat(blank.start, 1, self._room(blank.words))
                self.setFormat(blank.start + 1, blank.end - blank.start - 1, _vanished())
            else:
                self.setFormat(blank.start, blank.end - blank.start, _as_written())

    def _room(self, said: str) -> QTextCharFormat:
        shape, font = QTextCharFormat(), self.document().defaultFont()
        metrics = QFontMetricsF(font)
        shape.setForeground(QColor(Qt.GlobalColor.transparent))
        shape.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
        shape.setFontLetterSpacing(_width(said, metrics) - metrics.horizontalAdvance("{"))
        return shape

    def paint(self, field: QTextEdit) -> None:
        """Paint the chips over the text of the field, the selected ones as selected."""
        document, cursor = self.document(), field.textCursor()
        if "{{" not in document.toPlainText():
            return
        painter = QPainter(field.viewport())
        offset = -_scrolled(field)
        block = document.begin()
        while block.isValid():
            for chip in self.chips(block):
                start, end = block.position() + chip.start, block.position() + chip.end
                chosen = cursor.selectionStart() <= start and end <= cursor.selectionEnd()
                rect = self._place(block, chip.start).translated(offset)
                self._draw(painter, rect, chip.words, chosen=chosen)
            block = block.next()
        painter.end()

    def _place(self, block: QTextBlock, start: int) -> QRectF:
        """The rectangle of a chip in the document, whichever way its line is read."""
        layout = block.layout()
        line = layout.lineForTextPosition(start)
        if not line.isValid():
            return QRectF()
        edges = _x(line, start, QTextLine.Edge.Leading), _x(line, start, QTextLine.Edge.Trailing)
        metrics = QFontMetricsF(self.document().defaultFont())
        top = layout.position().y() + line.y() + line.ascent() - metrics.ascent() - 1
        left = layout.position().x() + min(edges)
        return QRectF(left, top, abs(edges[1] - edges[0]), metrics.ascent() + metrics.descent() + 2)

    def _draw(self, painter: QPainter, rect: QRectF, said: str, *, chosen: bool) -> None:
        tone = "danger" if self.wrong else "accent"
        fill, ink = (tone, "on_accent") if chosen and not self.wrong else (f"{tone}_bg", tone)
        paint.box(painter, rect.adjusted(1, 0, -1, 0), fill, fonts.px(_RADIUS), tone if self.wrong else "")
        font = self.document().defaultFont()
        painter.setFont(font)
        painter.setPen(QColor(theme().hex(ink)))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, _elided(said, QFontMetricsF(font)))


def _blanks(content: str) -> list[Shown]:
    """The blanks of a line; positions are Qt's, in UTF-16 units."""
    wide = [place for place, letter in enumerate(content) if letter > "\uffff"]

    def units(place: int) -> int:
        return place + sum(at < place for at in wide)

    return [Shown(units(hit.start()), units(hit.end()), words(hit[0][2:-2])) for hit in BLANK.finditer(content)]


def _scrolled(field: QTextEdit) -> QPointF:
    return QPointF(field.horizontalScrollBar().value(), field.verticalScrollBar().value())


def _x(line: QTextLine, position: int, edge: QTextLine.Edge) -> float:
    found: object = line.cursorToX(position, edge)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]  # as PySide has it


def _elided(said: str, metrics: QFontMetricsF) -> str:
    return metrics.elidedText(text.plain(said), Qt.TextElideMode.ElideRight, fonts.px(_MOST_WIDTH))


def _width(said: str, metrics: QFontMetricsF) -> float:
    return metrics.horizontalAdvance(_elided(said, metrics)) + 2 * fonts.px(_PAD) + 2


def _vanished() -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setFontPointSize(_LEAST_POINTS)
    shape.setForeground(QColor(Qt.GlobalColor.transparent))
    return shape


def _as_written() -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setBackground(QColor(theme().hex("accent_bg")))
    shape.setForeground(QColor(theme().hex("accent")))
    return shape
