"""How a name is listed: by family name, but Icelanders by their own, and what was set by hand overrules it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.members.sorting import given_name, is_patronymic, sort_name, split_name


@pytest.mark.parametrize(
    ("name", "language", "listed"),
    [
        ("Anna Jónsdóttir", "is", "Anna Jónsdóttir"),
        ("Anna Jónsdóttir", "", "Anna Jónsdóttir"),
        ("Sigurður Einarsson", "is", "Sigurður Einarsson"),
        ("Jónsdóttir Anna", "is", "Anna Jónsdóttir"),
        ("Guðrún Ásta Þórðardóttir", "is", "Guðrún Ásta Þórðardóttir"),
        ("Halldór Laxness", "is", "Halldór Laxness"),
        ("Anna Johnson", "en", "Johnson Anna"),
        ("Kovács Péter", "hu", "Kovács Péter"),
        ("Péter Kovács", "hu", "Kovács Péter"),
        ("Jana Dvořáková", "cs", "Dvořáková Jana"),
        ("Dvořáková Jana", "cs", "Dvořáková Jana"),
        ("MUDr. Jana Dvořáková", "cs", "Dvořáková Jana MUDr."),
        ("Dvořáková, Jana", "cs", "Dvořáková Jana"),
        ("Ελένη Παπαδοπούλου", "el", "Παπαδοπούλου Ελένη"),
        ("Γιώργος Αντωνίου", "el", "Αντωνίου Γιώργος"),
        ("Mary Ann Smith", "en", "Smith Mary Ann"),
        ("Vincent van Gogh", "en", "van Gogh Vincent"),
        ("Žofie", "cs", "Žofie"),
        ("@citron_fan", "en", "@citron_fan"),
        ("Café Sunrise", "en", "Café Sunrise"),
        ("Lemon Trade Ltd", "en", "Lemon Trade Ltd"),
        ("  Jana   Dvořáková ", "cs", "Dvořáková Jana"),
        ("", "cs", ""),
        ("دانا کریمی", "", "کریمی دانا"),
    ],
)
def test_a_name_is_listed_as_its_language_lists_names(name: str, language: str, listed: str) -> None:
    assert sort_name(name, language) == listed


def test_what_was_set_by_hand_overrules_the_rules() -> None:
    assert sort_name("Maria del Carmen Ruiz", "es", "Ruiz, Maria") == "Ruiz, Maria"


@pytest.mark.parametrize(
    ("name", "language", "given_one"),
    [
        ("Kovács Péter", "hu", "Péter"), ("Péter Kovács", "hu", "Péter"), ("Γιώργος Αντωνίου", "el", "Γιώργος"),
        ("Dvořáková Jana", "cs", "Jana"), ("Žofie", "cs", "Žofie"), ("@fan", "cs", ""), ("Lemon Trade Ltd", "cs", ""),
    ],
)  # fmt: skip
def test_the_given_name_is_found_wherever_it_stands(name: str, language: str, given_one: str) -> None:
    assert given_name(name, language) == given_one


@pytest.mark.parametrize(
    ("name", "language", "parts"),
    [
        ("Guðrún Ásta Þórðardóttir", "is", ("Guðrún Ásta", "Þórðardóttir")),
        ("Jónsdóttir Anna", "is", ("Anna", "Jónsdóttir")),
        ("Halldór Laxness", "is", ("Halldór", "Laxness")),
        ("Szabó Réka", "hu", ("Réka", "Szabó")),
        ("Péter Kovács", "hu", ("Péter", "Kovács")),
        ("Kovács Éva Mária", "hu", ("Éva Mária", "Kovács")),
        ("Dvořáková Jana", "cs", ("Jana", "Dvořáková")),
        ("MUDr. Jana Dvořáková Ph.D.", "cs", ("MUDr. Jana", "Dvořáková Ph.D.")),
        ("Vincent van Gogh", "en", ("Vincent", "van Gogh")),
        ("@eleni", "", ("@eleni", "")),
        ("Lemon Trade Ltd", "en", ("Lemon Trade Ltd", "")),
        ("Jón", "is", ("Jón", "")),
    ],
)
def test_a_name_in_two_parts(name: str, language: str, parts: tuple[str, str]) -> None:
    assert split_name(name, language) == parts


@given(st.text("Ab. Dr,é", max_size=30), st.sampled_from(("is", "hu", "cs", "el", "en", "")))
def test_parting_a_name_loses_no_word(name: str, language: str) -> None:
    both = " ".join(split_name(name, language))
    assert sorted(both.replace(",", " ").split()) == sorted(name.replace(",", " ").split())


def test_a_patronymic_is_no_family_name() -> None:
    assert is_patronymic("Jónsdóttir")
    assert is_patronymic("Einarsson", "is")
    assert not is_patronymic("Johnson", "en")


@given(st.text(max_size=300), st.sampled_from(("is", "hu", "cs", "el", "en", "")))
def test_sorting_loses_no_word_of_any_name(name: str, language: str) -> None:
    listed = sort_name(name, language)
    assert sorted(listed.replace(",", " ").split()) == sorted(name.replace(",", " ").split())
