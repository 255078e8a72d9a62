"""Folding, words, previews and first names, in the five languages and beyond."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.text import _folded, fold, folded_words, preview, words

SAME = [
    ("Φλαμουρόπιτα", "φλαμουροπιτα"),
    ("ΚΌΣΜΟΣ", "κοσμος"),
    ("Γιάννης", "ΓΙΑΝΝΗΣ"),
    ("προϊόν", "ΠΡΟΪΟΝ"),
    ("Příliš žluťoučký kůň", "prilis zlutoucky kun"),
    ("ÁRVÍZTŰRŐ TÜKÖRFÚRÓGÉP", "arvizturo tukorfurogep"),
    ("Þórður", "thordur"),
    ("Ægir æðarfugl", "aegir aedarfugl"),
    ("Sítróna", "SITRONA"),
    ("Straße", "STRASSE"),
    ("smørrebrød", "smorrebrod"),
    ("Łódź", "lodz"),
    ("Đorđe", "dorde"),
    ("œuvre", "oeuvre"),
    ("İstanbul ışık", "istanbul isik"),
    ("soft\u00adhyphen", "softhyphen"),
    ("bro\u200bken", "broken"),
    ("\u202egnorw", "gnorw"),
    ("שָׁלוֹם", "שלום"),
    ("ﬁne ™", "fine tm"),
]


@pytest.mark.parametrize(("typed", "meant"), SAME)
def test_what_counts_as_the_same(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant)


@pytest.mark.parametrize("typed", ["kun", "κοσμου", "thordur", "aegir", "arvizturo", "cafe"])
def test_plain_letters_stay_as_they_are(typed: str) -> None:
    assert fold(typed) == typed


def test_different_letters_stay_different() -> None:
    assert len({fold(word) for word in ("sol", "sal", "σολ", "сол", "שול")}) == 5


@pytest.mark.slow
def test_every_letter_there_is_folds_once_and_for_all() -> None:
    letters = [chr(n) for n in range(sys.maxunicode + 1) if unicodedata.category(chr(n)) not in ("Cs", "Cn", "Co")]
    assert [letter for letter in letters if fold(fold(letter)) != fold(letter)] == []


@pytest.mark.slow
def test_letter_by_letter_is_as_the_rules_say() -> None:
    letters = [chr(n) for n in range(128, sys.maxunicode + 1)]
    assert [letter for letter in letters if fold(letter) != _folded(letter)] == []


marks = st.characters(categories=["Mn", "Mc"])


@given(st.text(st.one_of(st.characters(), marks)))
def test_folding_looks_at_no_letter_beyond_white_space(text: str) -> None:
    assert text.isascii() or fold(text) == _folded(text)
    assert words(text) == re.findall(r"[^\W_]+", fold(text))
    assert folded_words(text).split() == words(text)


@pytest.mark.slow
def test_case_never_counts_in_any_alphabet() -> None:
    letters = [chr(n) for n in range(sys.maxunicode + 1) if chr(n).isalpha()]
    odd = [letter for letter in letters if fold(letter.lower()) != fold(letter) and letter not in "İſ"]
    assert odd == []


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_the_way_of_composing_letters_does_not_count(text: str) -> None:
    assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))


@given(st.text(), st.text())
def test_words_of_two_texts_are_the_words_of_each(left: str, right: str) -> None:
    assert words(f"{left} {right}") == words(left) + words(right)


@given(st.text())
def test_words_hold_letters_and_digits_alone_and_are_their_own_words(text: str) -> None:
    for word in words(text):
        assert word
        assert word.isalnum()
        assert words(word) == [word]


@given(st.text(alphabet="aábcčdďeéěfghiíjklmnňoóprřsštťuúůvyýzžæðþöőüűαάβγδεέζηήθιίϊκλμνξοόπρσςτυύφχψωώ ", min_size=1))
def test_accents_and_case_never_count(text: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    assert words(text) == words(bare) == words(text.upper())


def test_long_pieces_are_read_like_short_ones() -> None:
    link = "https://example.org/" + "Á" * 40 + "-end"
    assert words(link) == ["https", "example", "org", "a" * 40, "end"]


@given(st.text(max_size=300), st.integers(1, 100))
def test_a_preview_is_one_short_line(text: str, length: int) -> None:
    found = preview(text, length)
    assert len(found) <= length
    assert not any(character in found for character in "\n\r\t\x0b")
