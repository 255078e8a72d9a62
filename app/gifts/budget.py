"""Yearly gift budgets, of one occasion or of all, in minor units of their currency.

*Spent* is what was shipped in that year. *Promised* is what is approved or to be shipped; it counts in the current
year, even if it was created in an earlier one. A gift counts in the budget of its own currency; if there is none, in
another one of that year by the rate of the day it was shipped (what is promised: by today's), rounded once. Without a
rate it is counted apart, in its own currency.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from app.base import clock, money
from app.base.errors import UserError
from app.base.words import counted, forms, tr
from app.gifts.consent import Answer, NotYetError, agreed
from app.gifts.rates import At, convert, finder
from app.gifts.rows import OCCASION_NAMES, PROMISED, SPENT
from app.store.sqlite import Connection, scalar
from app.store.store import Store

_IN_SPENT = f"state IN ({', '.join(repr(state) for state in SPENT)})"
_COUNTED = ", ".join(repr(state) for state in (*SPENT, *PROMISED))
_COSTS = f"""
SELECT currency, occasion, sent, day, cost, count(*)
FROM (
  SELECT currency, occasion, coalesce(actual_cost, worth) AS cost, {_IN_SPENT} AS sent,
    CASE WHEN {_IN_SPENT} AND shipped_on IS NOT NULL THEN shipped_on
      WHEN state = 'charity' THEN date(state_at, 'unixepoch', 'localtime')
      ELSE date(created_at, 'unixepoch', 'localtime') END AS day
  FROM gift WHERE state IN ({_COUNTED}) AND (:member IS NULL OR member_id = :member)
)
WHERE substr(day, 1, 4) = :year OR (NOT sent AND :year = :this_year AND substr(day, 1, 4) < :year)
GROUP BY currency, occasion, sent, day, cost
"""
_APART = forms(
    "There's no rate from {currency} to {into}, so {count} gift in {currency} is counted apart.",
    "There's no rate from {currency} to {into}, so {count} gifts in {currency} are counted apart.",
)


class _Cost(NamedTuple):
    """So many gifts of one cost: shipped (`sent`) on that day, or promised."""

    currency: str
    occasion: str
    sent: int
    day: str
    cost: int
    times: int


@dataclass(frozen=True, slots=True)
class Budget:
    """A year's budget in one currency, in minor units. `amount` and `left` are None if none was set; `left` may be < 0.

    `gifts` counts shipped and promised gifts, `given` the shipped ones only. `occasion` is "" for all occasions.
    `no_rate_to` is the currency of the budget in which these gifts would count if there were a rate; "" otherwise.
    """

    year: int
    currency: str
    amount: int | None
    spent: int
    promised: int
    gifts: int
    given: int = 0
    occasion: str = ""
    no_rate_to: str = ""

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

    @property
    def remark(self) -> str:
        """A sentence about gifts that are counted apart, as there is no rate; "" otherwise."""
        if not self.no_rate_to:
            return ""
        return counted(self.gifts, *_APART, currency=self.currency, into=self.no_rate_to)


class Budgets:
    """The `gift_budget` table, with the totals of the gifts."""

    def __init__(self, store: Store) -> None:
        """Setting a budget is an undoable action."""
        self._store = store

    def of(self, year: int | None = None, occasion: str = "") -> list[Budget]:
        """Return a year's budgets (default: this year): currencies with a budget first, then by amount used.

        Those of all occasions together, or of one.
        """
        return _budgets(self._store.read, year or _this_year(), occasion)

    def by_occasion(self, year: int | None = None) -> list[Budget]:
        """Return those budgets of a year (default: this year) that are for one occasion only.

        What is counted apart from them is returned too, unless there is a budget for all occasions that says so.
        """
        wanted = year or _this_year()
        general = any(budget.amount is not None for budget in self.of(wanted))
        rows = self._store.read.execute(
            "SELECT DISTINCT occasion FROM gift_budget WHERE year = ? AND occasion <> '' ORDER BY occasion", (wanted,)
        ).fetchall()
        found = [budget for row in rows for budget in self.of(wanted, row["occasion"])]
        return [budget for budget in found if budget.amount is not None or not general]

    def set(self, year: int, currency: str, amount: int, occasion: str = "") -> None:
        """Set a year's budget in minor units, for all occasions or one.

        Raises UserError below zero, and for an unknown currency or occasion.
        """
        currency = money.code(currency)
        if amount < 0:
            msg = tr("A budget can't be below zero.")
            raise UserError(msg)
        if occasion and occasion not in OCCASION_NAMES:
            msg = tr("“{occasion}” isn't an occasion. Choose from: {occasions}.").format(
                occasion=occasion, occasions=", ".join(OCCASION_NAMES)
            )
            raise UserError(msg)
        title, sum_ = tr("Budget {year}: {amount}"), money.display(amount, currency)
        if occasion:
            title = tr("Budget {year} for “{occasion}”: {amount}")
        with self._store.write(
            title.format(year=year, amount=sum_, occasion=tr(OCCASION_NAMES.get(occasion, "")))
        ) as conn:
            conn.execute(
                "INSERT INTO gift_budget (year, occasion, currency, amount) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (year, occasion, currency) DO UPDATE SET amount = excluded.amount",
                (year, occasion, currency, amount),
            )

    def warning(
        self, cost: int, currency: str, year: int | None = None, *, state: str = "approved", occasion: str = ""
    ) -> str:
        """Return a sentence if a gift of this cost (minor units) would exceed a budget that it counts in.

        "" if it fits, if no budget was set, and for an idea, as ideas do not count.
        """
        if state == "idea":
            return ""
        conn, wanted = self._store.read, year or _this_year()
        new = _Cost(currency, occasion, 0, clock.local(clock.now()).date().isoformat(), cost, 1)
        sentences = []
        for scope in dict.fromkeys(("", occasion)):
            before = _by_key(_budgets(conn, wanted, scope))
            after = _by_key(_budgets(conn, wanted, scope, [new]))
            sentences += [_over(before.get(key), budget) for key, budget in after.items()]
        return " ".join(filter(None, sentences))

    @contextmanager
    def kept(self, conn: Connection, over: Answer = "", member_id: int | None = None) -> Iterator[None]:
        """What the body writes in the open transaction keeps within every budget, or is agreed to.

        A budget that is over then, and was not or less so before, raises NotYetError, so that nothing is written,
        unless `over` agrees to that sentence. With a `member_id` the same goes for what a member may have in a year.
        """
        before, had = _standing(conn), _worth_of(conn, member_id)
        yield
        after, has = _standing(conn), _worth_of(conn, member_id)
        sentences = [_over(before.get(key), budget) for key, budget in after.items()]
        sentences.append(_too_much(conn, member_id, had, has))
        asked = [sentence for sentence in sentences if sentence and not agreed(over, sentence)]
        if asked:
            raise NotYetError(over=" ".join(filter(None, sentences)))


_Key = tuple[int, str, str]


def _this_year() -> int:
    return clock.local(clock.now()).year


def _by_key(budgets: list[Budget]) -> dict[_Key, Budget]:
    return {(one.year, one.occasion, one.currency): one for one in budgets}


def _standing(conn: Connection) -> dict[_Key, Budget]:
    """Every budget that was set, of all years, by its key."""
    rows = conn.execute("SELECT DISTINCT year, occasion FROM gift_budget ORDER BY year, occasion").fetchall()
    found = [budget for row in rows for budget in _budgets(conn, row["year"], row["occasion"])]
    return _by_key([budget for budget in found if budget.amount is not None])


def _costs(conn: Connection, year: int, member_id: int | None = None) -> list[_Cost]:
    this_year = str(_this_year())
    rows = conn.execute(_COSTS, {"year": f"{year:04}", "this_year": this_year, "member": member_id})
    return [_Cost(*row) for row in rows]


def _budgets(conn: Connection, year: int, occasion: str, more: list[_Cost] | None = None) -> list[Budget]:
    """A year's budgets for an occasion, with `more` gifts than there are."""
    usual = scalar(conn, "SELECT coalesce((SELECT value FROM setting WHERE key = 'currency'), 'EUR')")
    rows = conn.execute(
        "SELECT currency, amount FROM gift_budget WHERE year = ? AND occasion = ? ORDER BY currency <> ?, id",
        (year, occasion, usual),
    )
    set_: dict[str, int] = dict(rows.fetchall())
    rate_at, today = finder(conn), clock.local(clock.now()).date().isoformat()
    sums = {currency: [0, 0, 0, 0] for currency in set_}
    for cost in [*_costs(conn, year), *(more or ())]:
        if occasion and cost.occasion != occasion:
            continue
        currency, one = _counts_as(cost, list(set_), rate_at, today)
        spent_promised = sums.setdefault(currency, [0, 0, 0, 0])
        spent_promised[0 if cost.sent else 1] += one * cost.times
        spent_promised[2] += cost.times
        spent_promised[3] += cost.times if cost.sent else 0
    budgets = [
        Budget(year, currency, set_.get(currency), spent, promised, gifts, given, occasion, _apart(currency, set_))
        for currency, (spent, promised, gifts, given) in sums.items()
    ]
    return sorted(budgets, key=lambda one: (one.amount is None, -(one.spent + one.promised), one.currency))


