"""The popup list of members' addresses under a receivers' field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.look import fonts
from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.popup_list import PopupList, draw_two_lines

if TYPE_CHECKING:
    from app.members import Mailbox

_WIDTH = 360


class AddressList(PopupList["Mailbox"]):
    """The keyboard focus stays in the field. `taken` carries the Mailbox that was clicked."""

    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, until `show_items`."""
        super().__init__(parent, tr("Matching addresses"), _WIDTH)

    def take(self, item: Mailbox) -> None:
        """Pass the address on."""
        self.taken.emit(item)

    def words(self, item: Mailbox) -> str:
        """Name and address."""
        return f"{item.name}, {item.address}"

    def draw_row(self, painter: QPainter, row: QRect, item: Mailbox) -> None:
        """Draw avatar, name and address."""
        name, side = item.name or item.address, fonts.px(24)
        at = QRect(row.left() + fonts.px(8), row.top() + fonts.px(10), side, side)
        paint.avatar(painter, at, name, item.member_id)
        draw_two_lines(painter, row.adjusted(fonts.px(42), 4, -fonts.px(8), -4), name, item.address)
