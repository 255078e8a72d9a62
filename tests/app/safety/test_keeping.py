"""Which automatic backups are kept."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.safety.keeping import DAYS, MONTHS, WEEKS, kept

TODAY = date(2026, 12, 2)


def ages(days: list[int]) -> list[int]:
    """How many days old the kept ones are, of copies so many days old."""
    made = sorted((TODAY - timedelta(days=age) for age in days), reverse=True)
    return [(TODAY - day).days for day in kept(made, lambda day: day, TODAY)]


def test_all_of_today_and_yesterday_stay() -> None:
    assert ages([0, 0, 0, 1, 1]) == [0, 0, 0, 1, 1]


def test_of_the_days_before_that_the_newest_of_each_stays() -> None:
    copies = [(TODAY - timedelta(days=2), hour) for hour in (20, 14, 9)]
    assert kept(copies, lambda copy: copy[0], TODAY) == [copies[0]]


def test_a_copy_a_day_for_two_years_becomes_days_weeks_and_months() -> None:
    left = ages(list(range(730)))
    assert left[:14] == list(range(14))
    assert len(left) == 2 + DAYS + WEEKS + MONTHS
    assert 290 <= left[-1] <= 330


def test_who_works_twice_a_week_keeps_six_weeks_of_days() -> None:
    left = ages([age for age in range(400) if age % 7 in (2, 5)])
    assert left[:DAYS] == [2, 5, 9, 12, 16, 19, 23, 26, 30, 33, 37, 40]


def test_a_clock_that_was_ahead_loses_nothing() -> None:
    assert ages([-400, -1, 0]) == [-400, -1, 0]


@given(st.lists(st.integers(0, 900), max_size=80))
def test_thinning_twice_is_thinning_once_and_the_newest_stays(days: list[int]) -> None:
    made = sorted((TODAY - timedelta(days=age) for age in days), reverse=True)
    once = kept(made, lambda day: day, TODAY)
    assert kept(sorted(once, reverse=True), lambda day: day, TODAY) == once
    assert once[:1] == made[:1]
    assert len([day for day in once if day < TODAY - timedelta(days=1)]) <= DAYS + WEEKS + MONTHS
