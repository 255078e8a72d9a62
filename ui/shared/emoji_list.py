"""The popup list of emoji at the text cursor, best match first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.look import fonts, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.widgets.popup_list import PopupList

if TYPE_CHECKING:
    from app.emoji import Named

_WIDTH, _SIGN_WIDTH = 340, 36


class EmojiList(PopupList["Named"]):
    """The keyboard focus stays in the draft. `taken` carries the emoji that was clicked."""

    taken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, until `show_items`."""
        super().__init__(parent, tr("Emoji"), _WIDTH)

    def take(self, item: Named) -> None:
        """Pass the emoji on."""
        self.taken.emit(item.sign)

    def words(self, item: Named) -> str:
        """Its name; a screen reader has its own for the sign, in its own language."""
        return item.name

    def draw_row(self, painter: QPainter, row: QRect, item: Named) -> None:
        """Draw the emoji and its name."""
        sign, name = QRect(row), QRect(row)
        sign.setLeft(row.left() + fonts.px(8))
        sign.setWidth(fonts.px(_SIGN_WIDTH))
        name.setLeft(sign.right() + fonts.px(4))
        name.setRight(row.right() - fonts.px(8))
        painter.setPen(theme().color("text"))
        painter.setFont(fonts.font("title"))
        text.draw(painter, sign, item.sign, centre=True)
        painter.setFont(fonts.font("row"))
        text.draw(painter, name, text.plain(item.name))
