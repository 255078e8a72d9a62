"""By which word of a name somebody is greeted, and when by none: in five languages, in either order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.templates.first_names import first_name


@pytest.mark.parametrize(
    ("name", "language", "greeted"),
    [
        ("Ελένη Παπαδοπούλου", "el", "Ελένη"),
        ("Nagy Anna", "hu", "Anna"),
        ("Anna", "hu", "Anna"),
        ("Dr. Kiss Anna", "hu", "Anna"),
        ("Kiss Anna dr.", "hu", "Anna"),
        ("Kiss Anna, PhD", "hu", "Anna"),
        ("Nagy Anna Mária", "hu", "Anna"),
        ("B. Nagy Anna", "hu", "Anna"),
        ("Kiss J. Anna", "hu", "Anna"),
        ("ifj. Kovács Péter", "hu", "Péter"),
        ("Szabó-Tóth Kata", "hu", "Kata"),
        ("Kovácsné Szabó Ilona", "hu", "Ilona"),
        ("Dr. Kovácsné dr. Szabó Ilona", "hu", "Ilona"),
        ("Kiss René", "hu", "René"),
        ("Ing. Petr Hanák", "cs", "Petr"),
        ("pan Petr Novák", "cs", "Petr"),
        ("Dr. Anna Bell", "en", "Anna"),
        ("κος Στέλιος Μαυρίδης", "el", "Στέλιος"),
        ("Guðrún Ásta Þórðardóttir", "is", "Guðrún"),
        ("Mary-Jane Watson", "en", "Mary-Jane"),
        ("D'Arcy Bell", "en", "D'Arcy"),
    ],
)
def test_the_given_name_is_greeted(name: str, language: str, greeted: str) -> None:
    assert first_name(name, language) == greeted


@pytest.mark.parametrize(
    ("name", "language", "greeted"),
    [
        ("Kovács Éva", "en", "Éva"),  # a Hungarian who wrote in English
        ("Anna Weiss", "hu", "Anna"),
        ("Weiss Anna", "de", "Anna"),
        ("Weiss, Anna", "en", "Anna"),
        ("Martin, James", "en", "James"),
        ("Παπαδόπουλος Νίκος", "el", "Νίκος"),
        ("Novák Jan", "cs", "Jan"),
        ("Jónsdóttir Guðrún", "is", "Guðrún"),
        ("Kővári Tamás", "en", "Tamás"),
        ("Tamás Kővári", "en", "Tamás"),
    ],
)
def test_the_order_of_the_names_counts_less_than_the_names(name: str, language: str, greeted: str) -> None:
    assert first_name(name, language) == greeted


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("ANNA", "Anna"),
        ("MARY-JANE WATSON", "Mary-Jane"),
        ("ΝΙΚΟΣ ΠΑΠΠΑΣ", "Νίκος"),
        ("anna kovács", "Anna"),
        ("JJ", "JJ"),
    ],
)
def test_nobody_is_greeted_in_capitals_nor_in_small_letters(name: str, greeted: str) -> None:
    assert first_name(name) == greeted


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Nagy", "hu"), ("Weiss", "de"), ("Novák", "cs"), ("Jónsson", "is"), ("Παπαδόπουλος", "el"),  # family names
        ("Mrs Bell", "en"), ("Mr James", "en"), ("Frau Weiss", "de"), ("Frau Dr. Weiss", "de"), ("paní Nováková", "cs"),
        ("Kovács úr", "hu"), ("κα Παπαδοπούλου", "el"), ("Dr. Kiss", "hu"), ("J. Bell", "en"), ("J. Martin", "en"),
        ("Kovács Jánosné", "hu"),  # her husband is János
        ("Tamás Anna", "hu"), ("Ádám Lakatos", "hu"), ("Xiang Martin", "en"),  # either word may be the family name
    ],
)  # fmt: skip
def test_a_family_name_is_nobodys_greeting(name: str, language: str) -> None:
    assert first_name(name, language) == ""


@pytest.mark.parametrize(
    "name",
    [
        "NULL", "null", "n/a", "N/A", "None", "unknown", "test", "Test User", "Ismeretlen", "Άγνωστος", "neznámý",
        "Sales", "Info", "Support Team", "Ügyfélszolgálat", "Πωλήσεις", "Þjónusta", "Vertrieb",
        "Kert Klub Brno", "Petr Novák s.r.o.", "Anna Kávézó Kft.", "Goodwill, Inc.", "Rodina Novákova",
        "Restaurant Anna",
        "Anna & Tom", "Anna és Péter", "Jana a Petr Novákovi", "Guðrún og Jón", "Άννα και Νίκος",
        "@eleni", "eleni.kitchen", "anna@example.is", "Tom42", "tom", "lemon_fan", "", "  ", "🍋", "...",
    ],
)  # fmt: skip
def test_firms_roles_couples_and_handles_are_not_greeted(name: str) -> None:
    assert first_name(name, "en") == first_name(name, "hu") == ""


@pytest.mark.parametrize(
    "name", ["Anna via Helpdesk", "Anna (Garden)", "Anna | Garden", "Anna Weiss – Garden", "Anna from Brno"]
)
def test_where_somebody_writes_from_is_not_their_name(name: str) -> None:
    assert first_name(name) == "Anna"


def test_an_unknown_name_is_greeted_only_before_a_sure_family_name() -> None:
    assert first_name("Xyla Jónsdóttir", "is") == "Xyla"
    assert first_name("Xyla Nováková", "cs") == "Xyla"
    assert first_name("Xyla Bell", "en") == ""


@given(st.text(max_size=60), st.sampled_from(["", "hu", "el", "cs", "is", "en"]))
def test_a_greeting_is_a_word_or_nothing(name: str, language: str) -> None:
    greeted = first_name(name, language)
    assert greeted == greeted.strip()
    assert not greeted or greeted[0].isupper() or greeted[0].lower() == greeted[0].upper()
