"""The year's money for gifts, currency by currency, in whole minor units: nothing is converted, nothing rounded.

Spent is what was shipped in that year; promised is approved or to be shipped: it weighs on the year that is running,
whenever it was thought of.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.base import clock, money
from app.base.errors import UserError
from app.base.words import tr
from app.store.store import Store

_COST = "coalesce(actual_cost, worth)"
_TOTALS = f"""
SELECT currency, sum(CASE WHEN sent THEN cost ELSE 0 END), sum(CASE WHEN sent THEN 0 ELSE cost END), count(*), sum(sent)
FROM (
  SELECT currency, {_COST} AS cost, state IN ('shipped', 'thanked') AS sent,
    CAST(CASE WHEN state IN ('shipped', 'thanked') AND shipped_on IS NOT NULL THEN substr(shipped_on, 1, 4)
      ELSE strftime('%Y', created_at, 'unixepoch', 'localtime') END AS INTEGER) AS year
  FROM gift WHERE state <> 'idea'
)
WHERE year = :year OR (NOT sent AND :year = :this_year AND year < :year)
GROUP BY currency
"""


@dataclass(frozen=True, slots=True)
class Budget:
    """A year in one currency, minor units. `amount` and `left` are None where none was set; `left` may be below 0.

    `gifts` counts those that were given and those that are promised, `given` the given ones alone.
    """

    year: int
    currency: str
    amount: int | None
    spent: int
    promised: int
    gifts: int
    given: int = 0

    @property
    def average(self) -> int | None:
        """What a gift that was given has cost on average, half a minor unit rounded up; None where none was given."""
        return (2 * self.spent + self.given) // (2 * self.given) if self.given else None

    @property
    def left(self) -> int | None:
        """What is neither spent nor promised."""
        return None if self.amount is None else self.amount - self.spent - self.promised

    @property
    def room(self) -> int | None:
        """About how many more gifts like this year's fit into what is left; None before the first of them."""
        used, left = self.spent + self.promised, self.left or 0
        return None if used <= 0 < left else max(0, left) * self.gifts // max(1, used)


class Budgets:
    """The `gift_budget` table, beside what the gifts add up to."""

    def __init__(self, store: Store) -> None:
        """Setting a budget is one undoable action."""
        self._store = store

    def of(self, year: int | None = None) -> list[Budget]:
        """That year's currencies (this year's by default): those with a budget first, then by what was used."""
        this_year = clock.local(clock.now()).year
        wanted = year or this_year
        conn = self._store.read
        totals = {row[0]: row for row in conn.execute(_TOTALS, {"year": wanted, "this_year": this_year})}
        set_ = dict(conn.execute("SELECT currency, amount FROM gift_budget WHERE year = ?", (wanted,)).fetchall())
        found = []
        for currency in dict.fromkeys([*set_, *totals]):
            _, spent, promised, count, given = totals.get(currency, (currency, 0, 0, 0, 0))
            found.append(Budget(wanted, currency, set_.get(currency), spent, promised, count, given))
        return sorted(found, key=lambda one: (one.amount is None, -(one.spent + one.promised), one.currency))

    def set(self, year: int, currency: str, amount: int) -> None:
        """What may be spent in that year, minor units; UserError below zero or for an unknown currency."""
        currency = money.code(currency)
        if amount < 0:
            msg = tr("A budget can't be below zero.")
            raise UserError(msg)
        with self._store.write(
            tr("Budget {year}: {amount}").format(year=year, amount=money.display(amount, currency))
        ) as conn:
            conn.execute(
                "INSERT INTO gift_budget (year, currency, amount) VALUES (?, ?, ?)"
                " ON CONFLICT (year, currency) DO UPDATE SET amount = excluded.amount",
                (year, currency, amount),
            )

    def warning(self, cost: int, currency: str, year: int | None = None, *, state: str = "approved") -> str:
        """One sentence where a gift of this cost would go over what is left.

        "" where it fits, where no budget was set, and for one whose `state` is an idea: ideas do not count.
        """
        if state == "idea":
            return ""
        for budget in self.of(year):
            if budget.currency == currency and budget.left is not None and cost > budget.left:
                over, left = cost - budget.left, budget.left
                sentence = tr("This goes {amount} over the {year} budget: nothing is left.")
                if left > 0:
                    sentence = tr("This goes {amount} over the {year} budget: only {left} is left.")
                return sentence.format(
                    amount=money.display(over, currency), year=budget.year, left=money.display(left, currency)
                )
        return ""
