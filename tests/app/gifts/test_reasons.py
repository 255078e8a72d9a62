"""The reason that a gift starts with."""

from __future__ import annotations

import pytest

from app.gifts import OCCASIONS, likely_occasion, reason


@pytest.mark.parametrize(
    ("occasion", "title", "said", "expected"),
    [
        ("thank_you", "Street party verdict", (), "Thank you: Street party verdict"),
        ("made_right", "Szállítás: késik a csomag", ("Hol van?",), "Made it right: Szállítás: késik a csomag"),
        ("thank_you", "", ("Hæ!", "Takk fyrir\nlímonaðið"), "Thank you: Takk fyrir límonaðið"),
        ("surprise", "  ", ("Ωραία λεμονάδα", "", " \n "), "Surprise: Ωραία λεμονάδα"),
        ("thank_you", "", (), ""),
        ("surprise", "", ("",), ""),
        ("made_right", "", (), ""),
        ("birthday", "", (), "Birthday"),
        ("birthday", "Cake", (), "Birthday: Cake"),
        ("milestone", "", (), "Milestone"),
        ("winner", "", (), "Winner"),
    ],
)
def test_the_occasion_and_what_it_is_about(occasion: str, title: str, said: tuple[str, ...], expected: str) -> None:
    assert reason(occasion, title, said) == expected


def test_a_long_title_is_shortened() -> None:
    assert len(reason("thank_you", "long " * 100)) < 100


def test_whoever_is_unhappy_is_made_right() -> None:
    assert likely_occasion(unhappy=True) == "made_right"
    assert likely_occasion(unhappy=False) == "thank_you"
    assert {likely_occasion(unhappy=True), likely_occasion(unhappy=False)} <= set(OCCASIONS)
