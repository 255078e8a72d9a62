"""Yearly gift budgets per currency, in minor units: nothing is converted or rounded.

*Spent* is what was shipped in that year. *Promised* is what is approved or to be shipped; it counts in the current
year, even if it was created in an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.base import clock, money
from app.base.errors import UserError
from app.base.words import tr
from app.gifts.rows import PROMISED, SPENT
from app.store.store import Store

_COST = "coalesce(actual_cost, worth)"
_IN_SPENT = f"state IN ({', '.join(repr(state) for state in SPENT)})"
_COUNTED = ", ".join(repr(state) for state in (*SPENT, *PROMISED))
_TOTALS = f"""
SELECT currency, sum(CASE WHEN sent THEN cost ELSE 0 END), sum(CASE WHEN sent THEN 0 ELSE cost END), count(*), sum(sent)
FROM (
  SELECT currency, {_COST} AS cost, {_IN_SPENT} AS sent,
    CAST(CASE WHEN {_IN_SPENT} AND shipped_on IS NOT NULL THEN substr(shipped_on, 1, 4)
      ELSE strftime('%Y', created_at, 'unixepoch', 'localtime') END AS INTEGER) AS year
  FROM gift WHERE state IN ({_COUNTED})
)
WHERE year = :year OR (NOT sent AND :year = :this_year AND year < :year)
GROUP BY currency
"""


@dataclass(frozen=True, slots=True)
class Budget:
    """A year's budget in one currency, in minor units. `amount` and `left` are None if none was set; `left` may be < 0.

    `gifts` counts shipped and promised gifts, `given` the shipped ones only.
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
        """The average cost of a shipped gift, rounded half up; None if there is none."""
        return (2 * self.spent + self.given) // (2 * self.given) if self.given else None

    @property
    def left(self) -> int | None:
        """The amount that is neither spent nor promised; None if no budget was set."""
        return None if self.amount is None else self.amount - self.spent - self.promised

    @property
    def room(self) -> int | None:
        """About how many more gifts of this year's average cost the rest allows; None before the first gift."""
        used, left = self.spent + self.promised, self.left or 0
        return None if used <= 0 < left else max(0, left) * self.gifts // max(1, used)


class Budgets:
    """The `gift_budget` table, with the totals of the gifts."""

    def __init__(self, store: Store) -> None:
        """Setting a budget is an undoable action."""
        self._store = store

    def of(self, year: int | None = None) -> list[Budget]:
        """Return a year's budgets (default: this year): currencies with a budget first, then by amount used."""
        this_year = clock.local(clock.now()).year
        wanted = year or this_year
        conn = self._store.read
        totals = {currency: sums for currency, *sums in conn.execute(_TOTALS, {"year": wanted, "this_year": this_year})}
        set_ = dict(
            conn.execute(
                "SELECT currency, amount FROM gift_budget WHERE year = ? AND occasion = ''", (wanted,)
            ).fetchall()
        )
        budgets = []
        for currency in dict.fromkeys([*set_, *totals]):
            spent, promised, count, given = totals.get(currency, (0, 0, 0, 0))
            budgets.append(Budget(wanted, currency, set_.get(currency), spent, promised, count, given))
        return sorted(
            budgets, key=lambda budget: (budget.amount is None, -(budget.spent + budget.promised), budget.currency)
        )

    def set(self, year: int, currency: str, amount: int) -> None:
        """Set a year's budget in minor units; raises UserError below zero or for an unknown currency."""
        currency = money.code(currency)
        if amount < 0:
            msg = tr("A budget can't be below zero.")
            raise UserError(msg)
        with self._store.write(
            tr("Budget {year}: {amount}").format(year=year, amount=money.display(amount, currency))
        ) as conn:
            conn.execute(
                "INSERT INTO gift_budget (year, currency, amount) VALUES (?, ?, ?)"
                " ON CONFLICT (year, occasion, currency) DO UPDATE SET amount = excluded.amount",
                (year, currency, amount),
            )

    def warning(self, cost: int, currency: str, year: int | None = None, *, state: str = "approved") -> str:
        """Return a sentence if a gift of this cost (minor units) would exceed the budget.

        "" if it fits, if no budget was set, and for an idea, as ideas do not count.
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