def _apart(currency: str, set_: dict[str, int]) -> str:
    """Where gifts in this currency would count if there were a rate; "" if they have a budget, or nobody has one."""
    return "" if currency in set_ else next(iter(set_), "")


def _counts_as(cost: _Cost, set_: list[str], rate_at: At, today: str) -> tuple[str, int]:
    """In which of the currencies with a budget one such gift counts, and as how much; its own if there is no rate."""
    if cost.currency not in set_:
        for into in set_:
            rate = rate_at(cost.currency, into, cost.day if cost.sent else today)
            if rate is not None:
                return into, convert(cost.cost, cost.currency, into, rate)
    return cost.currency, cost.cost


def _over(before: Budget | None, after: Budget) -> str:
    """A sentence if a budget is over, and more so than before; "" otherwise."""
    had, has = before.left if before is not None else after.amount, after.left
    if has is None or has >= 0 or (had is not None and has >= had):
        return ""
    left, nothing = had or 0, (had or 0) <= 0
    if after.occasion and nothing:
        sentence = tr("This goes {amount} over the {year} budget for “{occasion}”: nothing is left.")
    elif after.occasion:
        sentence = tr("This goes {amount} over the {year} budget for “{occasion}”: only {left} is left.")
    elif nothing:
        sentence = tr("This goes {amount} over the {year} budget: nothing is left.")
    else:
        sentence = tr("This goes {amount} over the {year} budget: only {left} is left.")
    return sentence.format(
        amount=money.display(-has, after.currency), year=after.year, left=money.display(left, after.currency),
        occasion=tr(OCCASION_NAMES.get(after.occasion, "")),
    )  # fmt: skip


