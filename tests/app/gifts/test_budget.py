"""Budgets by year, occasion and currency; rates by hand; and nothing that goes over by accident."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from app.actions import Actions
from app.base import clock
from app.base.errors import UserError
from app.base.money import Money
from app.gifts import Gifts, NotYetError
from app.gifts.consent import Answer
from app.gifts.rates import convert
from app.members import Members
from app.settings import Settings
from app.store.store import Store

YEAR = clock.local(clock.now()).year


@pytest.fixture
def desk(store: Store) -> Gifts:
    Members(store).add("Zsófi Kiss")
    Members(store).add("Petr Novák")
    return Gifts(store)


def sums(desk: Gifts, occasion: str = "") -> list[tuple[str, int | None, int, int]]:
    return [(one.currency, one.left, one.spent, one.promised) for one in desk.budgets.of(YEAR, occasion)]


def test_an_occasion_has_a_budget_of_its_own_within_that_of_all(desk: Gifts) -> None:
    desk.budgets.set(YEAR, "EUR", 10_000)
    desk.budgets.set(YEAR, "EUR", 2_000, "birthday")
    desk.log(1, "Card", "why", Money(1_500, "EUR"), state="shipped", occasion="birthday")
    desk.log(1, "Box", "why", Money(3_000, "EUR"), state="approved", occasion="winner")
    assert sums(desk) == [("EUR", 5_500, 1_500, 3_000)]
    assert sums(desk, "birthday") == [("EUR", 500, 1_500, 0)]
    assert [(one.occasion, one.left) for one in desk.budgets.by_occasion()] == [("birthday", 500)]
    with pytest.raises(NotYetError) as asked:
        desk.log(2, "Mug", "why", Money(700, "EUR"), state="approved", occasion="birthday")
    assert str(asked.value) == f"This goes €2 over the {YEAR} budget for “Birthday”: only €5 is left."
    assert desk.budgets.warning(700, "EUR", occasion="birthday") == str(asked.value)
    assert desk.budgets.warning(700, "EUR", occasion="winner") == ""
    with pytest.raises(UserError, match="isn't an occasion"):
        desk.budgets.set(YEAR, "EUR", 1, "revenge")


def test_a_gift_counts_by_the_rate_of_the_day_it_was_shipped(desk: Gifts) -> None:
    desk.budgets.set(YEAR, "EUR", 10_000)
    desk.rates.set("CZK", "EUR", "0.04", f"{YEAR}-01-01")
    desk.rates.set("CZK", "EUR", "0.05", f"{YEAR}-03-01")
    for day in ("02-28", "03-01"):
        desk.log(1, "Mug", "why", Money(10_010, "CZK"), state="shipped", shipped_on=f"{YEAR}-{day}")
    assert sums(desk) == [("EUR", 10_000 - 400 - 501, 901, 0)]  # 4.004 and 5.005, each rounded once and half up
    desk.budgets.set(YEAR, "CZK", 50_000)
    assert sums(desk) == [("CZK", 50_000 - 20_020, 20_020, 0), ("EUR", 10_000, 0, 0)]


def test_without_a_rate_a_gift_is_counted_apart_and_never_dropped(desk: Gifts) -> None:
    desk.budgets.set(YEAR, "EUR", 10_000)
    desk.log(1, "Mug", "why", Money(9_900, "CZK"), state="approved")
    desk.log(1, "Mug", "why", Money(9_900, "CZK"), state="shipped")
    assert sums(desk) == [("EUR", 10_000, 0, 0), ("CZK", None, 9_900, 9_900)]
    assert [one.remark for one in desk.budgets.of()] == [
        "", "There's no rate from CZK to EUR, so 2 gifts in CZK are counted apart."
    ]  # fmt: skip
    desk.rates.set("EUR", "CZK", "25")
    assert sums(desk) == [("EUR", 10_000 - 396 - 396, 396, 396)]  # the same rate, the other way round


def test_a_rate_holds_from_its_day_on_and_not_before(desk: Gifts) -> None:
    desk.rates.set("ISK", "EUR", "0,0068", "2026-02-01")
    assert desk.rates.at("ISK", "EUR", "2026-01-31") is None
    assert desk.rates.at("ISK", "EUR", "2026-02-01") == Fraction(68, 10_000)
    assert desk.rates.at("EUR", "ISK", "2030-01-01") == Fraction(10_000, 68)
    desk.rates.set("ISK", "EUR", "0.007", "2026-02-01")
    assert [(one.currency, one.into, one.on_day, one.rate) for one in desk.rates.listed()] == [
        ("ISK", "EUR", "2026-02-01", "0.007")
    ]


@pytest.mark.parametrize(
    ("amount", "currency", "into", "rate", "is_"),
    [
        (1_290, "ISK", "EUR", "0.0068", 877),  # none to two decimals: 8.772
        (877, "EUR", "ISK", "147.06", 1_290),  # 1289.7162
        (1_500, "KWD", "EUR", "3", 450),  # three to two: 1.500 dinars
        (1, "EUR", "KWD", "0.35", 4),  # half up: 3.5 fils
        (5, "USD", "EUR", "0.9", 5),  # half up: 4.5 cents
        (10**15, "JPY", "KWD", "0.0019999999999", 1_999_999_999_900_000),  # no float would hold it
    ],
)
def test_amounts_convert_exactly(amount: int, currency: str, into: str, rate: str, is_: int) -> None:
    assert convert(amount, currency, into, Fraction(rate)) == is_


@pytest.mark.parametrize("rate", ["", "0", "-1", "1e9", "a lot", "1.2.3", "٣", "0.0", "1 000"])
def test_what_is_no_rate_is_said(desk: Gifts, rate: str) -> None:
    with pytest.raises(UserError, match="isn't a rate"):
        desk.rates.set("CZK", "EUR", rate)
    assert desk.rates.listed() == []


def test_a_rate_has_two_currencies_and_a_day(store: Store, desk: Gifts) -> None:
    with pytest.raises(UserError, match="given twice"):
        desk.rates.set("EUR", "eur", "1")
    with pytest.raises(UserError, match="isn't a currency"):
        desk.rates.set("euros", "CZK", "1")
    with pytest.raises(UserError, match="isn't a date"):
        desk.rates.set("EUR", "CZK", "25", "soon")
    made = desk.rates.set("EUR", "CZK", "25", "2026-02-01")
    assert Actions(store).undo().title == "Rate from 2026-02-01: 1 EUR is 25 CZK"
    Actions(store).redo()
    desk.rates.drop(made.id)
    assert desk.rates.listed() == []


def over_budget_steps() -> list[Callable[[Gifts, int, Answer], object]]:
    """Every step by which an idea of 12 euros can go over."""

    def worth(desk: Gifts, number: int, over: Answer) -> None:
        desk.set_state(number, "approved", over=True)
        desk.edit(number, {"worth": 1_300}, over=over)

    def currency(desk: Gifts, number: int, over: Answer) -> None:
        desk.rates.set("KWD", "EUR", "3")
        desk.edit(number, {"currency": "KWD", "worth": 4_000})
        desk.set_state(number, "approved", over=over)

    def again(desk: Gifts, number: int, over: Answer) -> None:
        desk.set_state(number, "shipped", over=True)
        desk.set_state(number, "lost")
        desk.again(number, over=over)

    def choose(desk: Gifts, number: int, over: Answer) -> None:
        desk.set_state(number, "approved", over=True)
        dear, cheap = desk.items.add("Gold", worth=5_000), desk.items.add("Tin", worth=100)
        desk.choices.offer(number, [cheap, dear])
        desk.choices.choose(number, dear, over=over)

    def log(desk: Gifts, _number: int, over: Answer) -> None:
        desk.log(1, "Mug", "why", Money(1_200, "EUR"), state="to_ship", over=over)

    return [
        lambda desk, number, over: desk.advance(number, over=over),
        lambda desk, number, over: desk.set_state(number, "shipped", over=over),
        worth, currency, again, choose, log,
    ]  # fmt: skip


@pytest.mark.parametrize("step", over_budget_steps())
def test_no_step_goes_over_unless_that_was_agreed_to(
    store: Store, desk: Gifts, step: Callable[[Gifts, int, Answer], object]
) -> None:
    desk.budgets.set(YEAR, "EUR", 1_000)
    number = desk.log(1, "Mug", "why", Money(1_200, "EUR"))
    before = Actions(store).last(99)
    with pytest.raises(NotYetError, match=f"over the {YEAR} budget") as asked:
        step(desk, number, "")
    standing = [(gift.id, gift.state, gift.worth) for gift in desk.listed("all")]
    while len(Actions(store).last(99)) > len(before):  # back to the idea
        Actions(store).undo()
    step(desk, number, str(asked.value))
    assert [(gift.id, gift.state, gift.worth) for gift in desk.listed("all")] != standing
    assert (desk.budgets.of()[0].left or 0) < 0


def test_a_yes_is_to_the_sentence_that_was_shown(desk: Gifts) -> None:
    desk.budgets.set(YEAR, "EUR", 1_000)
    number = desk.log(1, "Mug", "why", Money(1_200, "EUR"))
    with pytest.raises(NotYetError, match="€2 over") as asked:
        desk.advance(number)
    desk.log(2, "Box", "why", Money(900, "EUR"), state="approved")  # a command, meanwhile
    with pytest.raises(NotYetError, match="€11 over"):
        desk.advance(number, over=str(asked.value))
    assert desk.get(number).state == "idea"


def test_what_is_over_already_is_not_asked_again_for_steps_that_cost_nothing(desk: Gifts) -> None:
    desk.budgets.set(YEAR, "EUR", 100)
    number = desk.log(1, "Mug", "why", Money(1_200, "EUR"), state="approved", over=True)
    desk.set_state(number, "to_ship")
    desk.set_state(number, "shipped")
    desk.edit(number, {"worth": 1_100, "why": "cheaper"})
    assert desk.advance(number) == "arrived"


def test_a_year_of_one_member_warns_and_does_not_block(store: Store, desk: Gifts) -> None:
    Settings(store).put("gift_year_worth", 50)
    desk.rates.set("CZK", "EUR", "0.04")
    desk.log(1, "Mug", "why", Money(4_000, "EUR"), state="shipped")
    desk.log(2, "Mug", "why", Money(4_900, "EUR"), state="shipped")
    desk.log(1, "Jar", "why", Money(25_000, "CZK"), state="approved")
    with pytest.raises(NotYetError) as asked:
        desk.log(1, "Pin", "why", Money(1, "EUR"), state="approved")
    assert str(asked.value) == f"With this Zsófi Kiss has €50.01 in {YEAR}: more than the €50 a year that you set."
    number = desk.log(1, "Pin", "why", Money(1, "EUR"), state="approved", over=str(asked.value))
    desk.set_state(number, "shipped")  # no more than it was


def test_one_that_moved_in_the_meantime_is_not_moved_once_more(desk: Gifts) -> None:
    number = desk.log(1, "Mug", "why", Money(1, "EUR"))
    desk.advance(number)
    with pytest.raises(UserError, match="has moved in the meantime: it is at “Approved” now"):
        desk.advance(number, seen="idea")
    assert desk.get(number).state == "approved"
