"""Birthdays and half-known dates in the forms of five languages, and what may be two days is asked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.calendar.yearly import day_of_year, in_words, in_year, next_on, part_in_words, part_of_date


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("5. mars", "is"), ("5. mars 1990", "is"), ("5.3.", "is"), ("5. 3. 1990", "cs"), ("5. března", "cs"),
        ("5.března 1990", "cs"), ("březen 5", "cs"), ("március 5.", "hu"), ("1990. március 5.", "hu"),
        ("március 5-én", "hu"), ("03. 05.", "hu"), ("1990.03.05.", "hu"), ("márc. 5", "hu"), ("5 Μαρτίου", "el"),
        ("5 μαρτιου 1990", "el"), ("στις 5 Μαρτίου", "el"), ("5.3.1990", "el"), ("March 5", "en"),
        ("5th of March", "en"), ("Mar 5, 1990", "en"), ("5 MARCH", ""), ("03-05", ""), ("--03-05", ""),
        ("1990-03-05", ""), ("19900305", ""), ("1990/3/5", ""), ("  5  March ", ""),
    ],
)  # fmt: skip
def test_the_fifth_of_march_is_known_in_the_forms_of_five_languages(typed: str, language: str) -> None:
    assert day_of_year(typed, language) == "03-05"


def test_a_day_beyond_twelve_needs_no_order() -> None:
    assert day_of_year("25/12") == day_of_year("12/25") == day_of_year("25.12.", "hu") == "12-25"
    assert day_of_year("29. února") == "02-29"
    assert day_of_year("") == day_of_year("  ") == ""


@pytest.mark.parametrize("typed", ["5/3", "5/3/1990", "05-3"])
def test_what_may_be_two_days_is_asked_with_both(typed: str) -> None:
    with pytest.raises(UserError) as why:
        day_of_year(typed, "el")
    assert str(why.value) == f"“{typed}” could be 5 March or 3 May. Write the month as a word."


@pytest.mark.parametrize(
    "typed",
    ["soon", "31 February", "30. února", "13/13", "1990", "March", "5 6 March", "5 March June", "x" * 9000, "0/0"],
)
def test_what_is_no_day_is_refused_with_one_sentence(typed: str) -> None:
    with pytest.raises(UserError) as why:
        day_of_year(typed)
    assert str(why.value).endswith("isn't a day of the year. Write it like 5 March.")
    assert len(str(why.value)) < 150


@pytest.mark.parametrize(
    ("typed", "kept", "words"),
    [
        ("2024", "2024", "2024"), ("May 2024", "2024-05", "May 2024"), ("2024-05", "2024-05", "May 2024"),
        ("květen 2024", "2024-05", "May 2024"), ("5/2024", "2024-05", "May 2024"),
        ("17. 5. 2024", "2024-05-17", "17 May 2024"), ("2024. május 17.", "2024-05-17", "17 May 2024"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_date_is_kept_as_far_as_it_is_known(typed: str, kept: str, words: str) -> None:
    assert part_of_date(typed) == kept
    assert part_in_words(kept) == words


@pytest.mark.parametrize("typed", ["March", "5 March", "last year", "31 February 2024", "13/2024"])
def test_a_date_without_its_year_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match=r"isn't a date\. Write it like 2024, May 2024 or 17 May 2024\."):
        part_of_date(typed)


def test_a_leap_day_is_kept_on_the_28th_in_other_years() -> None:
    assert in_year("02-29", 2027) == date(2027, 2, 28)
    assert in_year("02-29", 2028) == date(2028, 2, 29)
    assert next_on("02-29", date(2027, 2, 28)) == date(2027, 2, 28)
    assert next_on("01-01", date(2026, 12, 30)) == date(2027, 1, 1)
    assert next_on("12-30", date(2026, 12, 30)) == date(2026, 12, 30)
    assert in_words("02-29") == "29 February"


@given(st.text(max_size=80), st.sampled_from(("cs", "hu", "is", "el", "en", "")))
def test_whatever_is_typed_is_a_day_or_one_sentence(typed: str, language: str) -> None:
    for read in (day_of_year, part_of_date):
        try:
            found = read(typed, language)
        except UserError:
            continue
        assert found == "" or read(found) == found


@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)), st.sampled_from(("cs", "is", "el", "hu")))
def test_a_day_that_is_written_out_is_that_day(day: date, language: str) -> None:
    dotted = f"{day.month}. {day.day}." if language == "hu" else f"{day.day}. {day.month}."
    assert day_of_year(dotted, language) == f"{day:%m-%d}"
    assert day_of_year(in_words(f"{day:%m-%d}")) == f"{day:%m-%d}"
    assert part_of_date(part_in_words(f"{day:%Y-%m-%d}")) == f"{day:%Y-%m-%d}"
