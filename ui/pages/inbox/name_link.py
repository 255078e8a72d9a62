"""The member's name at the head of the card: a link that takes a second line rather than lose a letter."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look import fonts, text
from ui.look.theme import theme
from ui.widgets import paint
from ui.widgets.buttons import LINK_INSET, LinkButton

_MOST_HEIGHT = 10_000


class NameLink(LinkButton):
    """A name that is a link, on as many lines as it needs."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Looks like the name of a card."""
        super().__init__(name, role="name", weight=600, tone="text", parent=parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Yes: it wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all its lines at this width."""
        room = QRect(0, 0, max(1, width - 2 * LINK_INSET), _MOST_HEIGHT)
        lines = self._metrics().boundingRect(room, self._flags(room.width()), text.plain(self.title()))
        return max(fonts.px(26), lines.height())

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for its longest word, and one line high."""
        return QSize(min(self._widest() + 2 * LINK_INSET + 1, fonts.px(120)), fonts.px(26))

    def _widest(self) -> int:
        """The width in pixels of the longest word."""
        return max((self._metrics().horizontalAdvance(word) for word in text.plain(self.title()).split()), default=0)

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(fonts.font("name", 600))

    def _flags(self, room: int) -> int:
        """How it is drawn in so many pixels: a word that is longer than that is broken too."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft  # as the handle below it
        wrap = Qt.TextFlag.TextWrapAnywhere if self._widest() > room else Qt.TextFlag.TextWordWrap
        return int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter) | int(wrap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines."""
        painter = QPainter(self)
        painter.setFont(fonts.font("name", 600, underline=self.underMouse()))
        painter.setPen(theme().color("text"))
        room = self.rect().adjusted(LINK_INSET, 0, -LINK_INSET, 0)
        painter.drawText(room, self._flags(room.width()), text.plain(self.title()))
        if self.ring:
            paint.focus_ring(painter, self.rect(), 4)
