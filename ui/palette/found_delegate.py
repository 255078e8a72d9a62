"""The delegate that paints the palette's rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.look import fonts, icons, text
from ui.look.mirror import turn, upright
from ui.look.theme import color, theme
from ui.palette.found import Found
from ui.palette.found_model import Index, Rows
from ui.widgets import paint

ROW, HEAD = 38, 34


class FoundDelegate(QStyledItemDelegate):
    """Paints a heading or a row."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height of a heading or a row."""
        heading = isinstance(index.data(Rows.FOUND), str)
        return QSize(100, fonts.px(HEAD if heading else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(Rows.FOUND)
        rect: QRect = option.rect
        painter.save()
        turn(painter, rect, option.direction)
        if isinstance(row, str):
            painter.setFont(fonts.font("heading", 500))
            painter.setPen(color("text2"))
            text.draw(painter, rect.adjusted(fonts.px(19), fonts.px(8), -10, 0), row)
        elif isinstance(row, Found):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen:
                paint.box(painter, rect.adjusted(9, 1, -9, -1), fill="selected")
            self._row(painter, rect, row, chosen=chosen)
        painter.restore()

    def _row(self, painter: QPainter, rect: QRect, row: Found, *, chosen: bool) -> None:
        left, middle = rect.left() + fonts.px(19), rect.center().y() + 1
        if row.avatar:
            side = fonts.px(24)
            paint.avatar(painter, QRect(left, middle - side // 2, side, side), row.avatar, row.key)
        elif row.icon:
            side = fonts.px(16)
            icons.draw(painter, row.icon, theme().hex(row.tone), left + 1, middle - side / 2, side)
        end = rect.right() - fonts.px(18)
        cap = row.cap or (text.tr("Enter") if chosen else "")
        if cap:
            end -= paint.cap_width(cap)
            paint.cap(painter, end, middle - fonts.px(9), cap)
            end -= fonts.px(10)
        start = left + fonts.px(34)
        painter.setFont(fonts.font("meta"))
        painter.setPen(color("text2"))
        wide = min(painter.fontMetrics().horizontalAdvance(row.aside) + 2, (end - start) // 2)
        text.draw(painter, QRect(end - wide, rect.top(), wide, rect.height()), row.aside, right=True)
        draw_marked(painter, QRect(start, rect.top(), end - wide - start - 12, rect.height()), row.title, row.spans)


def draw_marked(painter: QPainter, rect: QRect, words: str, spans: Sequence[tuple[int, int]]) -> None:
    """Draw a line with the `spans` in semibold accent, laid out as a whole so that cursive scripts stay joined."""
    elided = text.elide(words, painter.fontMetrics(), rect.width())
    layout = QTextLayout(elided, fonts.font("row"))
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(text.direction(words))
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    heavy = QTextCharFormat()
    heavy.setFont(fonts.font("row", 600))
    heavy.setForeground(color("accent"))
    ranges = []
    for start, length in spans:
        piece = QTextLayout.FormatRange()
        piece.start, piece.length, piece.format = start, length, heavy
        ranges.append(piece)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    painter.setPen(color("text"))
    with upright(painter, rect) as turned:
        left = rect.right() + 1 - line.naturalTextWidth() if turned else rect.left()
        layout.draw(painter, QPointF(left, rect.top() + (rect.height() - line.height()) / 2))
