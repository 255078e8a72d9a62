"""The gift budget of the year: four sums and a bar. Spent is solid, promised hatched, left empty; a tick is today."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.base.money import short
from app.gifts import Budget
from ui.commands import keys
from ui.look import fonts, money, text
from ui.look.text import tr
from ui.look.theme import color, theme
from ui.widgets import paint
from ui.widgets.buttons import ActionButton, LinkButton
from ui.widgets.labels import Label
from ui.widgets.scaled import scaled
from ui.widgets.stack import Stack
from ui.widgets.unsaved import Forms, Unsaved

_BAR_HEIGHT = 14
_GAP = 24


def year_gone(today: date) -> float:
    """The fraction of the year that has passed, 0 to 1; today counts as passed."""
    first = date(today.year, 1, 1)
    return ((today - first).days + 1) / (date(today.year + 1, 1, 1) - first).days


def parts(budget: Budget) -> tuple[float, float]:
    """Return (spent, promised) as fractions of the bar; over the budget the whole bar is the amount used."""
    whole = max(budget.amount or 0, budget.spent + budget.promised, 1)
    return budget.spent / whole, budget.promised / whole


class _Dot(QWidget):
    """The legend mark of a sum: solid, hatched or empty."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setFixedSize(fonts.px(10), fonts.px(10))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._kind == "left":
            paint.box(painter, self.rect(), fill="track", edge="control", radius=self.width() / 2, width=1.5)
            return
        if self._kind == "spent":
            paint.box(painter, self.rect(), fill="delight", radius=self.width() / 2)
            return
        _hatched(painter, QRectF(self.rect()), self.width() / 2)
        paint.box(painter, self.rect(), edge="delight", radius=self.width() / 2, width=1.5)


