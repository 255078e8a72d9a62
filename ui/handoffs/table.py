"""The list of hand-offs under the teammates who have them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.handoffs import Group, Handoff, state
from ui import fonts, icons, text
from ui.handoffs import words
from ui.members.table import ground
from ui.text import tr
from ui.theme import theme
from ui.widgets import paint

RowRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
ROW, HEAD = 48, 44
MARGINS = (24, 22)


class HandoffModel(QAbstractTableModel):
    """A head for each teammate, their hand-offs under it."""

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self.rows: list[Handoff | Group] = []
        self.now, self.today = 0, date.min

    def show(self, groups: Sequence[Group], now: int, today: date) -> None:
        """Show these groups."""
        self.beginResetModel()
        self.now, self.today, self.rows = now, today, []
        for group in groups:
            self.rows += [group, *group.handoffs]
        self.endResetModel()

    def handoff_at(self, place: int) -> Handoff | None:
        """The hand-off in that row; None for a head or outside."""
        row = self.rows[place] if 0 <= place < len(self.rows) else None
        return row if isinstance(row, Handoff) else None

    def place_of(self, number: int) -> int:
        """The row of a hand-off; -1 when it is not shown."""
        return next((at for at, row in enumerate(self.rows) if isinstance(row, Handoff) and row.id == number), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Heads and hand-offs."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """One: the delegate paints the row whole."""
        return 0 if parent is not None and parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A head cannot be chosen."""
        return super().flags(index) if self.handoff_at(index.row()) else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate; a sentence for a screen reader; the whole ask as tooltip."""
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        said = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if isinstance(row, Group):
            return tr("{0}, {1} hand-offs").format(named(row), len(row.handoffs)) if said else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return text.isolate(text.plain(row.ask)).replace("<", "\u2039")
        return words.spoken(row, self.today, self.now) if said else None


def named(group: Group) -> str:
    """The teammate's name, or words for nobody."""
    return group.teammate or tr("Nobody yet")


class HandoffDelegate(QStyledItemDelegate):
    """Paints a teammate's head or a hand-off in two lines."""

    def height(self) -> int:
        """The height of a hand-off at the person's text size."""
        return fonts.px(ROW)

    def height_of(self, index: Index) -> int:
        """The height of this row."""
        return fonts.px(HEAD if isinstance(index.data(RowRole), Group) else ROW)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as its kind."""
        return QSize(320, self.height_of(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row, model = index.data(RowRole), index.model()
        if not isinstance(model, HandoffModel):
            return
        painter.save()
        if isinstance(row, Group):
            self._head(painter, option.rect, row)
        elif isinstance(row, Handoff):
            ground(painter, option, MARGINS)
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._case(painter, option.rect, row, model, chosen=chosen)
        painter.restore()

    @staticmethod
    def _head(painter: QPainter, rect: QRect, group: Group) -> None:
        px = fonts.px
        side, left, right = px(24), rect.left() + px(MARGINS[0]), rect.right() - px(MARGINS[1])
        base = QRect(left, rect.bottom() - px(32), right - left, px(28))
        paint.avatar(painter, QRect(left, base.top() + px(2), side, side), named(group), f"t{group.teammate_id}")
        painter.setFont(fonts.font("strong"))
        painter.setPen(theme().color("text"))
        text.draw(painter, base, str(len(group.handoffs)), right=True)
        used = text.draw(painter, base.adjusted(px(34), 0, -px(40), 0), text.plain(named(group)))
        painter.setFont(fonts.font("meta"))
        painter.setPen(theme().color("text2"))
        text.draw(painter, base.adjusted(px(34) + used + px(8), 0, -px(30), 0), text.plain(group.team))

    @staticmethod
    def _case(painter: QPainter, rect: QRect, one: Handoff, model: HandoffModel, *, chosen: bool) -> None:
        px = fonts.px
        left, right = rect.left() + px(MARGINS[0]), rect.right() + 1 - px(MARGINS[1])
        middle, line = rect.center().y(), px(18)
        icon, word, tone = words.sign(one, model.today)
        painter.setFont(fonts.font("meta"))
        late = state(one, model.today) == "late"
        painter.setPen(theme().color("danger" if late else "text2"))
        text.draw(
            painter, QRect(right - px(64), rect.top(), px(64), rect.height()), words.age(one, model.now), right=True
        )
        at = right - px(44 if one.closed_at is None else 70) - px(104)
        icons.draw(painter, icon, theme().hex(tone), at, middle - px(7), px(15))
        painter.setFont(fonts.font("meta", 500))
        painter.setPen(theme().color(tone))
        text.draw(painter, QRect(at + px(21), rect.top(), px(84), rect.height()), word)
        width = at - px(10) - left
        painter.setFont(fonts.font("row", 600 if chosen else 500))
        painter.setPen(theme().color("text"))
        text.draw(painter, QRect(left, middle - line, width, line), words.title(one))
        painter.setFont(fonts.font("meta"))
        painter.setPen(theme().color("text2"))
        text.draw(painter, QRect(left, middle, width, line), text.plain(one.member or one.ask))
