"""What brings a gift, a sum or a rate back, or takes a budget away, never goes over silently: it asks, or says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.actions import Actions
from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.money import Money
from app.gifts import Gifts, NotYetError
from app.gifts.budget import budget_standing, over_words
from app.hooks import HOOKS
from app.members import Members
from app.settings import Settings
from app.store.store import Store

YEAR = clock.local(clock.now()).year


@pytest.fixture
def actions(hooked: Store) -> Actions:
    return Actions(hooked)


@pytest.fixture
def hooked(tmp_path: Path) -> Store:
    made = Store(tmp_path / "rapport.db", HOOKS)
    Members(made).add("Zsófi Kiss")
    Members(made).add("Petr Novák")
    return made


@pytest.fixture
def desk(hooked: Store) -> Gifts:
    made = Gifts(hooked)
    made.budgets.set(YEAR, "EUR", 2_000)
    return made


def log(desk: Gifts, cents: int, *, member: int = 1, currency: str = "EUR", state: str = "approved") -> int:
    return desk.log(member, "Mug", "why", Money(cents, currency), state=state, over=True)


def test_an_undo_that_brings_a_promise_back_over_the_budget_says_so(desk: Gifts, actions: Actions) -> None:
    first = log(desk, 1_500)
    desk.set_state(first, "declined")
    log(desk, 1_000)
    declined = actions.last(2)[1]
    undone = actions.undo(declined.id)
    assert undone.remark == f"The {YEAR} budget is €5 over now: €25 is spent or promised."
    assert (desk.get(first).state, desk.budgets.of()[0].left) == ("approved", -500)
    assert actions.redo().remark == ""  # it frees the money again


def test_an_undo_within_the_budget_says_nothing(desk: Gifts, actions: Actions) -> None:
    number = log(desk, 1_500)
    desk.set_state(number, "declined")
    assert actions.undo().remark == ""
    log(desk, 1_000, member=2)
    assert desk.budgets.of()[0].left == -500
    assert actions.undo().remark == ""  # less over than before


def test_a_redo_that_goes_over_says_so(desk: Gifts, actions: Actions) -> None:
    log(desk, 1_200)
    actions.undo()
    with desk._store.write() as conn:  # a rule, a command: anything that is no action of this process
        conn.execute(
            "INSERT INTO gift (member_id, item, why, worth, currency, state, state_at, created_at)"
            " VALUES (2, 'Box', 'why', 1500, 'EUR', 'approved', ?1, ?1)",
            (clock.now(),),
        )
    assert actions.redo().remark == f"The {YEAR} budget is €7 over now: €27 is spent or promised."


def test_an_undo_of_a_larger_budget_or_of_a_rate_says_so(desk: Gifts, actions: Actions) -> None:
    desk.budgets.set(YEAR, "EUR", 9_000)
    log(desk, 3_000)
    larger = actions.last(2)[1]
    assert actions.undo(larger.id).remark == f"The {YEAR} budget is €10 over now: €30 is spent or promised."
    desk.rates.set("CZK", "EUR", "0.04", over=True)
    desk.rates.set("CZK", "EUR", "0.01", over=True)
    log(desk, 100_000, currency="CZK")
    assert "€50" not in str(desk.budgets.of()[0])
    assert actions.undo(actions.last(2)[1].id).remark == f"The {YEAR} budget is €50 over now: €70 is spent or promised."


def test_an_undo_says_who_has_more_than_a_years_worth(hooked: Store, desk: Gifts, actions: Actions) -> None:
    Settings(hooked).put("gift_year_worth", 10)
    number = log(desk, 800)
    desk.set_state(number, "declined")
    log(desk, 500)
    undone = actions.undo(actions.last(2)[1].id)
    assert undone.remark == f"With this Zsófi Kiss has €13 in {YEAR}: more than the €10 a year that you set."


def test_many_are_counted_and_not_named_one_by_one(hooked: Store, desk: Gifts) -> None:
    Settings(hooked).put("gift_year_worth", 10)
    desk.budgets.set(YEAR, "EUR", 90_000)
    before = budget_standing(hooked.read)
    for member in (1, 2):
        log(desk, 1_500, member=member)
        log(desk, 1_500, member=member, currency="KWD")
    assert over_words(hooked.read, before) == (
        f"With this 2 members have more in {YEAR} than the €10 a year that you set. There's no rate from KWD to EUR, so"
        " nobody can tell whether 2 members stay within the €10 a year that you set."
    )


def lower(desk: Gifts, over: str) -> None:
    desk.budgets.set(YEAR, "EUR", 1_000, over=over)


def occasion(desk: Gifts, over: str) -> None:
    desk.budgets.set(YEAR, "EUR", 1_000, "thank_you", over=over)


def rate(desk: Gifts, over: str) -> None:
    desk.rates.set("CZK", "EUR", "0.5", over=over)


@pytest.mark.parametrize("step", [lower, occasion, rate])
def test_a_budget_below_what_is_promised_and_a_dearer_rate_ask_once(
    desk: Gifts, actions: Actions, step: Callable[[Gifts, str], None]
) -> None:
    desk.rates.set("CZK", "EUR", "0.04")
    log(desk, 1_200)
    log(desk, 5_000, currency="CZK")
    before = actions.last()[0].id
    with pytest.raises(NotYetError, match=f"This leaves the {YEAR} budget") as asked:
        step(desk, "")
    assert actions.last()[0].id == before
    step(desk, str(asked.value))
    assert actions.last()[0].id > before


def test_the_question_says_how_much_is_used(desk: Gifts) -> None:
    log(desk, 1_200)
    with pytest.raises(NotYetError) as asked:
        desk.budgets.set(YEAR, "EUR", 1_000)
    assert str(asked.value) == f"This leaves the {YEAR} budget €2 over: €12 is spent or promised."
    with pytest.raises(NotYetError) as asked:
        desk.budgets.set(YEAR, "EUR", 0, "thank_you")
    assert str(asked.value) == f"This leaves the {YEAR} budget for “Thank you” €12 over: €12 is spent or promised."
    desk.budgets.set(YEAR, "EUR", 1_200)  # exactly what is promised


def test_a_removed_rate_asks_no_more_than_it_has_to(desk: Gifts) -> None:
    made = desk.rates.set("CZK", "EUR", "0.04", "2020-01-01")
    log(desk, 5_000, currency="CZK")
    desk.rates.drop(desk.rates.find("czk", "eur", "2020-01-01").id)
    assert desk.rates.listed() == []
    with pytest.raises(NotFoundError, match="no such rate"):
        desk.rates.drop(made.id)
    with pytest.raises(UserError, match="no rate from CZK to EUR from 2020-01-01 on"):
        desk.rates.find("CZK", "EUR", "2020-01-01")


def test_a_lapse_by_the_clock_is_not_the_persons_last_deed(hooked: Store, desk: Gifts, actions: Actions) -> None:
    number = log(desk, 500, state="asked")
    desk.edit(number, {"lapses_on": "2020-01-01"})
    own, last = actions.own(), hooked.last_action
    assert own is not None
    assert desk.lapse() == 1
    assert (actions.own(), hooked.last_action) == (own, last)
    (lapsed,) = actions.last()
    assert lapsed.title == "Lapsed unanswered: Mug for Zsófi Kiss"
    undone = actions.undo_recent()  # what a bare "undo" in the shell takes back
    assert undone.id == own.id
    assert desk.get(number).state == "lapsed"
    assert actions.undo(lapsed.id).title == lapsed.title
    assert desk.get(number).state == "asked"
    assert desk.lapse() == 0  # taken back, it stays