class BudgetBar(QWidget):
    """The bar without its sums."""

    def __init__(self) -> None:
        """Start empty, until `show_budget`."""
        super().__init__()
        self._parts, self._today = (0.0, 0.0), 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.updateGeometry)

    def show_budget(self, budget: Budget, today: date, words: str) -> None:
        """Show a budget; `words` is the same as text, for screen readers and the tooltip."""
        self._parts, self._today = parts(budget), year_gone(today)
        self.setAccessibleName(words)
        self.setToolTip(text.plain(words))
        self.update()

    def sizeHint(self) -> QSize:
        """The bar, and the tick that overlaps it above and below."""
        return QSize(300, fonts.px(_BAR_HEIGHT + 12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, spent, promised, and the tick of today."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = fonts.px(_BAR_HEIGHT)
        bar = QRectF(0, (self.height() - high) / 2, self.width(), high)
        paint.box(painter, bar, fill="track", radius=high / 2)
        whole = QPainterPath()
        whole.addRoundedRect(bar, high / 2, high / 2)
        painter.setClipPath(whole)
        spent, promised = (part * bar.width() for part in self._parts)
        painter.fillRect(QRectF(bar.left(), bar.top(), spent, high), color("delight"))
        if promised:
            _hatched(painter, QRectF(bar.left() + spent + 1, bar.top(), promised, high))
        painter.setClipping(False)
        painter.fillRect(QRectF(self._today * bar.width() - 1, 0, 2, self.height()), color("text"))


def _hatched(painter: QPainter, rect: QRectF, radius: float = 0) -> None:
    """Fill with stripes of the delight colour: a lighter tint would be hard to tell from the track."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if radius:
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        painter.setClipPath(path)
    else:
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(QBrush(color("delight")), 1.6))
    step, x = 4.5, rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(QLineF(x, rect.bottom(), x + rect.height(), rect.top()))
        x += step
    painter.restore()


class _Sum(QWidget):
    """A legend mark with its caption, and the sum below."""

    def __init__(self, kind: str, words: str) -> None:
        super().__init__()
        head = QHBoxLayout()
        head.setSpacing(6)
        if kind:
            head.addWidget(_Dot(kind))
        self.caption = Label(words, "meta", "text2")
        head.addWidget(self.caption)
        head.addStretch(1)
        self.value = Label("", "title")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.value)

    def set(self, value: str, caption: str = "", tone: str = "text") -> None:
        self.value.setText(value)
        self.value.set_tone(tone)
        if caption:
            self.caption.setText(caption)
        self.setAccessibleName(f"{self.caption.text()} {value}")


class _Question(QWidget):
    """The form for the budget; `left` is emitted on Esc."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class BudgetPanel(QWidget):
    """The sums, bar and captions, or the form for the budget. `given` carries the amount and currency as typed."""

    given = Signal(str, str)
    left = Signal()
    """Esc was pressed in the form."""

    def __init__(self, currency: str, forms: Forms) -> None:
        """`currency` is proposed if no budget is set yet; `forms` keep what is typed and not saved."""
        super().__init__()
        self._currency, self._forms = currency, forms
        self.asking = False
        """Whether the person has opened the form to change the budget."""
        titles = {"": tr("Budget"), "spent": tr("spent"), "promised": tr("promised"), "left": tr("left")}
        self.sums = {kind: _Sum(kind, words) for kind, words in titles.items()}
        self.change = LinkButton(tr("Change"))
        self.change.clicked.connect(self.ask)
        self._gone, self._room = Label("", "meta", "text2"), Label("", "meta", weight=600)
        self._captions: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._width = 0
        self.bar = BudgetBar()
        self._shown = QWidget()
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        for figure in self.sums.values():
            row.addWidget(figure)
        row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        for label in (self._gone, self._room):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            words.addWidget(label)
        row.addLayout(words)
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.bar)
        self.pages = Stack()
        self.pages.addWidget(self._shown)
        self.pages.addWidget(self._question())
        self.pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.pages)
        theme().changed.connect(self._choose_words)

    def _question(self) -> QWidget:
        form = _Question()
        keys.make_form(form)
        form.left.connect(self.left)
        self.unsaved = Unsaved(form)
        self.amount, self.currency = QLineEdit(), QLineEdit(self._currency)
        self.amount.setPlaceholderText("600")
        self.amount.setAccessibleName(tr("This year's gift budget"))
        self.currency.setAccessibleName(tr("Currency"))
        scaled(self.amount, max_width=120)
        scaled(self.currency, max_width=70)
        self._set = ActionButton(tr("Set"), "check")
        self._set.clicked.connect(self._give)
        self.amount.returnPressed.connect(self._give)
        self.currency.returnPressed.connect(self._give)
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Label(tr("Set this year's gift budget"), "name"))
        column.addWidget(self.unsaved)
        row = QHBoxLayout()
        for widget in (self.amount, self.currency, self._set):
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
        return form

    def show_budget(self, budget: Budget | None, today: date) -> None:
        """Show a budget; None, or one without an amount, shows the form instead. One being typed stays as it is."""
        if budget is None or budget.amount is None:
            self.pages.setCurrentIndex(1)
            return
        self.pages.setCurrentIndex(1 if self.asking else 0)
        display, left = money.bare, budget.left or 0
        self.sums[""].set(display(budget.amount, budget.currency), tr("Budget {year}").format(year=budget.year))
        self.sums["spent"].set(display(budget.spent, budget.currency))
        self.sums["promised"].set(display(budget.promised, budget.currency))
        self.sums["left"].set(display(left, budget.currency), tone="danger" if left < 0 else "text")
        used = (budget.spent + budget.promised) / max(1, budget.amount)
        year = round(year_gone(today) * 100)
        gone = tr("{year_percent}% of the year gone, {money_percent}% of the money").format(
            year_percent=year, money_percent=round(used * 100)
        )
        room = tr("No gifts yet this year")
        if budget.room is not None:
            more = tr("Room for about {count} more gifts").format(count=budget.room)
            room = more if budget.room else tr("No room for more gifts")
        self._captions = ((gone, tr("{year_percent}% of the year gone").format(year_percent=year)), (room,))
        self._choose_words()
        self.bar.show_budget(budget, today, f"{gone}. {room}.")
        if not self.asking:
            self.amount.setText(short(budget.amount, budget.currency))
            self.currency.setText(budget.currency)

    def propose(self, currency: str) -> None:
        """Propose this currency, unless another was typed."""
        if self.currency.text() == self._currency:
            self.currency.setText(currency)
        self._currency = currency

    def ask(self) -> None:
        """Show the form, with what was typed in it before and not saved, and focus the amount."""
        self.pages.setCurrentIndex(1)
        if not self.asking:
            self.asking = True
            self.unsaved.begin(self._forms, "")
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.selectAll()

    def fit(self, width: int) -> None:
        """Adapt to a width in pixels: the longest captions that fit uncut are shown; the bar's tooltip has them all."""
        self._width = width
        self._choose_words()

    def _choose_words(self) -> None:
        beside = [*self.sums.values(), self.change]
        # the extra gap is the stretch
        room = self._width - _GAP - sum(widget.sizeHint().width() + _GAP for widget in beside)
        for label, choices in zip((self._gone, self._room), self._captions, strict=True):
            metrics = label.fontMetrics()
            fitting = [words for words in choices if metrics.horizontalAdvance(words) + 2 <= room]
            label.setText(fitting[0] if fitting else "")
            label.setVisible(bool(fitting))

    def leave(self, *, saved: bool = False) -> bool:
        """Close the form; whether it has something that was typed and not saved, which is kept."""
        if saved:
            self.unsaved.saved()
        kept = self.asking and self.unsaved.end()
        self.asking = False
        self.pages.setCurrentIndex(0)
        return kept

    def _give(self) -> None:
        self.given.emit(self.amount.text(), self.currency.text())
