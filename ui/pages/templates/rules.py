"""The table of the voice guide's rules: words and reason, level, language, suggestion."""

from __future__ import annotations

from typing import Any, Never

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.base.words import N_
from app.voice import LEVEL_NAMES, Rule
from ui.look import fonts, icons, languages, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.templates.try_out import LEVELS
from ui.widgets import paint
from ui.widgets.columns import Column, cell, places
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate

MARGINS = (34, 30)
COLUMNS = (
    Column("words", N_("Words and reason"), share=3),
    Column("level", N_("Action"), 96),
    Column("language", N_("Language"), 84, from_width=420),
    Column("instead", N_("Say instead"), share=2, from_width=620),
)


class RuleModel(RowModel[Rule, Never]):
    """The rules shown."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Rule)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The rule for the delegate, a sentence for screen readers, or all its words as tooltip."""
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join((rule_words(row), tr(LEVEL_NAMES[row.level]), spoken_in(row), row.why))
        return rule_words(row).replace("<", "\u2039") if role == Qt.ItemDataRole.ToolTipRole else None


def rule_words(rule: Rule) -> str:
    """The rule's words on one line."""
    return text.plain(", ".join(rule.words))


def spoken_in(rule: Rule) -> str:
    """The rule's language by its own name; "All" for none."""
    return languages.own_name(rule.language) if rule.language else tr("All")


class RuleDelegate(RowDelegate):
    """Paints a rule in two lines."""

    row_height = 52

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        rule = index.data(RowRole)
        if not isinstance(rule, Rule):
            return
        ground(painter, option, MARGINS)
        rect: QRect = option.rect
        at = places(COLUMNS, rect.left() + fonts.px(MARGINS[0]), rect.right() + 1 - fonts.px(MARGINS[1]))
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        px, (x, width) = fonts.px, at["words"]
        box = QRect(x, rect.center().y() - px(18), width, px(18))
        paint.words(painter, box, rule_words(rule), "row", "text", 600 if chosen else 500)
        paint.words(painter, box.translated(0, px(19)), text.plain(rule.why))
        icon, tone = LEVELS[rule.level]
        size, (left, level_width) = px(15), at["level"]
        icons.draw(painter, icon, theme().hex(tone), left, rect.top() + (rect.height() - size) / 2, size)
        level = cell(rect, (left + px(22), level_width - px(22)))
        paint.words(painter, level, tr(LEVEL_NAMES[rule.level]), "meta", tone, 500)
        for key, words in (("language", spoken_in(rule)), ("instead", text.plain(rule.instead))):
            if key in at:
                paint.words(painter, cell(rect, at[key]), words)
