"""The days of the week in five languages: one list, for blocks and for dates."""

from __future__ import annotations

import pytest

from app.base import weekdays
from app.base.text import fold
from app.blocks.words import DAYS
from app.calendar.words import KNOWN

LISTS = (weekdays.NAMES, weekdays.OF_EACH_WEEK, weekdays.OF_A_DATE)


def test_no_word_means_two_days() -> None:
    for words in LISTS:
        assert len(words) == 7
    meant: dict[str, set[int]] = {}
    for words in LISTS:
        for number, spelled in enumerate(words):
            for word in spelled:
                meant.setdefault(fold(word), set()).add(number)
    assert {word: days for word, days in meant.items() if len(days) > 1} == {}


@pytest.mark.parametrize("number", range(7))
def test_a_name_means_the_same_day_in_a_block_and_in_a_date(number: int) -> None:
    for word in weekdays.NAMES[number]:
        assert DAYS[fold(word)] == number
        assert [(token.kind, token.number) for token in KNOWN[fold(word)]] == [("W", number)]


def test_what_means_something_else_in_a_date_is_only_known_in_blocks() -> None:
    for word in ("h", "hét", "v"):
        assert word not in weekdays.folded(weekdays.NAMES, weekdays.OF_A_DATE)
        assert fold(word) in DAYS
