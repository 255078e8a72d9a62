"""The table of gifts, with those thanked this month under a heading of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.base.words import N_
from app.gifts import Gift
from ui.look import fonts, icons, money, text
from ui.look.text import tr
from ui.look.theme import theme
from ui.pages.delight import words
from ui.widgets import paint
from ui.widgets.columns import Column, cell, places
from ui.widgets.rows import Index, RowModel, RowRole, ground
from ui.widgets.rowview import RowDelegate

MARGINS = (34, 30)
COLUMNS = (
    Column("member", N_("Member"), 188),
    Column("item", N_("Gift"), 96),
    Column("why", N_("Reason"), from_width=560),
    Column("stage", N_("Stage"), 138),
    Column("age", N_("Age"), 52, right=True, from_width=430),
    Column("cost", N_("Cost"), 56, right=True, from_width=500),
)


@dataclass(frozen=True, slots=True)
class Head:
    """A heading between gifts: the title and "n of m"."""

    title: str
    aside: str


class GiftModel(RowModel[Gift, Head]):
    """Gifts, then optionally a heading and the thanked gifts."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__(Gift)
        self.now = 0

    def show(self, gifts: Sequence[Gift], thanked: Sequence[Gift], of: int, now: int) -> None:
        """Show `gifts`, then `thanked` under a heading that says how many `of` all they are."""
        self.now = now
        head = Head(tr("Thanked this month"), tr("{count} of {total}").format(count=len(thanked), total=of))
        self.show_rows([*gifts, head, *thanked] if thanked else gifts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  Qt's signature
        """The row for the delegate, a sentence for screen readers, or the reason as tooltip, since it may be elided."""
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if isinstance(row, Head):
            return f"{row.title}, {row.aside}" if role == Qt.ItemDataRole.DisplayRole else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.spoken(row, self.now, money.display(row.cost, row.currency))
        return text.tooltip(row.why) if role == Qt.ItemDataRole.ToolTipRole else None


class GiftDelegate(RowDelegate):
    """Paints a gift or a heading."""

    row_height = 36

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row, model = index.data(RowRole), index.model()
        if not isinstance(model, GiftModel):
            return
        rect: QRect = option.rect
        if isinstance(row, Head):
            self._head(painter, rect, row)
        elif isinstance(row, Gift):
            ground(painter, option, MARGINS)
            at = places(COLUMNS, rect.left() + fonts.px(MARGINS[0]), rect.right() + 1 - fonts.px(MARGINS[1]))
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._gift(painter, rect, row, at, model.now, chosen=chosen)

    @staticmethod
    def _head(painter: QPainter, rect: QRect, head: Head) -> None:
        left = rect.left() + fonts.px(MARGINS[0])
        line = QRect(left, rect.top() + fonts.px(6), 400, fonts.px(28))
        used = paint.words(painter, line, head.title, "heading")
        paint.words(painter, line.translated(used + fonts.px(6), 0), head.aside)

    def _gift(
        self, painter: QPainter, rect: QRect, gift: Gift, at: Mapping[str, tuple[int, int]], now: int, *, chosen: bool
    ) -> None:
        x, width = at["member"]
        side = fonts.px(24)
        paint.avatar(
            painter, QRect(x, rect.top() + (rect.height() - side) // 2, side, side), gift.member, gift.member_id
        )
        start = x + side + fonts.px(9)
        named = cell(rect, (start, x + width - start))
        paint.words(painter, named, text.plain(gift.member), "row", "text", 600 if chosen else 500)
        paint.words(painter, cell(rect, at["item"]), text.plain(gift.item), "body", "text")
        if "why" in at:
            paint.words(painter, cell(rect, at["why"]), text.plain(gift.why))
        self._stage(painter, rect, at["stage"], words.stage(gift, now))
        if "age" in at:
            since, late = words.age(gift, now)
            tone, weight = ("warn", 600) if late else ("text2", 400)
            paint.words(painter, cell(rect, at["age"]), since, "meta", tone, weight, right=True)
        if "cost" in at:
            paint.words(painter, cell(rect, at["cost"]), money.bare(gift.cost, gift.currency), right=True)

    @staticmethod
    def _stage(painter: QPainter, rect: QRect, place: tuple[int, int], stage: tuple[str, str, str]) -> None:
        (icon, title, tone), (x, width) = stage, place
        size = fonts.px(15)
        icons.draw(painter, icon, theme().hex(tone), x, rect.top() + (rect.height() - size) / 2, size)
        step = fonts.px(22)
        paint.words(painter, cell(rect, (x + step, width - step)), text.plain(title), "meta", tone, 500)
