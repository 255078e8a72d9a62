"""Days as people write them in a search."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.search.dates import days, in_words

TODAY = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "first", "end"),
    [
        ("2026-05-01", "2026-05-01", "2026-05-02"),
        ("1.5.2026", "2026-05-01", "2026-05-02"),
        ("1. 5. 2026", "2026-05-01", "2026-05-02"),
        ("1/5/26", "2026-05-01", "2026-05-02"),
        ("1.12.", "2025-12-01", "2025-12-02"),  # this year's is to come
        ("18.11.", "2026-11-18", "2026-11-19"),
        ("29.2.", "2024-02-29", "2024-03-01"),
        ("2025", "2025-01-01", "2026-01-01"),
        ("2025-12", "2025-12-01", "2026-01-01"),
        ("may", "2026-05-01", "2026-06-01"),
        ("Dec", "2025-12-01", "2026-01-01"),
        ("Μάιος", "2026-05-01", "2026-06-01"),
        ("května", "2026-05-01", "2026-06-01"),
        ("5 Μαΐου 2025", "2025-05-05", "2025-05-06"),
        ("május 5.", "2026-05-05", "2026-05-06"),
        ("maí 2025", "2025-05-01", "2025-06-01"),
        ("today", "2026-11-18", "2026-11-19"),
        ("yesterday", "2026-11-17", "2026-11-18"),
        ("last week", "2026-11-09", "2026-11-16"),
        ("this_week", "2026-11-16", "2026-11-23"),
        ("last month", "2026-10-01", "2026-11-01"),
        ("last year", "2025-01-01", "2026-01-01"),
        ("monday", "2026-11-16", "2026-11-17"),
        ("wednesday", "2026-11-11", "2026-11-12"),
        ("3 days ago", "2026-11-15", "2026-11-16"),
        ("2w", "2026-11-04", "2026-11-05"),
        ("9 months", "2026-02-18", "2026-02-19"),
    ],
)
def test_days_are_read(typed: str, first: str, end: str) -> None:
    found = days(typed, TODAY)
    assert found is not None
    assert (found.first.isoformat(), found.end.isoformat()) == (first, end)


def test_months_back_end_with_the_month() -> None:
    assert days("1 month", date(2026, 3, 31)) == (date(2026, 2, 28), date(2026, 3, 1))


@pytest.mark.parametrize(
    "typed", ["", "soon", "31.6.2026", "2026-13-01", "32.1.", "may june", "1 2 may", "9999 years", "0"]
)
def test_what_no_calendar_has_is_none(typed: str) -> None:
    assert days(typed, TODAY) is None


@given(st.text())
def test_any_text_is_days_or_none(typed: str) -> None:
    found = days(typed, TODAY)
    assert found is None or found.first < found.end


@given(st.dates(date(1970, 1, 1), date(2099, 12, 31)))
def test_a_day_in_our_own_words_is_read_again(day: date) -> None:
    for written in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", in_words(day)):
        found = days(written, TODAY)
        assert found is not None
        assert found.first == day
