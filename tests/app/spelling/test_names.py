"""Names are no slips, in the forms that a language gives them."""

from __future__ import annotations

import pytest

from app.spelling.names import Names, given, products

NAMES = Names(["Ελένη Παπαδόπουλος", "Guðrún Þórðardóttir", "Petra Nováková", "Karel Zelňák", "Sítróna", "Xzibor Pimpa",
               "mary.k", "Thea"])  # fmt: skip
KNOWN = [
    ("el", "Ελένης"), ("el", "Παπαδόπουλε"), ("el", "Παπαδοπούλου"), ("is", "Guðrúnu"), ("is", "Þórðardóttur"),
    ("cs", "Petře"), ("cs", "Novákové"), ("cs", "Zelňákovi"), ("hu", "Xziborral"), ("hu", "Pimpának"),
    ("hu", "Theától"),
    ("en", "Sítróna's"), ("en", "Pimpa's"), ("en", "Sítróna"), ("en", "mary.k"), ("en", "Pimpas"),
]  # fmt: skip
UNKNOWN = [("el", "Ελένησσα"), ("en", "pimpa"), ("en", "Sítrónu"), ("en", "Thes"), ("hu", "Xzzibor"), ("xx", "Petře")]


@pytest.mark.parametrize(("language", "word"), KNOWN)
def test_a_name_and_its_forms(language: str, word: str) -> None:
    assert NAMES.know(word, language)


@pytest.mark.parametrize(("language", "word"), UNKNOWN)
def test_what_only_looks_like_one(language: str, word: str) -> None:
    assert not NAMES.know(word, language)


def test_products_are_what_the_guide_writes_with_a_capital_within_a_sentence() -> None:
    said = "We make lemonade. Our Sítróna Zero comes in cans! Ask for “Lilla”.\nWrite to Brno."
    assert products(said) == ["Sítróna", "Zero", "Brno"]


def test_given_names_are_of_all_five_languages() -> None:
    assert {"Guðrún", "Zsófia", "Kateřina", "Κατερίνα"} <= given()
