"""Yearly gift budgets, of one occasion or of all, in minor units of their currency.

*Spent* is what was shipped in that year. *Promised* is what is approved or to be shipped; it counts in the current
year, even if it was created in an earlier one. A gift counts in the budget of its own currency; if there is none, in
another one of that year by the rate of the day it was shipped (what is promised: by today's), rounded once. Without a
rate it is counted apart, in its own currency.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from app.base import money
from app.base.errors import UserError
from app.base.words import N_, counted, forms, tr
from app.gifts.consent import Answer, NotYetError, agreed
from app.gifts.costs import Cost, costs, counts_as, this_year, today
from app.gifts.rates import finder
from app.gifts.rows import OCCASION_NAMES
from app.gifts.so_far import gift_currency, year_sums
from app.store.sqlite import Connection, scalar
from app.store.store import Store

_APART = forms(
    "There's no rate from {currency} to {into}, so {count} gift in {currency} is counted apart.",
    "There's no rate from {currency} to {into}, so {count} gifts in {currency} are counted apart.",
)
_OVER_MANY = forms(
    "With this {count} member has more in {year} than the {most} a year that you set.",
    "With this {count} members have more in {year} than the {most} a year that you set.",
)


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
        return _budgets(self._store.read, year or this_year(), occasion)

    def by_occasion(self, year: int | None = None) -> list[Budget]:
        """Return those budgets of a year (default: this year) that are for one occasion only.

        What is counted apart from them is returned too, unless there is a budget for all occasions that says so.
        """
        wanted = year or this_year()
        general = any(budget.amount is not None for budget in self.of(wanted))
        rows = self._store.read.execute(
            "SELECT DISTINCT occasion FROM gift_budget WHERE year = ? AND occasion <> '' ORDER BY occasion", (wanted,)
        ).fetchall()
        found = [budget for row in rows for budget in self.of(wanted, row["occasion"])]
        return [budget for budget in found if budget.amount is not None or not general]

    def set(self, year: int, currency: str, amount: int, occasion: str = "", *, over: Answer = False) -> None:
        """Set a year's budget in minor units, for all occasions or one.

        Raises UserError below zero, and for an unknown currency or occasion; NotYetError if more than that is spent or
        promised and `over` does not agree to that.
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
        with (
            self._store.write(
                title.format(year=year, amount=sum_, occasion=tr(OCCASION_NAMES.get(occasion, "")))
            ) as conn,
            changed(conn, over),
        ):
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
        conn, wanted = self._store.read, year or this_year()
        new = Cost(0, currency, occasion, 0, today(), cost, 1)
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
        members = () if member_id is None else (member_id,)
        before = budget_standing(conn, members)
        yield
        after = budget_standing(conn, members)
        sentences = [_over(before.budgets.get(key), budget) for key, budget in after.budgets.items()]
        _ask([*sentences, *_too_much(conn, before, after)], over)


class Standing(NamedTuple):
    """Every budget that was set, and what members have this year: in the gift currency, and what has no rate to it."""

    budgets: dict[_Key, Budget]
    worth: dict[int, dict[str, int]]


def budget_standing(conn: Connection, members: Collection[int] | None = None) -> Standing:
    """How budgets stand, and what these members (default: all) have this year, if it has a limit."""
    looked_at = _most(conn).amount and members != ()
    return Standing(_standing(conn), year_sums(conn, this_year(), members) if looked_at else {})


@contextmanager
def changed(conn: Connection, over: Answer = "") -> Iterator[None]:
    """What the body changes about budgets or rates leaves none over that was not, or is agreed to, as in `kept`."""
    before = budget_standing(conn)
    yield
    after = budget_standing(conn)
    _ask([*_are_over(before, after, tr(_LEAVES), tr(_LEAVES_OCCASION)), *_too_much(conn, before, after)], over)


def over_words(conn: Connection, before: Standing) -> str:
    """What is said once something was done that is never refused: an undo, a redo, gifts from a table.

    The sentences name each budget that is over now and was not, or less so, `before`, and who has more than a year's
    worth; "" for nothing.
    """
    after = budget_standing(conn)
    return " ".join([*_are_over(before, after, tr(_IS), tr(_IS_OCCASION)), *_too_much(conn, before, after)])


_UNKNOWN_MANY = forms(
    "There's no rate from {currency} to {into}, so nobody can tell whether {count} member stays within the {most} a"
    " year that you set.",
    "There's no rate from {currency} to {into}, so nobody can tell whether {count} members stay within the {most} a"
    " year that you set.",
)
_UNKNOWN = N_(
    "There's no rate from {currency} to {into}, so nobody can tell whether {member} stays within the {most} a year that"
    " you set."
)
_LEAVES = N_("This leaves the {year} budget {amount} over: {used} is spent or promised.")
_LEAVES_OCCASION = N_("This leaves the {year} budget for “{occasion}” {amount} over: {used} is spent or promised.")
_IS = N_("The {year} budget is {amount} over now: {used} is spent or promised.")
_IS_OCCASION = N_("The {year} budget for “{occasion}” is {amount} over now: {used} is spent or promised.")


