"""The popup list of templates at the text cursor, best match first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.look import fonts, text
from ui.look.text import tr
from ui.widgets.popup_list import PopupList, draw_two_lines

if TYPE_CHECKING:
    from app.templates import Template

_WIDTH, _LANGUAGES_WIDTH = 380, 90


class TemplateList(PopupList["Template"]):
    """The keyboard focus stays in the draft. `taken` carries the id of the template that was clicked."""

    taken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, until `show_items`."""
        super().__init__(parent, tr("Templates"), _WIDTH)
        self.nothing = tr("No templates match")

    def take(self, item: Template) -> None:
        """Pass the template's id on."""
        self.taken.emit(str(item.id))

    def words(self, item: Template) -> str:
        """Name, and when it is used."""
        return f"{item.name}, {item.use}"

    def draw_row(self, painter: QPainter, row: QRect, item: Template) -> None:
        """Draw name, use and languages."""
        inner = row.adjusted(12, 4, -12, -4)
        draw_two_lines(painter, inner, item.name, item.use, fonts.px(_LANGUAGES_WIDTH))
        first = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        text.draw(painter, first, " ".join(item.languages), right=True)