def _most(conn: Connection) -> money.Money:
    """What a member may have in a year; 0 for no limit."""
    rows = conn.execute("SELECT key, value FROM setting WHERE key IN ('currency', 'gift_year_worth')").fetchall()
    set_ = {row["key"]: row["value"] for row in rows}
    currency = set_.get("currency", "EUR")
    return money.Money(int(set_.get("gift_year_worth", 0)) * 10 ** money.digits(currency), currency)


def _worth_of(conn: Connection, member_id: int | None) -> int:
    """What a member has had this year or is promised, in the gift currency; what has no rate is left out."""
    most = _most(conn)
    if member_id is None or not most.amount:
        return 0
    rate_at, today = finder(conn), clock.local(clock.now()).date().isoformat()
    found = [
        (cost, _counts_as(cost, [most.currency], rate_at, today)) for cost in _costs(conn, _this_year(), member_id)
    ]
    return sum(one * cost.times for cost, (currency, one) in found if currency == most.currency)


def _too_much(conn: Connection, member_id: int | None, had: int, has: int) -> str:
    """A sentence if a member gets more this year than the setting says, and more than before; "" otherwise."""
    most = _most(conn)
    if member_id is None or not most.amount or has <= max(most.amount, had):
        return ""
    name = scalar(conn, "SELECT name FROM member WHERE id = ?", (member_id,))
    return tr("With this {member} has {amount} in {year}: more than the {most} a year that you set.").format(
        member=name, amount=money.display(has, most.currency), year=_this_year(),
        most=money.display(most.amount, most.currency),
    )  # fmt: skip
