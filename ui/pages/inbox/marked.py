"""A line of a row with the words of a search marked in it: by a tint and by weight, not by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QBrush, QFont, QPainter, QTextCharFormat, QTextLayout, QTextOption

from ui.look import text
from ui.look.mirror import upright
from ui.look.theme import color

if TYPE_CHECKING:
    from app.search import Marker


def draw(painter: QPainter, rect: QRect, words: str, marker: Marker | None) -> int:
    """Draw one line like `text.draw`, with the marker's words marked; returns the width used in pixels."""
    elided = text.elide(words, painter.fontMetrics(), rect.width()) if marker else words
    spans = marker.spans(elided) if marker else []
    if not spans:
        return text.draw(painter, rect, words)
    layout = QTextLayout(elided, painter.font(), painter.device())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(text.direction(elided))
    layout.setTextOption(option)
    layout.setFormats([_range(start, length) for start, length in spans])
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    used = int(line.naturalTextWidth() + 0.99)
    top = rect.top() + (rect.height() - line.height()) / 2
    painter.save()
    painter.setClipRect(rect)
    with upright(painter, rect) as turned:
        left = rect.right() + 1 - used if turned else rect.left()
        layout.draw(painter, QPointF(left - line.x() if text.is_rtl(elided) else left, top))
    painter.restore()
    return min(used, rect.width())


def _range(start: int, length: int) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, length
    shape = QTextCharFormat()
    shape.setBackground(QBrush(color("warn_bg")))
    shape.setForeground(QBrush(color("text")))
    shape.setFontWeight(QFont.Weight.DemiBold)
    made.format = shape
    return made