def _ask(sentences: list[str], over: Answer) -> None:
    """Raise NotYetError with all sentences, unless each is agreed to."""
    found = [sentence for sentence in sentences if sentence]
    if any(not agreed(over, sentence) for sentence in found):
        raise NotYetError(over=" ".join(found))


def _are_over(before: Standing, after: Standing, general: str, of_occasion: str) -> list[str]:
    """A sentence for each budget that is over, and was not or less so before."""
    return [
        (of_occasion if budget.occasion else general).format(
            year=budget.year, occasion=tr(OCCASION_NAMES.get(budget.occasion, "")),
            amount=money.display(-(budget.left or 0), budget.currency),
            used=money.display(budget.spent + budget.promised, budget.currency),
        )
        for key, budget in after.budgets.items()
        if _is_worse(before.budgets.get(key), budget)
    ]  # fmt: skip


_Key = tuple[int, str, str]


def _by_key(budgets: list[Budget]) -> dict[_Key, Budget]:
    return {(one.year, one.occasion, one.currency): one for one in budgets}


def _standing(conn: Connection) -> dict[_Key, Budget]:
    """Every budget that was set, of all years, by its key."""
    rows = conn.execute("SELECT DISTINCT year, occasion FROM gift_budget ORDER BY year, occasion").fetchall()
    found = [budget for row in rows for budget in _budgets(conn, row["year"], row["occasion"])]
    return _by_key([budget for budget in found if budget.amount is not None])


def _budgets(conn: Connection, year: int, occasion: str, more: list[Cost] | None = None) -> list[Budget]:
    """A year's budgets for an occasion, with `more` gifts than there are."""
    rows = conn.execute(
        "SELECT currency, amount FROM gift_budget WHERE year = ? AND occasion = ? ORDER BY currency <> ?, id",
        (year, occasion, gift_currency(conn)),
    )
    set_: dict[str, int] = dict(rows.fetchall())
    rate_at, day = finder(conn), today()
    sums = {currency: [0, 0, 0, 0] for currency in set_}
    for cost in [*costs(conn, year), *(more or ())]:
        if occasion and cost.occasion != occasion:
            continue
        currency, one = counts_as(cost, list(set_), rate_at, day)
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


def _is_worse(before: Budget | None, after: Budget) -> bool:
    """Whether a budget is over, and was not or less so before; one that was not there before is measured from 0."""
    had, has = before.left if before is not None else 0, after.left
    return has is not None and has < 0 and (had is None or has < had)


def _over(before: Budget | None, after: Budget) -> str:
    """A sentence if a budget is over, and more so than before; "" otherwise."""
    had, has = before.left if before is not None else after.amount, after.left
    if has is None or not _is_worse(before, after):
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


def _too_much(conn: Connection, before: Standing, after: Standing) -> list[str]:
    """Sentences if somebody gets more this year than the setting says, or nobody can tell; and more than before."""
    most = _most(conn)
    if not most.amount:
        return []
    code, limit, year = most.currency, money.display(most.amount, most.currency), this_year()
    over: list[tuple[int, int]] = []
    unknown: dict[str, list[int]] = {}
    for member, sums in after.worth.items():
        had, has = before.worth.get(member, {}), sums.get(code, 0)
        if has > max(most.amount, had.get(code, 0)):
            over.append((member, has))
        for currency, sum_ in sums.items():
            if currency != code and sum_ > had.get(currency, 0):
                unknown.setdefault(currency, []).append(member)
    said = [
        tr(_UNKNOWN).format(currency=currency, into=code, member=_name(conn, members[0]), most=limit)
        if len(members) == 1
        else counted(len(members), *_UNKNOWN_MANY, currency=currency, into=code, most=limit)
        for currency, members in unknown.items()
    ]
    if len(over) > 1:
        return [counted(len(over), *_OVER_MANY, year=year, most=limit), *said]
    with_this = tr("With this {member} has {amount} in {year}: more than the {most} a year that you set.")
    return [
        *(
            with_this.format(member=_name(conn, member), amount=money.display(has, code), year=year, most=limit)
            for member, has in over
        ),
        *said,
    ]


def _name(conn: Connection, member: int) -> str:
    return str(scalar(conn, "SELECT name FROM member WHERE id = ?", (member,)))
