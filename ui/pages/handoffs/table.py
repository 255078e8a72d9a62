"""The list of hand-offs, grouped by teammate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.handoffs import Group, Handoff, state
from ui.look import fonts, icons, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.handoffs import words
from ui.widgets import paint
from ui.widgets.columns import cell
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate

_HEADING_HEIGHT = 44
MARGINS = (24, 22)


class HandoffModel(RowModel[Handoff, Group]):
    """A heading for each teammate, with their hand-offs below."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Handoff)
        self.now, self.today = 0, date.min

    def show(self, groups: Sequence[Group], now: int, today: date) -> None:
        """Show these groups. `now` is Unix UTC, `today` the local day."""
        self.now, self.today = now, today
        rows: list[Handoff | Group] = []
        for group in groups:
            rows += [group, *group.handoffs]
        self.show_rows(rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate, a sentence for screen readers, or the whole request as tooltip."""
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        is_text_role = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if isinstance(row, Group):
            return (
                tr("{name}, {count} hand-offs").format(name=named(row), count=len(row.handoffs))
                if is_text_role
                else None
            )
        if role == Qt.ItemDataRole.ToolTipRole:
            return text.tooltip(row.ask)
        return words.spoken(row, self.today, self.now) if is_text_role else None


def named(group: Group) -> str:
    """The teammate's name, or "Nobody yet"."""
    return group.teammate or tr("Nobody yet")


class HandoffDelegate(RowDelegate):
    """Paints a teammate's heading, or a hand-off in two lines."""

    row_height = 48
    same_height = False

    def height_of(self, index: Index) -> int:
        """The height of this row in pixels."""
        return fonts.px(_HEADING_HEIGHT) if isinstance(index.data(RowRole), Group) else self.height()

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row, model = index.data(RowRole), index.model()
        if not isinstance(model, HandoffModel):
            return
        if isinstance(row, Group):
            self._head(painter, option.rect, row)
        elif isinstance(row, Handoff):
            ground(painter, option, MARGINS)
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._case(painter, option.rect, row, model, chosen=chosen)

    @staticmethod
    def _head(painter: QPainter, rect: QRect, group: Group) -> None:
        px = fonts.px
        side, left, right = px(24), rect.left() + px(MARGINS[0]), rect.right() - px(MARGINS[1])
        base = QRect(left, rect.bottom() - px(32), right - left, px(28))
        paint.avatar(painter, QRect(left, base.top() + px(2), side, side), named(group), f"t{group.teammate_id}")
        paint.words(painter, base, str(len(group.handoffs)), "strong", "text", right=True)
        used = paint.words(painter, base.adjusted(px(34), 0, -px(40), 0), text.plain(named(group)), "strong", "text")
        paint.words(painter, base.adjusted(px(34) + used + px(8), 0, -px(30), 0), text.plain(group.team))

    @staticmethod
    def _case(painter: QPainter, rect: QRect, handoff: Handoff, model: HandoffModel, *, chosen: bool) -> None:
        px = fonts.px
        left, right = rect.left() + px(MARGINS[0]), rect.right() + 1 - px(MARGINS[1])
        middle, line = rect.center().y(), px(18)
        icon, word, tone = words.sign(handoff, model.today)
        late = "danger" if state(handoff, model.today) == "late" else "text2"
        age = cell(rect, (right - px(64), px(64)))
        paint.words(painter, age, words.age(handoff, model.now), "meta", late, right=True)
        at = right - px(44 if handoff.closed_at is None else 70) - px(104)
        icons.draw(painter, icon, theme().hex(tone), at, middle - px(7), px(15))
        paint.words(painter, cell(rect, (at + px(21), px(84))), word, "meta", tone, 500)
        upper = QRect(left, middle - line, at - px(10) - left, line)
        paint.words(painter, upper, words.title(handoff), "row", "text", 600 if chosen else 500)
        paint.words(painter, upper.translated(0, line), text.plain(handoff.member or handoff.ask))
