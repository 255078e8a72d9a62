"""The table of the voice guide's rules: words and reason, level, language, suggestion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.base.words import N_
from app.voice import LEVEL_NAMES, Rule
from app.voice.listing import grouped
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
    Column("level", N_("Action"), 114),
    Column("language", N_("Language"), 84, from_width=420),
    Column("instead", N_("Say instead"), share=2, from_width=620),
)


_HEADING_HEIGHT, _ONE_LINE_HEIGHT = 42, 34
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Reason(NamedTuple):
    """The heading over rules of several languages that have the same reason and action."""

    why: str
    level: str


class Section(NamedTuple):
    """The heading over all rules about one thing, with how many they are."""

    title: str
    many: int


class RuleModel(RowModel[Rule, Reason | Section]):
    """The rules shown, in groups; those of a group with the same reason and action stand under one heading."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Rule)
        self._grouped: set[int] = set()

    def show_rules(self, rules: Sequence[Rule]) -> None:
        """Replace all rows."""
        rows: list[Rule | Reason | Section] = []
        self._grouped.clear()
        for part in grouped(rules):
            rows.append(Section(part.title, len(part.rules)))
            for reason, found in groupby(part.rules, lambda rule: Reason(rule.why, rule.level)):
                group = list(found)
                if len(group) > 1 and reason.why:
                    rows.append(reason)
                    self._grouped |= {rule.id for rule in group}
                rows += group
        self.show_rows(rows)

    def first(self, near: int) -> int:
        """The place of the rule at or below a place, or the last one; -1 if there is none."""
        places = [at for at, row in enumerate(self.rows) if isinstance(row, Rule)]
        return next((at for at in places if at >= near), places[-1] if places else -1)

    def is_grouped(self, rule: Rule) -> bool:
        """Whether its reason stands in a heading."""
        return rule.id in self._grouped

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The rule or heading for the delegate, a sentence for screen readers, or all its words as tooltip."""
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if isinstance(row, Section):
            return section_title(row) if role in _SPOKEN else None
        if isinstance(row, Reason):
            return f"{row.why}, {tr(LEVEL_NAMES[row.level])}" if role in _SPOKEN else None
        if role in _SPOKEN:
            return ", ".join((rule_words(row), tr(LEVEL_NAMES[row.level]), spoken_in(row), row.why))
        return rule_words(row).replace("<", "\u2039") if role == Qt.ItemDataRole.ToolTipRole else None


def section_title(section: Section) -> str:
    """A heading with its count, for screen readers."""
    return text.counted(section.many, "{title}, {count} rule", "{title}, {count} rules", title=section.title)


def rule_words(rule: Rule) -> str:
    """The rule's words on one line."""
    return text.plain(rule.named)


def spoken_in(rule: Rule) -> str:
    """The rule's language by its own name; "All" for none."""
    return languages.own_name(rule.language) if rule.language else tr("All")


class RuleDelegate(RowDelegate):
    """Paints a rule in two lines."""

    row_height = 52
    same_height = False

    def height_of(self, index: Index) -> int:
        """The height of this row in pixels: a rule under a heading has one line, others the reason below as well."""
        row, model = index.data(RowRole), index.model()
        if isinstance(row, Reason | Section):
            return fonts.px(_HEADING_HEIGHT)
        grouped = isinstance(row, Rule) and isinstance(model, RuleModel) and model.is_grouped(row)
        return fonts.px(_ONE_LINE_HEIGHT) if grouped else self.height()

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row, model = index.data(RowRole), index.model()
        rect: QRect = option.rect
        at = places(COLUMNS, rect.left() + fonts.px(MARGINS[0]), rect.right() + 1 - fonts.px(MARGINS[1]))
        if isinstance(row, Section):
            line = rect.adjusted(fonts.px(MARGINS[0]), fonts.px(12), -fonts.px(MARGINS[1]), 0)
            used = paint.words(painter, line, text.plain(row.title), "heading", "text2", 600)
            paint.words(painter, line.adjusted(used + fonts.px(8), 0, 0, 0), text.number(row.many), "meta", "text3")
        elif isinstance(row, Reason):
            line = rect.adjusted(fonts.px(MARGINS[0]), fonts.px(10), -fonts.px(MARGINS[1]), 0)
            paint.words(painter, line, text.plain(row.why), "strong", "text")
        elif isinstance(row, Rule) and isinstance(model, RuleModel):
            ground(painter, option, MARGINS)
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._rule(painter, rect, row, at, chosen=chosen, alone=not model.is_grouped(row))

    @staticmethod
    def _rule(
        painter: QPainter, rect: QRect, rule: Rule, at: Mapping[str, tuple[int, int]], *, chosen: bool, alone: bool
    ) -> None:
        px, (x, width) = fonts.px, at["words"]
        weight = 600 if chosen else 500
        if alone and rule.why:
            box = QRect(x, rect.center().y() - px(18), width, px(18))
            paint.words(painter, box, rule_words(rule), "row", "text", weight)
            paint.words(painter, box.translated(0, px(19)), text.plain(rule.why))
        else:
            paint.words(painter, cell(rect, (x, width)), rule_words(rule), "row", "text", weight)
        (icon, tone), size, (left, level_width) = LEVELS[rule.level], px(15), at["level"]
        icons.draw(painter, icon, theme().hex(tone), left, rect.top() + (rect.height() - size) / 2, size)
        level = cell(rect, (left + px(22), level_width - px(22)))
        paint.words(painter, level, tr(LEVEL_NAMES[rule.level]), "meta", tone, 500)
        for key, words in (("language", spoken_in(rule)), ("instead", text.plain(rule.instead))):
            if key in at:
                paint.words(painter, cell(rect, at[key]), words)
