"""Letters taken apart: greeting, what is said, farewell and who signs, in five languages; names and their forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.first_week.anatomy import is_form_of, replace_names, take_apart
from app.first_week.phrases import FAREWELLS, GREETINGS
from tests.examples import examples

BODY = "díky za zprávu, podívám se na to."


@pytest.mark.parametrize(
    ("text", "greeting", "addressed", "farewell", "signed"),
    [
        ("Hi Tom,\n\nit left today.\n\nTake care,\nMarta", "Hi Tom", "Tom", "Take care", "Marta"),
        ("Dear Mr Barker,\nit left today.\nKind regards\nMarta Malá", "Dear Mr Barker", "Barker", "Kind regards",
         "Marta Malá"),
        ("Hæ Jón,\n\nhann fór í morgun.\n\nKær kveðja,\nMarta", "Hæ Jón", "Jón", "Kær kveðja", "Marta"),
        ("Sæl og blessuð Guðrún,\nhann fór í morgun.\nKveðja, Marta", "Sæl og blessuð Guðrún", "Guðrún", "Kveðja",
         "Marta"),
        ("Kedves Anna!\n\nMa reggel elindult.\n\nSzép napot,\nMarta", "Kedves Anna", "Anna", "Szép napot", "Marta"),
        ("Ahoj Jano,\n\ndnes ráno odjel.\n\nHezký den, Marta", "Ahoj Jano", "Jano", "Hezký den", "Marta"),
        ("Γεια σου Ελένη,\n\nέφυγε σήμερα.\n\nΦιλικά,\nΜάρτα", "Γεια σου Ελένη", "Ελένη", "Φιλικά", "Μάρτα"),
        ("Hi Tom, it left today.", "Hi Tom", "Tom", "", ""),
        ("It left today and should be there soon.", "", "", "", ""),
        ("Hello\n\nit left.\n\n-- \nMarta, Sítróna", "Hello", "", "", ""),
        ("", "", "", "", ""),
    ],
)  # fmt: skip
def test_the_parts_are_found(text: str, greeting: str, addressed: str, farewell: str, signed: str) -> None:
    parts = take_apart(text)
    assert (parts.greeting, parts.addressed, parts.farewell, parts.signed) == (greeting, addressed, farewell, signed)


def test_what_is_said_is_all_of_the_rest() -> None:
    parts = take_apart(f"Ahoj Jano, {BODY}\n\nBalík odjel.\n\nHezký den,\nMarta\n")
    assert parts.core == f"{BODY}\n\nBalík odjel."
    assert parts.paragraphs == [BODY, "Balík odjel."]


def test_a_sentence_that_begins_like_a_greeting_is_none() -> None:
    text = "Dear customers of ours have asked the same thing many times before, and we are looking into it."
    assert take_apart(text).greeting == ""
    assert take_apart(text).core == text


def test_a_question_at_the_end_is_no_farewell() -> None:
    assert take_apart("Hi Tom,\nit left.\nThanks?").farewell == ""


def test_a_letter_of_one_line_is_no_name() -> None:
    assert take_apart("Perfect").core == "Perfect"


@pytest.mark.parametrize(
    ("word", "name"), [("Jano", "Jana"), ("Petře", "Petr"), ("Ελένης", "Ελένη"), ("Jónnak", "Jón"), ("Tom", "Tom")]
)
def test_forms_of_a_name_are_told(word: str, name: str) -> None:
    assert is_form_of(word, name) is (word != "Jónnak")


@pytest.mark.parametrize(("word", "name"), [("Januar", "Jana"), ("jano", "Jana"), ("To", "Tom"), ("Annual", "Anna")])
def test_other_words_are_not(word: str, name: str) -> None:
    assert not is_form_of(word, name)


def test_neighbouring_names_become_one_blank() -> None:
    said = replace_names("Thanks, Tom Barker! Toms is another.", ("Barker", "Tom"), "[name]", "[form]")
    assert said == "Thanks, [name]! [form] is another."


@given(st.text(max_size=400))
@examples(200)
def test_any_text_can_be_taken_apart_and_loses_no_word(text: str) -> None:
    parts = take_apart(text)
    above = text.strip().split("\n--", 1)[0] if "\n--" in text else text
    for word in parts.core.split():
        assert word in above


@given(st.sampled_from(sorted(GREETINGS)), st.sampled_from(sorted(FAREWELLS)))
@examples(100)
def test_every_phrase_of_the_tables_is_known_in_a_letter(greeting: str, farewell: str) -> None:
    parts = take_apart(f"{greeting.capitalize()},\n\nit left our depot today.\n\n{farewell.capitalize()},\nMarta")
    assert (parts.greeted, parts.farewell.lower(), parts.signed) == (greeting, farewell, "Marta")
    assert parts.core == "it left our depot today."
