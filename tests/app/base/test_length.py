"""Lengths as channels count them, and texts parted so that nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.length import length, parts
from tests.app.timing import grows_in_line

COUNTS = ("characters", "graphemes", "utf16", "bytes")


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("Hæ", (2, 2, 2, 3)),
        ("λεμονάδα", (8, 8, 8, 16)),
        ("🍋", (1, 1, 2, 4)),
        ("👩🏽‍🌾", (4, 1, 7, 15)),
        ("e\u0301", (2, 1, 2, 3)),
        ("🇮🇸", (2, 1, 4, 8)),
        ("", (0, 0, 0, 0)),
    ],
)
def test_lengths(text: str, lengths: tuple[int, ...]) -> None:
    assert tuple(length(text, counts) for counts in COUNTS) == lengths


@given(st.text(max_size=400), st.integers(8, 60), st.sampled_from(COUNTS))
def test_parts_fit_and_lose_nothing_but_white_space(text: str, limit: int, counts: str) -> None:
    found = parts(text, limit, counts)
    assert "".join("".join(found).split()) == "".join(text.split())
    single = max((length(letter, counts) for letter in text), default=0)
    assert all(length(part, counts) <= max(limit, single) for part in found)
    assert all(part == part.strip() and part for part in found)


def test_a_text_is_parted_between_paragraphs_then_sentences_then_words() -> None:
    assert parts("One of it.\n\nTwo of it.", 14, "characters") == ["One of it.", "Two of it."]
    assert parts("Πού είναι; Εδώ είναι.", 14, "characters") == ["Πού είναι;", "Εδώ είναι."]
    assert parts("lemons and limes", 12, "characters") == ["lemons and", "limes"]
    assert parts("a" * 10, 4, "characters") == ["aaaa", "aaaa", "aa"]
    assert parts("👩🏽‍🌾👩🏽‍🌾", 5, "characters") == ["👩🏽‍🌾", "👩🏽‍🌾"]


def test_what_fits_stays_whole() -> None:
    assert parts(" Takk! ", 5, "characters") == ["Takk!"]
    assert parts("", 5, "bytes") == []


@pytest.mark.slow
@pytest.mark.parametrize("counts", ["characters", "graphemes", "utf16", "bytes"])
def test_a_long_text_takes_time_in_proportion(counts: str) -> None:
    assert grows_in_line(lambda size: parts("word }" * (size // 6), 300, counts), 10_000)


FAMILY = "👩🏽‍👩🏽‍👧🏽‍👦🏽"  # one grapheme of 41 bytes


@given(
    st.lists(st.sampled_from(["a", "ö", "λ", " ", "\n", "🍋", FAMILY]), max_size=200).map("".join),
    st.integers(8, 60),
    st.integers(50, 90),
)
def test_parts_fit_into_bytes_besides(text: str, limit: int, most_bytes: int) -> None:
    pieces = parts(text, limit, "graphemes", most_bytes)
    assert all(length(piece, "graphemes") <= limit and length(piece, "bytes") <= most_bytes for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
