"""Whom a name in a form of its language means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.name_forms import names_of
from app.base.text import fold


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Petra", "Petr"), ("Petře", "Petr"), ("Petrovi", "Petr"), ("Petrem", "Petr"), ("Honzo", "Honza"),
        ("Honzovi", "Honza"), ("Jano", "Jana"), ("Janou", "Jana"), ("Evě", "Eva"), ("Pavle", "Pavel"),
        ("Marku", "Marek"), ("Karle", "Karel"), ("Zdeňku", "Zdeněk"), ("Tomáši", "Tomáš"), ("Radce", "Radka"),
        ("Olze", "Olga"), ("Ondřeji", "Ondřej"),
        ("Jóni", "Jón"), ("Jóns", "Jón"), ("Guðrúnu", "Guðrún"), ("Guðrúnar", "Guðrún"), ("Önnu", "Anna"),
        ("Bjarna", "Bjarni"), ("Sigurði", "Sigurður"), ("Sveini", "Sveinn"), ("Páli", "Páll"), ("Helgu", "Helga"),
        ("Péternek", "Péter"), ("Péterrel", "Péter"), ("Annának", "Anna"), ("Katalinnal", "Katalin"),
        ("Tamást", "Tamás"), ("Rékához", "Réka"),
        ("Γιώργου", "Γιώργος"), ("Γιώργο", "Γιώργος"), ("Πέτρε", "Πέτρος"), ("Ελένης", "Ελένη"),
        ("Δέσποινας", "Δέσποινα"), ("Γιάννη", "Γιάννης"), ("Κώστα", "Κώστας"), ("Φρόσως", "Φρόσω"),
    ],
)  # fmt: skip
def test_a_form_means_its_name(form: str, name: str) -> None:
    assert fold(name) in names_of(fold(form))


@pytest.mark.parametrize("name", ["Petr", "Jón", "Γιώργος", "Péter", "Eva", "Ed"])
def test_a_name_as_it_stands_means_few_others(name: str) -> None:
    assert fold(name) not in names_of(fold(name))
    assert len(names_of(fold(name))) <= 12


@given(st.text(max_size=30))
def test_any_word_has_names_that_are_whole(word: str) -> None:
    assert all(len(name) >= 3 for name in names_of(fold(word)))
