"""The side panel: who deserves a gift, fair shares, the stock, and the year's sums in each currency."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.deserving import Proposal
from app.gifts import OCCASION_NAMES, Budget, Stock
from ui.look import fonts, money, text
from ui.look.text import tr
from ui.pages.delight.deserving import DeservingPart
from ui.pages.delight.finding import Found
from ui.pages.delight.sharing import SharePart
from ui.widgets import paint
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import ElidedLabel, Heading, Label
from ui.widgets.panels import SidePanel
from ui.widgets.scaled import scaled

_MARGINS = 48
"""CSS pixels at both sides of the column, with the scroll bar."""


class DelightSide(SidePanel):
    """Empty until `show_year`. `taken` carries the Proposal to log a gift for, `put_off` the id of who is not to be."""

    taken = Signal(object)
    put_off = Signal(int)
    counting = Signal(int)
    """The stock is to be counted: of this item, or (0) of any."""
    items_asked = Signal()
    """The items are to be shown."""
    effect_asked = Signal()
    """It is to be found out what came of the gifts."""
    money_asked = Signal(str)
    """A budget or a rate is to be set: carries the command."""

    def __init__(self) -> None:
        """Start without anybody who deserves one: that is found out later."""
        super().__init__()
        self.deserving: DeservingPart | None = None
        self.sharing: SharePart | None = None
        self._found: Found | None = None
        self._everyone = self._left_out = self._as_table = False
        self._room = 0
        self._year: tuple[Sequence[Budget], dict[str, int], Sequence[Stock]] = ((), {}, ())

    def show_found(self, found: Found) -> None:
        """Show who deserves a gift, and how they are shared."""
        self._found = found
        self._fill()

    def focused(self) -> Proposal | None:
        """The proposal that has the focus, or None."""
        return self.deserving.focused() if self.deserving is not None else None

    def stand(self, room: int) -> None:
        """Stand alone, with so many pixels of a page's width; 0 for beside the table again."""
        self.spread(whole=room > 0)
        if room != self._room:
            self._room = room
            self._fill()

    def first(self) -> QWidget:
        """What to focus on the way in: the first who deserves a gift, else who is left out, else the panel."""
        part = self.deserving
        if part is None:
            return self.body
        return next((one for one in (*part.lines, part.out) if not one.isHidden()), self.body)

    def show_year(self, budgets: Sequence[Budget], counts: dict[str, int], stock: Sequence[Stock]) -> None:
        """Show the year's budgets, the number of gifts by stage, and the stock."""
        self._year = (budgets, counts, stock)
        self._fill()

    def _fill(self) -> None:
        budgets, counts, stock = self._year
        focused = self.focused()
        self.clear()
        self._show_found()
        self._show_sums(budgets, counts)
        self._show_stock(stock)
        self.column.addStretch(1)
        same = (
            [
                line
                for line in self.deserving.lines
                if focused is not None and line.proposal.person.id == focused.person.id
            ]
            if self.deserving is not None
            else []
        )
        if same:
            same[0].setFocus(Qt.FocusReason.TabFocusReason)

        for part in (self.deserving, self.sharing):
            if part is not None:
                part.show()  # at once: what is shown later is as high as nothing when the column is measured

    def _show_found(self) -> None:
        self.deserving = self.sharing = None
        if self._found is None:
            return
        part = DeservingPart(self._found.proposals, self._found.now, everyone=self._everyone, left_out=self._left_out,
                             wide=max(0, self._room - fonts.px(_MARGINS)))  # fmt: skip
        part.taken.connect(self.taken)
        part.put_off.connect(self.put_off)
        part.more.clicked.connect(self._more)
        part.out.clicked.connect(self._switch_left_out)
        self.deserving = part
        self.column.addWidget(part)
        self.section_break()
        if self._found.shares.gifts:
            self.sharing = SharePart(self._found.shares, self._found.effect, as_table=self._as_table)
            self.sharing.switched.connect(self._switch_table)
            self.sharing.effect_asked.connect(self.effect_asked)
            self.column.addWidget(self.sharing)
            self.section_break()

    def _more(self) -> None:
        self._everyone = True
        self._fill()

    def _switch_table(self) -> None:
        self._as_table = not self._as_table
        self._fill()
        if self.sharing is not None:
            self.sharing.switch.setFocus(Qt.FocusReason.TabFocusReason)

    def _switch_left_out(self) -> None:
        self._left_out = not self._left_out
        self._fill()

    def _show_sums(self, budgets: Sequence[Budget], counts: dict[str, int]) -> None:
        year = budgets[0].year if budgets else ""
        links = {name: LinkButton(title) for name, title in (("set_budget", tr("Budget")), ("set_rate", tr("Rates")))}
        for name, link in links.items():
            link.setObjectName(name)
            link.clicked.connect(lambda _checked=False, asked=name: self.money_asked.emit(asked))
        self._head(Heading(tr("This year"), count=str(year)), *links.values())
        self.column.addSpacing(4)
        for budget in budgets:
            self._sum(budget)
        if not budgets:
            self.column.addWidget(Label(tr("No gifts given yet."), "meta", "text2", wrap=True))
        done = tr("{thanked} thanked in total, {in_progress} in progress").format(
            thanked=counts.get("enjoyed", 0), in_progress=counts.get("in_work", 0)
        )
        self.column.addWidget(Label(done, "meta", "text2", wrap=True))

    def _show_stock(self, stock: Sequence[Stock]) -> None:
        self.section_break()
        self._stock_head(len(stock))
        for item in stock:
            line = _StockLine(item)
            line.chosen.connect(self.counting)
            self.column.addWidget(line)
        if not stock:
            self.column.addWidget(Label(tr("Nothing has been counted yet."), "meta", "text2", wrap=True))

    def _stock_head(self, count: int) -> None:
        """The heading, with the links to count and to the items beside it."""
        items, counting = LinkButton(tr("Items")), LinkButton(tr("Count"))
        items.setObjectName("items")
        items.clicked.connect(self.items_asked)
        counting.clicked.connect(self._count)
        self._head(Heading(tr("Stock"), count=str(count) if count else ""), items, counting)

    def _head(self, heading: Heading, *links: LinkButton) -> None:
        """A heading with links beside it."""
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(heading, 1)
        for link in links:
            row.addWidget(link)
        self.column.addWidget(line)

    def _count(self) -> None:
        self.counting.emit(0)

    def _sum(self, budget: Budget) -> None:
        given = tr("{occasion}, in {currency}") if budget.occasion else tr("Given in {currency}")
        self._line(
            given.format(currency=budget.currency, occasion=tr(OCCASION_NAMES.get(budget.occasion, ""))),
            money.bare(budget.spent, budget.currency),
            strong=True,
        )
        if budget.average is not None:
            self._line(tr("Gifts given"), text.number(budget.given))
            self._line(tr("On average"), money.bare(budget.average, budget.currency))
        if budget.gifts > budget.given:
            self._line(tr("Promised"), money.bare(budget.promised, budget.currency))
            self._line(tr("Gifts promised"), text.number(budget.gifts - budget.given))
        if budget.occasion and budget.left is not None:
            self._line(tr("left"), money.bare(budget.left, budget.currency))
        if budget.remark:
            self.column.addWidget(Label(budget.remark, "meta", "warn", wrap=True))
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
    """An item, a bar, and the number left, with "reorder" if it runs low; a click counts it."""

    chosen = Signal(int)

    def __init__(self, stock: Stock) -> None:
        super().__init__()
        self._item = stock.id
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

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.chosen.emit(self._item)


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
