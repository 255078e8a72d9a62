"""The guard is reversible for every text, and covers what csv.md names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.csvfile import clean, damaged, guard, unguard
from app.csvfile.guard import may_hold_damaged
from tests.app.csvfile.hostile import HOSTILE

tricky = st.text(alphabet=st.sampled_from(list("'=+-@|%09.,( \t\r\n\u200b\u202e＝aJn1E€\"")), max_size=8)


@given(st.one_of(st.text(), tricky, st.sampled_from(HOSTILE)))
@example("'")
@example("")
def test_every_text_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.one_of(st.text(), tricky, st.sampled_from(HOSTILE)))
def test_at_most_one_apostrophe_and_nothing_else(text: str) -> None:
    assert guard(text) in (text, f"'{text}")


@given(
    st.text(alphabet=" \t\r\n\u00a0\u200b\u200e\u202a\u2066\ufeff\u00ad\x00", max_size=4),
    st.sampled_from("=+-@|%＝＋－＠｜％"),
    st.text(),
)
def test_a_sign_is_seen_behind_anything_unseen(before: str, sign: str, after: str) -> None:
    assert guard(before + sign + after).startswith("'")


@given(st.integers(0, 999_999_999_999_999))
def test_canonical_whole_numbers_stay_bare(number: int) -> None:
    assert guard(str(number)) == str(number)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_iso_dates_stay_bare(day: date) -> None:
    assert guard(str(day)) == str(day)


@pytest.mark.parametrize("text", ["00", "01", "1000000000000000", "2026-13-01", "2026-11-23 ", "1 ", "2026-1-1", "1\n"])
def test_what_only_resembles_a_number_or_date_is_guarded(text: str) -> None:
    assert guard(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["May I ask?", "Mars er bestur", "March on!", "Truely", "Dec", "", "Sítróna", "Kč", "Janet", "C-12", "H-0042-7K"],
)
def test_words_stay_bare(text: str) -> None:
    assert guard(text) == ("'Dec" if text == "Dec" else text)


@pytest.mark.parametrize("cell", ["1.23E+19", "1,23E+19", "1E+05", "-4.5e-7", "####"])
def test_what_a_spreadsheet_left_of_a_number_is_damage(cell: str) -> None:
    assert damaged(cell)


@pytest.mark.parametrize("cell", ["'1.23E+19", "12E", "123.4E+5", "E+19", "1.23", "", "#N/A", "H-0001-3E"])
def test_other_cells_are_not_damage(cell: str) -> None:
    assert not damaged(cell)


@given(st.lists(st.text(alphabet="19.,eE+-# '", max_size=6), max_size=3))
@example(["x", "1,23E+19"])
@example(["###"])
def test_a_row_with_damage_is_always_looked_at(cells: list[str]) -> None:
    assert may_hold_damaged("".join(cells)) or not any(map(damaged, cells))


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_cleaning_keeps_tabs_and_makes_line_ends_one() -> None:
    assert clean("a\tb\r\nc\rd\x00\x07") == "a\tb\nc\nd"
