"""Sums are exact, whatever the currency and however they are typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import money
from app.base.errors import UserError
from app.base.money import Money, code, digits, display, parse, plain, short

CURRENCIES = st.sampled_from(["EUR", "CZK", "HUF", "ISK", "JPY", "KWD", "CLF", *money._DIGITS])
AMOUNTS = st.integers(0, 10**15)


@given(AMOUNTS, CURRENCIES)
def test_every_sum_comes_back(amount: int, currency: str) -> None:
    assert parse(plain(amount, currency), currency) == Money(amount, currency)


@given(AMOUNTS, CURRENCIES)
def test_every_sum_as_shown_comes_back(amount: int, currency: str) -> None:
    assert parse(display(amount, currency), "EUR") == Money(amount, currency)


@given(
    AMOUNTS,
    st.sampled_from(["EUR", "CZK", "HUF"]),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("’", ".")]),
)
def test_grouped_sums_come_back(amount: int, currency: str, marks: tuple[str, str]) -> None:
    group, point = marks
    text = f"{amount // 100:,}".replace(",", group) + f"{point}{amount % 100:02d}"
    assert parse(text, currency) == Money(amount, currency)


@pytest.mark.parametrize(
    ("text", "usual", "amount", "currency"),
    [
        ("15", "EUR", 1500, "EUR"),
        ("€15", "CZK", 1500, "EUR"),
        ("15 €", "EUR", 1500, "EUR"),
        ("15,5", "EUR", 1550, "EUR"),
        ("15.", "EUR", 1500, "EUR"),
        ("0.05", "EUR", 5, "EUR"),
        ("1.234", "EUR", 123400, "EUR"),
        ("1.234.567,89", "EUR", 123456789, "EUR"),
        ("1.234", "KWD", 1234, "KWD"),
        ("1 290 Kč", "EUR", 129000, "CZK"),
        ("2 990 Ft", "EUR", 299000, "HUF"),
        ("5.000 kr.", "ISK", 5000, "ISK"),
        ("5000 isk", "EUR", 5000, "ISK"),
        ("$15", "EUR", 1500, "USD"),
        ("$15", "CAD", 1500, "CAD"),
    ],
)
def test_sums_as_people_type_them(text: str, usual: str, amount: int, currency: str) -> None:
    assert parse(text, usual) == Money(amount, currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "free",
        "-5",
        "1.2345",
        "1,23,45",
        "12.34.56",
        "1.5.",
        "15 beans",
        "5 kr",
        "9" * 20,
        "1e5",
        "0.123",
        "5 €€",
        "9" * 5_000,
        "1." * 40_000,
    ],
)
def test_what_is_no_sum_is_one_sentence(text: str) -> None:
    with pytest.raises(UserError, match="isn't an amount"):
        parse(text, "EUR")


@pytest.mark.parametrize(("text", "currency"), [("1,500", "KWD"), ("KWD 12,345", "EUR"), ("999,000", "BHD")])
def test_what_may_be_two_sums_is_refused(text: str, currency: str) -> None:
    with pytest.raises(UserError, match="could mean two amounts in"):
        parse(text, currency)


@pytest.mark.parametrize(("text", "currency", "amount"), [
    ("1,234,500", "KWD", 1_234_500_000), ("1,234.500", "KWD", 1_234_500), ("0,500", "KWD", 500),
    ("1500", "KWD", 1_500_000),
    ("1,500", "JPY", 1_500), ("1,500", "EUR", 150_000), ("15.5", "KWD", 15_500), ("1.2345", "CLF", 12_345),
])  # fmt: skip
def test_sums_of_currencies_with_none_and_with_three_digits(text: str, currency: str, amount: int) -> None:
    assert parse(text, currency) == Money(amount, currency)


def test_a_sum_for_what_has_a_currency_is_in_that_one() -> None:
    assert money.amount("15,50", "EUR") == money.amount("€15.50", "EUR") == 1550
    with pytest.raises(UserError, match="is in USD, but this is in EUR"):
        money.amount("$15", "EUR")


def test_a_fraction_of_a_krona_is_refused() -> None:
    with pytest.raises(UserError):
        parse("15.50", "ISK")


def test_how_sums_are_shown() -> None:
    sums = ((1500, "EUR"), (1550, "EUR"), (5, "EUR"), (-5, "EUR"), (1290, "ISK"), (129000, "CZK"))
    assert [display(*one) for one in sums] == ["€15", "€15.50", "€0.05", "-€0.05", "1290 ISK", "1290 CZK"]
    assert (plain(-5, "EUR"), short(1500, "EUR"), code(" eur ")) == ("-0.05", "15", "EUR")
    assert (digits("ISK"), digits("CZK")) == (0, 2)
    with pytest.raises(UserError):
        code("euros")


def test_letters_on_both_sides_of_a_sum_name_no_currency() -> None:
    with pytest.raises(UserError):
        parse("gz12x", "EUR")
