"""The two lists of the page: the rules, and what the chosen one has hit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Never

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.rules import Hit, Rule
from app.rules.words import Names
from ui.look import fonts, text
from ui.pages.rules.words import hits_of, in_short, outcome
from ui.widgets import paint
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate

MARGINS = (24, 22)
_NOBODY = Names({}, {}, {})


class RuleModel(RowModel[Rule, Never]):
    """All rules in their order."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Rule)
        self.names = _NOBODY

    def show(self, rules: Sequence[Rule], names: Names) -> None:
        """Show these."""
        self.names = names
        self.show_rows(rules)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate; a sentence for screen readers."""
        row = self.row_at(index.row())
        if row is None or role == RowRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join((text.plain(row.name), in_short(row, self.names), hits_of(row)))
        return None


class HitModel(RowModel[Hit, Never]):
    """What a rule has hit, the latest first."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Hit)
        self.now, self.names = 0, _NOBODY

    def show(self, hits: Sequence[Hit], names: Names, now: int) -> None:
        """Show these; `now` is Unix UTC."""
        self.now, self.names = now, names
        self.show_rows(hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate; a sentence for screen readers."""
        row = self.row_at(index.row())
        if row is None or role == RowRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            when = text.stamp(row.said_at, self.now)
            return ", ".join((text.name(row.who), when, text.plain(row.words), outcome(row, self.names)))
        return None


class _TwoLines(RowDelegate):
    """Paints a row in two lines: what it is with an aside at the right, and what there is to it."""

    row_height = 52

    def _lines(
        self, painter: QPainter, option: QStyleOptionViewItem, upper: tuple[str, str], lower: str, *, dim: bool
    ) -> None:
        ground(painter, option, MARGINS)
        px, rect = fonts.px, QRect(option.rect)
        left, right = rect.left() + px(MARGINS[0]), rect.right() + 1 - px(MARGINS[1])
        line = QRect(left, rect.top() + px(7), right - left, px(19))
        used = paint.words(painter, line, upper[1], right=True)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        tone = "text2" if dim else "text"
        paint.words(painter, line.adjusted(0, 0, -used - px(12), 0), upper[0], "row", tone, 600 if chosen else 500)
        paint.words(painter, line.translated(0, px(19)), lower)


class RuleDelegate(_TwoLines):
    """Paints a rule: its name and how often it has hit, and what it asks for and does."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        rule, model = index.data(RowRole), index.model()
        if isinstance(rule, Rule) and isinstance(model, RuleModel):
            upper = (text.plain(rule.name), hits_of(rule))
            self._lines(painter, option, upper, in_short(rule, model.names), dim=not rule.active)


class HitDelegate(_TwoLines):
    """Paints a hit: who wrote what and when, and what the rule did."""

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        hit, model = index.data(RowRole), index.model()
        if isinstance(hit, Hit) and isinstance(model, HitModel):
            said = f"{text.name(hit.who)}: {text.plain(hit.words)}"
            upper = (said, text.stamp(hit.said_at, model.now))
            self._lines(painter, option, upper, outcome(hit, model.names), dim=hit.undone_at is not None)
