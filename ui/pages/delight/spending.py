"""Strips for the money of gifts: a budget for all occasions or one, and what a currency is in another from a day on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.base import clock, money
from app.base.errors import UserError
from app.gifts import OCCASION_NAMES, Budget, Rate
from ui.look import money as look
from ui.look.text import tr
from ui.shared.asked_once import AskedOnce
from ui.shared.date_field import DateField
from ui.widgets.buttons import LinkButton
from ui.widgets.fields import Choice
from ui.widgets.labels import Label
from ui.widgets.scaled import scaled
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from app.workbench import Workbench

_CODE_WIDTH, _MOST_RATES = 76, 6


class BudgetStrip(Strip):
    """Sets this year's budget, for all occasions or for one."""

    def __init__(self, bench: Workbench) -> None:
        """Start with the budget for all occasions, as it stands."""
        self._year = clock.local(clock.now()).year
        super().__init__(tr("Gift budget {year}").format(year=self._year), "coins", tr("Set the budget"))
        self._bench, self._asked = bench, AskedOnce()
        names = [(key, tr(name)) for key, name in OCCASION_NAMES.items()]
        self.occasion = Choice([("", tr("All occasions together")), *names], "")
        self.amount, self.currency = QLineEdit(), QLineEdit()
        self.amount.setPlaceholderText("600")
        scaled(self.currency, max_width=_CODE_WIDTH)
        self.field(tr("Occasion"), self.occasion, 0, 0)
        self.field(tr("Amount"), self.amount, 0, 1)
        self.field(tr("Currency"), self.currency, 0, 2)
        for column, stretch in enumerate((3, 2, 1)):
            self.form.setColumnStretch(column, stretch)
        self._show()
        self.occasion.picked.connect(lambda _key: self._show())

    def _show(self) -> None:
        """Fill in the budget of the occasion, and say what of it is used."""
        found = next((one for one in self._budgets() if one.amount is not None), None)
        self.currency.setText(found.currency if found is not None else self._bench.settings.text("currency"))
        amount = found.amount if found is not None else None
        self.amount.setText("" if amount is None or found is None else money.short(amount, found.currency))
        self.aside.setText(_standing(found) if found is not None else tr("No budget was set for this occasion yet."))

    def _budgets(self) -> list[Budget]:
        return self._bench.gifts.budgets.of(self._year, self.occasion.key())

    def start(self) -> None:
        """Focus the amount, all of it selected; the occasion is one key back."""
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.amount.selectAll()

    def do(self) -> str:
        """Set it; return the toast. Raises UserError for what is no sum, and once where more is spent or promised."""
        if not self.amount.text().strip():
            raise UserError(tr("Enter the amount, such as 600."))
        currency = money.code(self.currency.text())
        sum_ = money.Money(money.amount(self.amount.text(), currency), currency)
        key, budgets = self.occasion.key(), self._bench.gifts.budgets
        self._asked.step(
            (key, sum_), lambda asked: budgets.set(self._year, sum_.currency, sum_.amount, key, over=asked)
        )
        said = tr("Budget {year}: {amount}.")
        if key:
            said = tr("Budget {year} for “{occasion}”: {amount}.")
        return said.format(
            year=self._year, amount=look.display(sum_.amount, sum_.currency), occasion=tr(OCCASION_NAMES.get(key, ""))
        )


def _standing(budget: Budget) -> str:
    display = look.display
    return tr("{spent} spent, {promised} promised, {left} left.").format(
        spent=display(budget.spent, budget.currency), promised=display(budget.promised, budget.currency),
        left=display(budget.left or 0, budget.currency),
    )  # fmt: skip


class RateStrip(Strip):
    """Sets what one unit of a currency is in another from a day on, and lists the rates, each to be removed."""

    def __init__(self, bench: Workbench) -> None:
        """Propose a currency in which there are gifts without a rate, into the gift currency, from today on."""
        super().__init__(tr("Rates of currencies"), "coins", tr("Set the rate"))
        self._bench, self._asked = bench, AskedOnce()
        apart = next((one for one in bench.gifts.budgets.of() if one.no_rate_to), None)
        self.source, self.rate = QLineEdit(apart.currency if apart is not None else ""), QLineEdit()
        self.into = QLineEdit(apart.no_rate_to if apart is not None else bench.settings.text("currency"))
        self.rate.setPlaceholderText("0.0395")
        self.source.setPlaceholderText("CZK")
        self.day = DateField(bench.dates, clock.local(clock.now()).date().isoformat(), back=True)
        for line in (self.source, self.into):
            scaled(line, max_width=_CODE_WIDTH)
        self.field(tr("One unit of"), self.source, 0, 0)
        self.field(tr("is"), self.rate, 0, 1)
        self.field(tr("in"), self.into, 0, 2)
        self.field(tr("From this day on"), self.day, 0, 3)
        for column, stretch in enumerate((1, 2, 1, 3)):
            self.form.setColumnStretch(column, stretch)
        self.removals: list[LinkButton] = []
        self.form.addWidget(self._listed(bench.gifts.rates.listed()), 2, 0, 1, 4)
        if apart is not None:
            self.aside.setText(apart.remark)

    def _listed(self, rates: list[Rate]) -> QWidget:
        lines = QWidget()
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for rate in sorted(rates, key=lambda one: one.on_day, reverse=True)[:_MOST_RATES]:
            words = tr("From {day}: 1 {currency} is {rate} {into}").format(
                day=rate.on_day, currency=rate.currency, rate=rate.rate, into=rate.into
            )
            remove = LinkButton(tr("Remove"), tone="text2")
            remove.setAccessibleName(tr("Remove: {rate}").format(rate=words))
            remove.clicked.connect(lambda _checked=False, one=rate: self._remove(one))
            self.removals.append(remove)
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(Label(words, "meta", "text2"))
            row.addWidget(remove)
            row.addStretch(1)
            column.addLayout(row)
        if not rates:
            column.addWidget(Label(tr("No rates yet."), "meta", "text2"))
        return lines

    def start(self) -> None:
        """Focus the currency, or the rate where that is known."""
        (self.rate if self.source.text() else self.source).setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self) -> str:
        """Set it; return the toast. Raises UserError for what is no rate, and once where a budget is over by it."""
        day = self.day.iso()
        source, into, rate = self.source.text(), self.into.text(), self.rate.text()
        made = self._asked.step(
            (source, into, rate, day),
            lambda asked: self._bench.gifts.rates.set(source, into, rate, day, over=asked),
        )
        return tr("From {day}: 1 {currency} is {rate} {into}.").format(
            day=made.on_day, currency=made.currency, rate=made.rate, into=made.into
        )

    def _remove(self, rate: Rate) -> None:
        try:
            self._asked.step(rate.id, lambda asked: self._bench.gifts.rates.drop(rate.id, over=asked))
        except UserError as why:
            self.wrong.setText(str(why))
            self.wrong.show()
            return
        self.finished.emit(
            tr("The rate from {day} is removed: 1 {currency} is {rate} {into}.").format(
                day=rate.on_day, currency=rate.currency, rate=rate.rate, into=rate.into
            )
        )
