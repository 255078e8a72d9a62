"""Members are found by their names in the forms that five languages give them."""

from __future__ import annotations

import pytest

from app.base.paths import Profile
from app.workbench import Workbench

_NAMES = ("Petr Hanák", "Petra Řeháková", "Γιώργος Ξενάκης", "Jón Einarsson", "Guðrún Ásta Þórðardóttir",
          "Szabó Katalin", "Honza Malý", "Anna Smith")  # fmt: skip


@pytest.fixture
def people(bench: Workbench) -> Workbench:
    for name in _NAMES:
        bench.members.add(name)
    return bench


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("petr", {"Petr Hanák", "Petra Řeháková"}),
        ("petra", {"Petr Hanák", "Petra Řeháková"}),
        ("Petře", {"Petr Hanák", "Petra Řeháková"}),
        ("Petrem Hanákem", {"Petr Hanák"}),
        ("Petro", {"Petra Řeháková", "Petr Hanák"}),
        ("Honzovi", {"Honza Malý"}),
        ("Γιώργο", {"Γιώργος Ξενάκης"}),
        ("Γιώργου", {"Γιώργος Ξενάκης"}),
        ("Γιώργος", {"Γιώργος Ξενάκης"}),
        ("Jóni", {"Jón Einarsson"}),
        ("jons", {"Jón Einarsson"}),
        ("Guðrúnu", {"Guðrún Ásta Þórðardóttir"}),
        ("Katalinnak", {"Szabó Katalin"}),
        ("Annának", {"Anna Smith"}),
        ("Petra Hanáka", {"Petr Hanák"}),
        ("Petrovič", set()),
    ],
)  # fmt: skip
def test_a_name_is_found_in_any_of_its_forms(people: Workbench, typed: str, found: set[str]) -> None:
    assert {row.name for row in people.members.rows(people.members.find(typed))} == found


def test_the_demo_finds_petr_by_petra_and_from_means_him_in_any_form(demo_profile: Profile) -> None:
    bench = Workbench(demo_profile)
    try:
        found = [row.name for row in bench.members.rows(bench.members.find("petra"))]
        assert "Petr Hanák" in found
        told, called = (
            {talk[0] for talk in bench.search.count_all(bench.search.understand(asked)).talks}
            for asked in ('from:"Petr Hanák"', "from:Petře")
        )
        assert told
        assert told <= called
    finally:
        bench.close()
