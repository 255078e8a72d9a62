"""Whatever gifts go through, with undo, redo and crashes between: money, stock and counts are what one counts by hand.

The budget equals the sum of its gifts by an SQL of the test's own; what is on hand is the sum of its moves and never
below 0; nothing goes over without a yes; and undoing everything brings the beginning back.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.actions import Action
from app.base import clock
from app.base.errors import UserError
from app.base.money import Money
from app.base.paths import Profile
from app.gifts import ENDS, STATES, NotYetError
from app.gifts.consent import Answer
from app.store.sqlite import DatabaseError
from app.workbench import Workbench
from tests.app.gifts.killing import killed
from tests.examples import quick

YEAR = clock.local(clock.now()).year
ITEMS = ("Mug", "Shirt", "Box", "A walk")
TABLES = ("gift", "gift_address", "gift_choice", "stock_move", "gift_item", "gift_budget", "gift_rate")
PLACE = st.integers(0, 7)
COST = st.integers(0, 1_500)
ASKED = st.booleans()
# Of what is shipped, lost or at a charity; 4 hellers are a cent and KWD has no rate, so it is counted apart.
BY_HAND = """
SELECT coalesce(sum(CASE WHEN currency = 'CZK' THEN (coalesce(actual_cost, worth) * 4 + 50) / 100
  ELSE coalesce(actual_cost, worth) END), 0)
