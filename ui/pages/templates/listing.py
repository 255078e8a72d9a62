"""The list of templates: name, number of uses, purpose, and missing languages."""

from __future__ import annotations

from typing import Any, Never

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.templates import Template
from ui.look import fonts, text
from ui.look.languages import HOUSE
from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate

UnsavedRole = RowRole + 1
MARGINS = (24, 24)


def missing(template: Template) -> tuple[str, ...]:
    """The codes of our languages that it has no text in."""
    return tuple(code for code in HOUSE if code not in template.languages)


class TemplateModel(RowModel[Template, Never]):
    """Templates in order; those with unsaved changes are marked."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Template)
        self.unsaved: frozenset[int] = frozenset()

    def mark(self, unsaved: frozenset[int]) -> None:
        """Mark the templates with these ids as having unsaved changes."""
        if unsaved != self.unsaved:
            self.unsaved = unsaved
            if self.rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The template and its mark for the delegate; a sentence for screen readers."""
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if role == UnsavedRole:
            return row.id in self.unsaved
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            parts = (row.name, row.folder, row.use, tr("uses: {count}").format(count=row.uses), languages_words(row))
            return ", ".join(part for part in parts if part)
        return None


def languages_words(template: Template) -> str:
    """How many of our languages it has: "all 5", "2 missing"."""
    lacking = missing(template)
    return tr("{count} missing").format(count=len(lacking)) if lacking else tr("all {count}").format(count=len(HOUSE))


class TemplateDelegate(RowDelegate):
    """Paints a template in two lines."""

    row_height = 52

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(RowRole)
        if not isinstance(row, Template):
            return
        ground(painter, option, MARGINS)
        rect: QRect = option.rect
        px = fonts.px
        box = QRect(rect.left() + px(MARGINS[0]), rect.center().y() - px(18), 0, px(18))
        box.setRight(rect.right() - px(MARGINS[1]))
        lower = box.translated(0, px(19))
        name = f"{text.plain(row.name)} \u2022" if index.data(UnsavedRole) else text.plain(row.name)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        used = paint.words(painter, box, f"{row.uses}\u00d7" if row.uses else "", right=True)
        paint.words(painter, box.adjusted(0, 0, -used - px(8), 0), name, "row", "text", 600 if chosen else 500)
        lacking = bool(missing(row))
        under = " · ".join(part for part in (row.folder, row.use) if part)
        tone, weight = ("warn", 500) if lacking else ("text2", 400)
        used = paint.words(painter, lower, languages_words(row), "meta", tone, weight, right=True)
        paint.words(painter, lower.adjusted(0, 0, -used - px(10), 0), text.plain(under))
