"""Labels in a row of the inbox list: small chips at the right of the last line, or dots where there is no such line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from ui.look import fonts, text
from ui.look.theme import theme
from ui.widgets import paint

_MAX_CHIPS, _MAX_SHARE = 2, 0.45
_CHIP_HEIGHT, _INSET, _GAP, _DOT = 16, 6, 4, 8

Labels = Sequence[tuple[str, str]]


def draw_chips(painter: QPainter, line: QRect, labels: Labels) -> int:
    """Draw the labels at the right end of a line, the rest as "+2"; return the width taken in pixels."""
    if not labels:
        return 0
    px, font = fonts.px, fonts.font("badge", 500)
    metrics = QFontMetrics(font)
    shown = [(text.plain(name), colour) for name, colour in labels[:_MAX_CHIPS]]
    more = len(labels) - len(shown)
    chips = [*shown, *([(f"+{text.number(more)}", "")] if more else [])]
    most = int(line.width() * _MAX_SHARE / len(chips)) - px(_GAP)
    x = line.right()
    for words, colour in reversed(chips):
        wide = min(metrics.horizontalAdvance(words) + 2 * px(_INSET), most)
        x -= wide
        ground, letter = paint.tone_pair(f"{paint.LABEL}{colour}")
        chip = QRect(x, line.top() + (line.height() - px(_CHIP_HEIGHT)) // 2, wide, px(_CHIP_HEIGHT))
        paint.box(painter, chip, fill=ground, radius=chip.height() / 2)
        painter.setFont(font)
        painter.setPen(QColor(theme().hex(letter)))
        text.draw(painter, chip.adjusted(px(_INSET), 0, -px(_INSET) + 2, 0), words)
        x -= px(_GAP)
    return line.right() - x


def draw_dots(painter: QPainter, right: int, line: QRect, labels: Labels) -> int:
    """Draw a dot in each label's colour, leftwards from `right`; return the width taken in pixels."""
    x, side = right, fonts.px(_DOT)
    for _, colour in reversed(labels[:3]):
        x -= side
        letter = paint.tone_pair(f"{paint.LABEL}{colour}")[1]
        top = line.top() + (line.height() - side) // 2
        paint.box(painter, QRect(x, top, side, side), fill=letter, radius=side / 2)
        x -= fonts.px(_GAP)
    return right - x