FROM gift WHERE currency IN ({currencies}) AND state IN ({states}) AND (? = '' OR occasion = ?)
"""
SPENT = "'shipped', 'arrived', 'thanked', 'story', 'lost', 'charity'"
PROMISED = "'approved', 'asked', 'address_in', 'to_ship'"


class Giving(RuleBasedStateMachine):
    """Two members; an item that is counted, one in sizes, a box of both, and one that is not counted."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.bench = Workbench(Profile(self.folder))
        self.gifts = self.bench.gifts
        for name in ("Zsófi", "Petr"):
            self.bench.members.add(name, address_1="Fő utca 1", city="Pécs")
        mug, shirt = self.gifts.items.add("Mug", worth=500), self.gifts.items.add("Shirt", sizes="S,M", worth=900)
        box = self.gifts.items.add("Box", worth=1_400, kind="box")
        self.gifts.items.fill(box, {mug: 2, shirt: 1})
        self.gifts.items.count(mug, 3)
        self.gifts.items.count(shirt, 1, "M")
        self.gifts.budgets.set(YEAR, "EUR", 5_000)
        self.gifts.budgets.set(YEAR, "EUR", 1_000, "birthday")
        self.gifts.rates.set("CZK", "EUR", "0.04", f"{YEAR - 1}-01-01")
        self.first = self.action()
        self.beginning = self.rows()

    def teardown(self) -> None:
        if hasattr(self, "bench"):
            try:
                self.undo_everything()
            finally:
                self.bench.close()
                shutil.rmtree(self.folder, ignore_errors=True)

    # What can be done

    @rule(
        who=st.sampled_from([1, 2]), item=st.sampled_from(ITEMS), cost=COST, state=st.sampled_from(STATES),
        currency=st.sampled_from(["EUR", "CZK", "KWD"]), occasion=st.sampled_from(["birthday", "winner"]),
        qty=st.integers(1, 3), yes=ASKED,
    )  # fmt: skip
    def log(self, who: int, item: str, cost: int, state: str, yes: Answer, **more: Any) -> None:
        worth = Money(cost, more.pop("currency"))
        self.step(yes, lambda over: self.gifts.log(who, item, "why", worth, state=state, size="M", over=over, **more))

    @rule(at=PLACE, yes=ASKED)
    def advance(self, at: int, yes: Answer) -> None:
        self.of(at, yes, lambda number, over: self.gifts.advance(number, over=over))

    @rule(at=PLACE, state=st.sampled_from(STATES), yes=ASKED, back=ASKED)
    def move(self, at: int, state: str, yes: Answer, back: Answer) -> None:
        self.of(at, yes, lambda number, over: self.gifts.set_state(number, state, over=over, back=back, charity="Dogs"))

    @rule(at=PLACE, cost=COST, actual=st.one_of(st.none(), COST), qty=st.integers(1, 3), yes=ASKED)
    def edit(self, at: int, cost: int, actual: int | None, qty: int, yes: Answer) -> None:
        values = {"worth": cost, "actual_cost": actual, "qty": qty}
        self.of(at, yes, lambda number, over: self.gifts.edit(number, values, over=over))

    @rule(at=PLACE, yes=ASKED)
    def again(self, at: int, yes: Answer) -> None:
        self.of(at, yes, lambda number, over: self.gifts.again(number, over=over))

    @rule(at=PLACE, item=st.sampled_from(ITEMS[:3]), yes=ASKED)
    def choose(self, at: int, item: str, yes: Answer) -> None:
        def both(number: int, over: Answer) -> None:
            offered = [self.gifts.items.named(name).id for name in ITEMS[:3]]
            with self.bench.store.write("Choice"):
                self.gifts.choices.offer(number, offered)
                self.gifts.choices.choose(number, self.gifts.items.named(item).id, over=over)

        self.of(at, yes, both)

    @rule(at=PLACE)
    def lapse(self, at: int) -> None:
        self.of(at, "", lambda number, _over: self.gifts.edit(number, {"lapses_on": "2020-01-01"}))
        asked = self.bench.store.read.execute(
            "SELECT count(*) FROM gift WHERE state = 'asked' AND lapses_on <> ''"
        ).fetchone()[0]
        assert self.gifts.lapse() <= asked

    @rule(at=PLACE)
    def drop(self, at: int) -> None:
        self.of(at, "", lambda number, _over: self.gifts.drop(number))

    @rule(name=st.sampled_from(ITEMS[:1]), there=st.integers(0, 4))
    def count(self, name: str, there: int) -> None:
        self.gifts.count_stock(name, there)

    @rule()
    def undo(self) -> None:
        if self.action() > self.first:
            with suppress(UserError):
                self.never_silent(self.bench.actions.undo)

    @rule()
    def redo(self) -> None:
        with suppress(UserError):
            self.never_silent(self.bench.actions.redo)

    @rule(amount=st.integers(0, 60), occasion=st.sampled_from(["", "birthday"]), yes=ASKED)
    def set_budget(self, amount: int, occasion: str, yes: Answer) -> None:
        self.step(yes, lambda over: self.gifts.budgets.set(YEAR, "EUR", amount * 100, occasion, over=over))

    @rule(at=PLACE, state=st.sampled_from(STATES), cost=COST, cut_off=st.booleans())
    def crash(self, at: int, state: str, cost: int, *, cut_off: bool) -> None:
        """The process is killed, or its connection is cut off, amid a step: nothing of it was done."""
        before = self.rows()

        def amid() -> None:
            for gift in self.gifts.listed("all")[at : at + 1]:
                self.gifts.set_state(gift.id, state, over=True, back=True, charity="Dogs")
                self.gifts.edit(gift.id, {"worth": cost}, over=True)
            self.gifts.log(1, "Mug", "why", Money(cost, "EUR"), state="shipped", over=True)
            self.gifts.count_stock("Mug", 9)

        if cut_off:
            with suppress(DatabaseError, UserError), self.bench.store.write("Cut off amid this") as conn:
                with suppress(UserError):
                    amid()
                conn.close()
            folder = self.folder
        else:
            folder = killed(self.bench, amid)
        self.bench.close()
        if folder != self.folder:
            shutil.rmtree(self.folder)
        self.folder, self.bench = folder, Workbench(Profile(folder))
        self.gifts = self.bench.gifts
        assert self.rows() == before

    # What holds

    @invariant()
    def the_budget_is_the_sum_of_its_gifts(self) -> None:
        for occasion in ("", "birthday"):
            budget = self.budget(occasion)
            amount = self.amount(occasion)
            spent, promised = (self.by_hand("'EUR', 'CZK'", states, occasion) for states in (SPENT, PROMISED))
            assert (budget.spent, budget.promised, budget.left) == (spent, promised, amount - spent - promised)
            apart = [one for one in self.gifts.budgets.of(YEAR, occasion) if one.currency == "KWD"]
            dinars = sum(one.spent + one.promised for one in apart)
            assert dinars == self.by_hand("'KWD'", f"{SPENT}, {PROMISED}", occasion)

    @invariant()
    def the_stock_is_the_sum_of_its_moves_and_never_below_zero(self) -> None:
        for item in self.gifts.items.listed():
            rows = self.bench.store.read.execute(
                "SELECT size, sum(qty) FROM stock_move WHERE item_id = ? GROUP BY size", (item.id,)
            )
            summed = {size: there for size, there in rows if there}
            assert {size: there for size, there in self.gifts.items.by_size(item.id).items() if there} == summed
            assert all(there > 0 for there in summed.values())

    @invariant()
    def every_gift_is_counted_once(self) -> None:
        rows = self.bench.store.read.execute("SELECT state, count(*) FROM gift GROUP BY state")
        by_hand, counts = dict(rows.fetchall()), self.gifts.counts()
        assert {state: counts[state] for state in STATES if counts[state]} == by_hand
        assert counts["ended"] == sum(by_hand.get(end, 0) for end in ENDS)

    # How

    def never_silent(self, do: Callable[[], Action]) -> None:
        """Undo or redo; whatever is over by it, and was not or less so, is said."""
        before = {occasion: self.budget(occasion).left or 0 for occasion in ("", "birthday")}
        said = do().remark
        for occasion, left in before.items():
            has = self.budget(occasion).left or 0
            about = f"The {YEAR} budget for “Birthday” is" if occasion else f"The {YEAR} budget is"
            assert (about in said) == (has < min(0, left)), (said, left, has)

    def of(self, at: int, yes: Answer, do: Callable[[int, Answer], object]) -> None:
        numbers = [gift.id for gift in self.gifts.listed("all")]
        if numbers:
            self.step(yes, lambda over: do(sorted(numbers)[at % len(numbers)], over))

    def step(self, yes: Answer, do: Callable[[Answer], object]) -> None:
        """Do it, agreed to or not. What is refused changes nothing; what was not agreed to is not over after it."""
        before, had = self.rows(), {occasion: self.budget(occasion).left or 0 for occasion in ("", "birthday")}
        try:
            do(yes)
        except UserError as why:
            self.refused(before)
            unasked = isinstance(why, NotYetError) and why.over and not why.back
            if yes and unasked:
                raise  # it was agreed to
        if not yes:
            for occasion, left in had.items():
                assert (self.budget(occasion).left or 0) >= min(0, left)

    def refused(self, before: dict[str, list[tuple[object, ...]]]) -> None:
        assert self.rows() == before

    def budget(self, occasion: str) -> Any:
        return next(one for one in self.gifts.budgets.of(YEAR, occasion) if one.currency == "EUR")

    def amount(self, occasion: str) -> int:
        sql = "SELECT amount FROM gift_budget WHERE year = ? AND occasion = ? AND currency = 'EUR'"
        return int(self.bench.store.read.execute(sql, (YEAR, occasion)).fetchone()[0])

    def by_hand(self, currencies: str, states: str, occasion: str) -> int:
        sql = BY_HAND.format(currencies=currencies, states=states)
        return int(self.bench.store.read.execute(sql, (occasion, occasion)).fetchone()[0])

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        read = self.bench.store.read
        return {table: [tuple(row) for row in read.execute(f"SELECT * FROM {table} ORDER BY id")] for table in TABLES}

    def action(self) -> int:
        return self.bench.actions.last()[0].id

    def undo_everything(self) -> None:
        while self.action() > self.first:
            self.bench.actions.undo()
        assert self.rows() == self.beginning


TestGiving: Any = Giving.TestCase
TestGiving.settings = settings(max_examples=6 if quick() else 30, stateful_step_count=30, deadline=None)
TestGiving = pytest.mark.slow(TestGiving)
