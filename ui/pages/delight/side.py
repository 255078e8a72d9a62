"""The side panel: the year's sums in each currency, and the stock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.gifts import Budget, Stock
from ui.look import fonts, money, text
from ui.look.text import tr
from ui.widgets import paint
from ui.widgets.labels import ElidedLabel, Heading, Label
from ui.widgets.panels import SidePanel
from ui.widgets.scaled import scaled


class DelightSide(SidePanel):
    """Shows sums and stock; empty until `show_year`."""

    def show_year(self, budgets: Sequence[Budget], counts: dict[str, int], stock: Sequence[Stock]) -> None:
        """Show the year's budgets, the number of gifts by stage, and the stock."""
        self.clear()
        year = budgets[0].year if budgets else ""
        self.column.addWidget(Heading(tr("This year"), count=str(year)))
        self.column.addSpacing(4)
        for budget in budgets:
            self._sum(budget)
        if not budgets:
            self.column.addWidget(Label(tr("No gifts given yet."), "meta", "text2", wrap=True))
        done = tr("{thanked} thanked in total, {in_progress} in progress").format(
            thanked=counts.get("enjoyed", 0), in_progress=counts.get("in_work", 0)
        )
        self.column.addWidget(Label(done, "meta", "text2", wrap=True))
        if stock:
            self.section_break()
            self.column.addWidget(Heading(tr("Stock"), count=str(len(stock))))
            for item in stock:
                self.column.addWidget(_StockLine(item))
        self.column.addStretch(1)

    def _sum(self, budget: Budget) -> None:
        self._line(
            tr("Given in {currency}").format(currency=budget.currency),
            money.bare(budget.spent, budget.currency),
            strong=True,
        )
        if budget.average is not None:
            self._line(tr("Gifts given"), text.number(budget.given))
            self._line(tr("On average"), money.bare(budget.average, budget.currency))
        if budget.gifts > budget.given:
            self._line(tr("Promised"), money.bare(budget.promised, budget.currency))
            self._line(tr("Gifts promised"), text.number(budget.gifts - budget.given))
        self.column.addSpacing(6)

    def _line(self, words: str, value: str, *, strong: bool = False) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(words, "meta", "text2"), 1)
        row.addWidget(Label(value, "meta", weight=600 if strong else 500))
        line.setAccessibleName(f"{words} {value}")
        self.column.addWidget(line)


class _StockLine(QWidget):
    """An item, a bar, and the number left, with "reorder" if it runs low."""

    def __init__(self, stock: Stock) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        words = tr("{count}, reorder") if stock.low else tr("{count} left")
        tone = "warn" if stock.low else "text2"
        left = ElidedLabel(words.format(count=stock.on_hand), "meta", tone, weight=500, right=True)
        name = ElidedLabel(stock.item, "meta")
        row.addWidget(name, 1)
        row.addWidget(_Bar(stock))
        scaled(left, width=72)
        row.addWidget(left)
        self.setAccessibleName(f"{stock.item}, {left.text()}")


class _Bar(QWidget):
    """The stock level as a bar; it is a third full at the reorder level."""

    def __init__(self, stock: Stock) -> None:
        super().__init__()
        full = max(1, stock.reorder_at * 3, stock.on_hand if not stock.reorder_at else 0)
        self._part, self._low = min(1.0, stock.on_hand / full), stock.low
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(fonts.px(60), fonts.px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(0, 1, self.width(), self.height() - 2)
        paint.box(painter, rect, fill="track", radius=2)
        part = QRectF(rect.left(), rect.top(), max(3.0, rect.width() * self._part), rect.height())
        paint.box(painter, part, fill="warn" if self._low else "control", radius=2)
