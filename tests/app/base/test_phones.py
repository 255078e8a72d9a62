"""Phone numbers: every spelling of one is one; what is none is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.phones import country_code, display, home_of, is_same, normalized
from app.calendar.countries import COUNTRIES


@pytest.mark.parametrize(
    ("typed", "home", "right"),
    [
        ("+354 555 1234", "", "+3545551234"),
        ("00354-555-1234", "", "+3545551234"),
        ("555 1234", "+3545550000", "+3545551234"),
        ("06 20 123 4567", "+3612345678", "+36201234567"),
        ("+36 (20) 123-4567", "", "+36201234567"),
        ("691 234 5678", "+302101234567", "+306912345678"),
        ("601 123 456", "+420601000000", "+420601123456"),
        ("+44 (0)20 7946 0018", "", "+442079460018"),
        ("020 7946 0018", "+442079460000", "+442079460018"),
        ("0912 345 678", "+421911000000", "+421912345678"),
        ("06 1234 5678", "+390612345678", "+390612345678"),
        ("(212) 555-0100", "+12125550000", "+12125550100"),
        ("tel:+3545551234", "", "+3545551234"),
        ("٠٠٣٥٤٥٥٥١٢٣٤", "", "+3545551234"),
        ("\u202a+354 555 1234\u202c", "", "+3545551234"),
        ("5551234", "", "5551234"),
        ("Anna", "", ""),
        ("12", "+3545550000", ""),
        ("+1234567890123456", "", ""),
        ("2026-11-21 at ten", "", ""),
        ("", "", ""),
    ],
)
def test_a_number_has_one_form(typed: str, home: str, right: str) -> None:
    assert normalized(typed, home) == right


@pytest.mark.parametrize(
    ("number", "code"), [("+3545551234", "354"), ("+12125550100", "1"), ("+36201234567", "36"), ("555", ""), ("", "")]
)
def test_a_country_code_is_found(number: str, code: str) -> None:
    assert country_code(number) == code
    assert display(number).replace(" ", "") == number


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+354 555 1234", "00354-555-1234", True), ("+44 (0)20 7946 0000", "+442079460000", True),
        ("555 1234", "+354 555 1234", False), ("01 234 567", "1234567", True), ("ext. 12", "12", True),
        ("12", "13", False),
    ],
)  # fmt: skip
def test_two_spellings_are_one_number(one: str, other: str, same: bool) -> None:  # noqa: FBT001
    assert is_same(one, other) is same


@given(st.text(max_size=40))
def test_its_form_is_final(typed: str) -> None:
    number = normalized(typed, "+3545550000")
    assert normalized(number, "+3545550000") == number


def test_each_country_that_can_be_set_has_its_code() -> None:
    assert {country for country in COUNTRIES if not country_code(home_of(country) + "5551234")} == set()
    assert (home_of("hu"), home_of("gb"), home_of("us"), home_of(""), home_of("xx")) == ("+36", "+44", "+1", "", "")
    assert all(country_code(f"{home_of(country)}5551234") == home_of(country)[1:] for country in COUNTRIES)


def test_with_a_country_two_ways_to_dial_are_one_number() -> None:
    assert is_same("06 30 123 4567", "+36 30 123 4567", "+36")
    assert not is_same("06 30 123 4567", "+36 30 123 4567")
    assert not is_same("601 234 567", "+36 30 123 4567", "+420")
