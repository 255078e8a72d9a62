"""Birthdays in the orders of three programs: what is certain is read, what could be two days is asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts.birthdays import NoBirthdayError, day_of, order_of


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1980-02-29", "02-29"), ("19800229", "02-29"), ("--0229", "02-29"), ("--02-29", "02-29"),
        (" --05-03", "05-03"),
        ("1604-02-29", "02-29"),
        ("1980-02-29T00:00:00Z", "02-29"), ("1980/3/5", "03-05"), ("1980.03.05.", "03-05"),
        ("5.3.1980", "03-05"), ("5. března 1980", "03-05"), ("1980. március 5.", "03-05"), ("5 Μαρτίου", "03-05"),
        ("5. mars", "03-05"), ("March 5, 1980", "03-05"), ("0/0/00", ""), ("0000-00-00", ""), ("", ""),
        ("25/12/1980", "12-25"),
        ("12/25/80", "12-25"), ("4/4/1980", "04-04"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_one_way(written: str, day: str) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize("written", ["5/3/1980", "circa 1800", "2/30/1980", "5/3", "x" * 10_000, "31.2.1980", "1/2/03"])
def test_what_cannot_is_refused(written: str) -> None:
    with pytest.raises(NoBirthdayError):
        day_of(written)


@pytest.mark.parametrize(("order", "day"), [("dmy", "03-05"), ("mdy", "05-03")])
def test_the_order_that_was_chosen(order: str, day: str) -> None:
    assert day_of("5/3/1980", order) == day
    assert day_of("1980-12-01", order) == "12-01"


def test_a_value_in_another_order_than_the_chosen_one_is_refused() -> None:
    with pytest.raises(NoBirthdayError):
        day_of("25/12/1980", "mdy")


@pytest.mark.parametrize(
    ("values", "order", "sure"),
    [
        (["5/3/1980", "25/12/1980"], "dmy", True), (["5/3/1980", "12/25/1980"], "mdy", True),
        (["5/3/1980", "6/7/1980"], "dmy", False), (["4/4/1980", "", "1/1/1990"], "dmy", True),
        (["1980-03-05", "--0305"], "", True), (["80-03-05", "99-12-25"], "ymd", True), (["1/2/03"], "dmy", False),
        (["25/12/1980", "12/25/1980"], "dmy", False), (["5.3.1980"], "", True), ([], "", True),
    ],
)  # fmt: skip
def test_the_order_of_a_column(values: list[str], order: str, *, sure: bool) -> None:
    found = order_of(values)
    assert found.sure is sure
    assert found.order == order or not sure


def test_the_question_has_an_example() -> None:
    assert order_of(["4/4/1980", "5/3/1980"]).example == "5/3/1980"


@given(st.dates())
def test_every_day_of_a_year_is_read_in_its_own_order(day: date) -> None:
    for order, form in (("dmy", "{0.day}/{0.month}/{0.year:04}"), ("mdy", "{0.month}/{0.day}/{0.year:04}")):
        assert day_of(form.format(day), order) == f"{day:%m-%d}"
    assert day_of(day.isoformat()) == f"{day:%m-%d}"


@given(st.text(max_size=60))
def test_any_text_is_a_day_or_refused(written: str) -> None:
    for order in ("", "dmy", "mdy", "ymd"):
        try:
            day_of(written, order)
        except NoBirthdayError:
            continue
    order_of([written, written])


def test_the_question_has_an_example_though_no_order_reads_them_all() -> None:
    assert order_of(["25/12/1980", "12/25/1980"]).example == "25/12/1980"
