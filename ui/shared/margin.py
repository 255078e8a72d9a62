"""The margin beside a conversation's text, with avatars and icons; it knows where each message begins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.inbox import Line
from ui.look import fonts, icons
from ui.look.mirror import turn
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets import paint

MARGIN_WIDTH = 44
OPEN, FOLDED = "chevron-down", "chevron-right"
"""The icons beside a quotation."""


class Mark(NamedTuple):
    """An avatar (no `icon`) or icon in the margin beside the block at a document position."""

    position: int
    line: Line
    icon: str = ""
    tone: str = "text2"
    drop: int = 5  # pixels from the block's top to the icon's


class Margin(QWidget):
    """The margin of a story.

    It is a widget of its own rather than drawn on the viewport: getting a widget that Qt created makes PySide6 load
    every widget class, 7 ms before the first paint.
    """

    turned = Signal()
    """The window reads from the other side now."""

    def __init__(self, story: QTextBrowser) -> None:
        """Beside this text."""
        super().__init__(story)
        self._story = story
        self.marks: list[Mark] = []

    def fit(self) -> None:
        """Fit to the margin's width and the story's height; all lines end where the times do.

        That is beside the scroll bar, or where it would be. The lines have a length of their own for it: were they as
        long as the viewport, the bar's coming would change what it depends on, and layouts would follow one another
        without an end (observed).
        """
        story, wide = self._story, fonts.px(MARGIN_WIDTH)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        story.setViewportMargins(0 if mirrored else wide, 0, wide if mirrored else 0, 0)
        self.setGeometry(story.width() - wide if mirrored else 0, 0, wide, story.height())
        room = max(1, story.width() - fonts.px(MARGIN_WIDTH) - story.verticalScrollBar().sizeHint().width())
        if room != story.lineWrapColumnOrWidth():
            story.setLineWrapColumnOrWidth(room)

    def changeEvent(self, event: QEvent) -> None:
        """Say that the window has turned."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.turned.emit()

    def follow(self, _value: object) -> None:
        """Repaint after scrolling, or when what stands beside it moved."""
        self.update()

    def read(self, lines: Sequence[Line], selected: int | None, low: int) -> Line | None:
        """Which of these lines is read: the one with the selection, else the last in sight, else the last.

        `selected` and `low` are positions in the document: of the selection, and of the lowest letter in sight.
        """
        heads = [mark for mark in self.marks if not mark.icon]
        if selected is not None:
            chosen = next((mark.line for mark in reversed(heads) if mark.position <= selected), None)
            if chosen in lines:
                return chosen
        seen = [mark.line for mark in heads if mark.position <= low and mark.line in lines]
        return seen[-1] if seen else next(iter(lines), None)

    def first_open(self, line: Line) -> int | None:
        """The y position in the document, in pixels, of the first open quotation of a line; None without one."""
        mark = next((mark for mark in self.marks if mark.line == line and mark.icon == OPEN), None)
        if mark is None:
            return None
        document = self._story.document()
        return int(document.documentLayout().blockBoundingRect(document.findBlock(mark.position)).top())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the visible avatars and icons."""
        painter = QPainter(self)
        turn(painter, self.rect(), self.layoutDirection())
        document, above = self._story.document(), self._story.verticalScrollBar().value()
        layout = document.documentLayout()

        def top(mark: Mark) -> int:
            return int(layout.blockBoundingRect(document.findBlock(mark.position)).top()) - above

        first = bisect_left(self.marks, -fonts.px(40), key=top)  # computing all 200 positions takes 4 ms per paint
        for mark in self.marks[first:]:
            y = top(mark)
            if y >= self.height():
                break
            if mark.icon:
                icons.draw(
                    painter, mark.icon, theme().hex(mark.tone), fonts.px(7), y + fonts.px(mark.drop), fonts.px(15)
                )
            else:
                _draw(painter, mark.line, y)


def _draw(painter: QPainter, line: Line, y: int) -> None:
    if line.kind in ("said", "offline", "unreadable", "outbox"):
        size = fonts.px(28)
        paint.avatar(
            painter,
            QRect(0, y, size, size),
            line.author or (tr("You") if line.out else "?"),
            "us" if line.out else line.member_id or line.author,
        )
        return
    icon, tone = {"gift": ("gift", "delight"), "promise": ("circle-dot", "warn"), "work": ("camera", "text2")}.get(
        line.kind, ("arrow-right-left", "text2")
    )
    icons.draw(painter, icon, theme().hex(tone), fonts.px(7), y, fonts.px(15))
