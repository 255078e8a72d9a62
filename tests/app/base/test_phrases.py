"""Phrases of several languages, looked for as whole words, and sentences."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from app.base.phrases import Phrases, sentences, spaced
from tests.examples import examples

WORDS = Phrases({"en": "no idea; thank*", "cs": "nevím", "el": "δεν ξέρω"})


def test_they_are_found_as_whole_words_whatever_their_case_and_accents() -> None:
    assert WORDS.stand_in(spaced("No IDEA, sorry."))
    assert WORDS.stand_in(spaced("Thankfully not."))
    assert WORDS.stand_in(spaced("ΔΕΝ ΞΕΡΩ!"))
    assert not WORDS.stand_in(spaced("No ideas."))
    assert WORDS.begin(spaced("Nevim, opravdu"))
    assert not WORDS.begin(spaced("Opravdu nevím"))


def test_a_known_language_has_its_own_words_and_those_in_english() -> None:
    assert WORDS.count(spaced("no idea, nevím"), "cs") == 2
    assert WORDS.count(spaced("no idea, nevím"), "en") == 1
    assert WORDS.count(spaced("no idea, nevím"), "is") == 2
    assert not WORDS.begin(spaced("no idea"), "cs")


def test_sentences_keep_their_marks() -> None:
    assert sentences("One. Two?! Three\nFour…") == ["One.", "Two?!", "Three", "Four…"]


@given(some.text(max_size=200))
@examples(100)
def test_no_letter_of_a_text_is_lost_between_sentences(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
