"""Working blocks as people type them, in five languages, and what is refused with a sentence."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.blocks.words import in_words, spelled, understood, written
from app.calendar.working import Block

TUE, SAT = Block(1, 17 * 60, 19 * 60), Block(5, 10 * 60, 12 * 60)


@pytest.mark.parametrize(
    "typed",
    [
        "Tue 17-19, Sat 10-12",
        "tuesday 17:00-19:00; saturday 10.00 – 12.00",
        "Sat 10-12 Tue 17-19",
        "Tuesdays from 5pm to 7pm and Saturdays 10am-12pm",
        "Tue 5-7pm, Sat 10-12",
        "út 17-19, so 10-12",
        "v úterý od 17 do 19 a v sobotu od 10 do 12",
        "každé úterý 17 až 19, soboty 10-12 h",
        "kedd 17-19, szo 10-12",
        "kedden 17-től 19-ig és szombaton 10-től 12-ig",
        "þri 17-19, lau 10-12",
        "á þriðjudögum kl. 17 til 19 og laugardögum kl. 10-12",
        "Τρί 17-19, Σάβ 10-12",
        "ΤΡΙΤΗ από 17 έως 19 και ΣΑΒΒΑΤΟ 10-12",
    ],
)
def test_blocks_are_understood_in_five_languages(typed: str) -> None:
    assert understood(typed) == [TUE, SAT]


@pytest.mark.parametrize(
    ("typed", "blocks"),
    [
        ("Mon-Fri 9-17", [Block(day, 540, 1020) for day in range(5)]),
        ("Fri-Mon 9-10", [Block(day, 540, 600) for day in (0, 4, 5, 6)]),
        ("Mon, Wed 9-12 13-17", [Block(day, *hours) for day in (0, 2) for hours in ((540, 720), (780, 1020))]),
        ("od úterka do pátku 9-17", [Block(day, 540, 1020) for day in range(1, 5)]),
        ("Δευτέρας έως Παρασκευής 9-17", [Block(day, 540, 1020) for day in range(5)]),
        ("Tue 8:30-9:15", [Block(1, 510, 555)]),
        ("Sat 22-24", [Block(5, 1320, 1440)]),
        ("Sat 22-0", [Block(5, 1320, 1440)]),
        ("H 9-10, P 9-10, V 9-10", [Block(day, 540, 600) for day in (0, 4, 6)]),
        ("Sun 12am-1am", [Block(6, 0, 60)]),
    ],
)
def test_days_and_hours_can_be_put_together(typed: str, blocks: list[Block]) -> None:
    assert understood(typed) == blocks


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write blocks like Tue 17-19"),
        ("Tue", "Which hours on Tuesday"),
        ("Tue 17-19, Sat", "Which hours on Saturday"),
        ("17-19", "Which day is 17"),
        ("Tue 17", "Until when does the block from 17 last"),
        ("Tue 17, Sat 10-12", "Until when does the block from 17 last"),
        ("Tue 25-26", "“25” isn't a time of day"),
        ("Tue 9:75-10", "“9:75” isn't a time of day"),
        ("someday 9-10", "“someday” is neither a day nor a time"),
        ("Sat 22-2", "For work over midnight, write two: Sat 22-24, Sun 0-2."),
        ("Tue 9-9", "A block that starts at 09:00 has to end later"),
        ("Tue 17-19, Tue 18-20", "Tuesday 18:00–20:00 overlaps Tuesday 17:00–19:00"),
    ],
)
def test_what_is_no_block_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence.replace("?", r"\?")):
        understood(typed)


def test_the_two_blocks_that_are_offered_for_work_over_midnight_are_understood() -> None:
    assert understood("Sat 22-24, Sun 0-2") == [Block(5, 1320, 1440), Block(6, 0, 120)]


@given(
    st.dictionaries(
        st.integers(0, 6), st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda one: one[0] < one[1])
    ).filter(bool)
)
def test_what_is_written_is_understood_again(hours: dict[int, tuple[int, int]]) -> None:
    blocks = sorted(Block(day, *both) for day, both in hours.items())
    assert understood(written(blocks)) == blocks


PIECES = st.sampled_from(("Tue", "so", "17", "19:30", "-", "to", "25", ",", " ", "v", "h", "Τρ", "7pm", "x", "0"))


@given(st.text() | st.lists(PIECES).map(" ".join))
def test_whatever_is_typed_is_understood_or_refused_in_a_sentence(typed: str) -> None:
    with suppress(UserError):
        assert understood(typed)


def test_blocks_are_written_as_they_can_be_typed_and_read_as_words() -> None:
    assert written([SAT, TUE]) == "Tue 17-19, Sat 10-12"
    assert written([Block(day, 540, 1020) for day in range(5)]) == "Mon-Fri 9-17"
    assert written([Block(0, 510, 600), Block(3, 510, 600)]) == "Mon, Thu 8:30-10"
    assert written([]) == ""
    assert in_words([SAT, TUE]) == "Tuesday 17:00–19:00, Saturday 10:00–12:00"
    assert in_words([Block(day, 540, 1020) for day in range(5)]) == "Monday to Friday 09:00–17:00"
    assert spelled(TUE) == "Tuesday 17:00–19:00"
