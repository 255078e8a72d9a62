"""Labels in a row of the inbox list: small chips at the right of the last line, or dots where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from ui.look import fonts, text
from ui.look.theme import theme
from ui.widgets import paint

_MAX_CHIPS, _MAX_SHARE = 2, 0.45
_CHIP_HEIGHT, _INSET, _GAP, _DOT = 16, 6, 4, 8
_MIN_CHIP_WIDTH, _MAX_DOTS = 40, 3

Labels = Sequence[tuple[str, str]]


def draw_chips(painter: QPainter, line: QRect, labels: Labels) -> int:
    """Draw labels at the right end of a line, the rest as dots in their colours; return the width taken in pixels.

    A name is only cut where it is the only label; with no room for one that can be read all are dots.
    """
    if not labels:
        return 0
    metrics = QFontMetrics(fonts.font("badge", 500))
    natural = [metrics.horizontalAdvance(text.plain(name)) + 2 * fonts.px(_INSET) for name, _ in labels[:_MAX_CHIPS]]
    widths = chip_widths(natural, len(labels), int(line.width() * _MAX_SHARE), fonts.scale())
    used = draw_dots(painter, line.right(), line, labels[len(widths) :])
    x = line.right() - used
    for (name, colour), wide in reversed(list(zip(labels, widths, strict=False))):
        x -= wide
        _chip(painter, QRect(x, line.top(), wide, line.height()), text.plain(name), colour)
        x -= fonts.px(_GAP)
    return line.right() - x


def chip_widths(natural: Sequence[int], total: int, room: int, scale: float = 1.0) -> list[int]:
    """The widths of those chips that are drawn, of `total` labels, of which the first would be `natural` pixels wide.

    The others are dots, at most three.
    """
    gap, dot, least = (round(size * scale) for size in (_GAP, _DOT, _MIN_CHIP_WIDTH))
    for count in range(len(natural), 0, -1):
        dots = min(total - count, _MAX_DOTS) * (dot + gap)
        if sum(natural[:count]) + count * gap + dots <= room:
            return list(natural[:count])
    left = room - min(total - 1, _MAX_DOTS) * (dot + gap) - gap
    return [left] if left >= least else []


def _chip(painter: QPainter, rect: QRect, words: str, colour: str) -> None:
    high, inset = fonts.px(_CHIP_HEIGHT), fonts.px(_INSET)
    chip = QRect(rect.x(), rect.top() + (rect.height() - high) // 2, rect.width(), high)
    ground, letter = paint.tone_pair(f"{paint.LABEL}{colour}")
    paint.box(painter, chip, fill=ground, radius=high / 2)
    painter.setFont(fonts.font("badge", 500))
    painter.setPen(QColor(theme().hex(letter)))
    text.draw(painter, chip.adjusted(inset, 0, 2 - inset, 0), words)


def draw_dots(painter: QPainter, right: int, line: QRect, labels: Labels) -> int:
    """Draw a dot in each label's colour, leftwards from `right`; return the width taken in pixels."""
    x, side = right, fonts.px(_DOT)
    for _, colour in reversed(labels[:_MAX_DOTS]):
        x -= side
        letter = paint.tone_pair(f"{paint.LABEL}{colour}")[1]
        top = line.top() + (line.height() - side) // 2
        paint.box(painter, QRect(x, top, side, side), fill=letter, radius=side / 2)
        x -= fonts.px(_GAP)
    return right - x
