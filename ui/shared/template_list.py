"""The popup list of templates at the text cursor, best match first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.look import fonts, languages, text
from ui.look.text import tr
from ui.widgets.popup_list import PopupList, draw_two_lines

if TYPE_CHECKING:
    from app.templates import Template

_WIDTH, _LANGUAGES_WIDTH = 380, 90


class Offered(NamedTuple):
    """A template, and the words that it would put into this draft, in one line, with their language.

    Both are "" where the person is to be asked for the language first.
    """

    template: Template
    words: str = ""
    language: str = ""


class TemplateList(PopupList[Offered]):
    """The keyboard focus stays in the draft. `taken` carries the id of the template that was clicked."""

    taken = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Start hidden, until `show_items`."""
        super().__init__(parent, tr("Templates"), _WIDTH)
        self.nothing = tr("No templates match")

    def take(self, item: Offered) -> None:
        """Pass the template's id on."""
        self.taken.emit(str(item.template.id))

    def words(self, item: Offered) -> str:
        """Name, when it is used, and the words with their language."""
        said = [item.template.name, item.template.use]
        if item.words:
            said.append(tr("{language}: {words}").format(language=languages.name(item.language), words=item.words))
        return ", ".join(filter(None, said))

    def draw_row(self, painter: QPainter, row: QRect, item: Offered) -> None:
        """Draw the name, the language, and the words that would be inserted; without these, its use and languages."""
        inner = row.adjusted(12, 4, -12, -4)
        below = item.words or item.template.use
        draw_two_lines(painter, inner, item.template.name, below, fonts.px(_LANGUAGES_WIDTH))
        first = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        text.draw(painter, first, item.language or " ".join(item.template.languages), right=True)
