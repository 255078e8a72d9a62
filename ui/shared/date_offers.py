"""The list under a field for a date: what the words that are typed may become, each with what it means."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.look import fonts
from ui.look.text import tr
from ui.widgets.popup_list import PopupList, draw_two_lines

_WIDTH = 240


class DateOffers(PopupList[tuple[str, str]]):
    """Rows of (words, what they mean). The keyboard focus stays in the field; `taken` carries the words."""

    taken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, until `show_items`."""
        super().__init__(parent, tr("Matching dates"), _WIDTH)

    def take(self, item: tuple[str, str]) -> None:
        """Pass the words on."""
        self.taken.emit(item[0])

    def words(self, item: tuple[str, str]) -> str:
        """The words, and what they mean."""
        return ", ".join(item)

    def draw_row(self, painter: QPainter, row: QRect, item: tuple[str, str]) -> None:
        """Draw the words and what they mean."""
        draw_two_lines(painter, row.adjusted(fonts.px(10), 4, -fonts.px(8), -4), *item)
