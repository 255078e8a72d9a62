"""Facts: kept, changed, looked at again; and what can't be one."""

from __future__ import annotations

from datetime import date

import pytest

from app.base.errors import NotFoundError, UserError
from app.facts.matching import stands_in
from app.workbench import Workbench


def test_a_fact_has_a_key_a_value_for_each_language_and_a_day_to_look_again(bench: Workbench) -> None:
    number = bench.facts.add(
        "Opening hours, Reykjavík", {"is": "10–18 virka daga", "": "10–18 on weekdays"}, owner="Jón",
        source="the door", look_on="2026-12-01",
    )  # fmt: skip
    fact = bench.facts.get(number)
    assert (fact.key, fact.name, fact.owner, fact.source) == (
        "opening-hours-reykjavik", "Opening hours, Reykjavík", "Jón", "the door",
    )  # fmt: skip
    assert [fact.value(code).words for code in ("is", "cs")] == ["10–18 virka daga", "10–18 on weekdays"]  # type: ignore[union-attr]
    assert bench.facts.values("is") == {"fact:opening-hours-reykjavik": "10–18 virka daga"}
    assert [one.id for one in bench.facts.due(date(2026, 12, 1))] == [number]
    assert bench.facts.due(date(2026, 11, 30)) == []
    bench.facts.looked(number, "2027-06-01")
    assert bench.facts.due(date(2026, 12, 31)) == []


def test_all_of_it_can_be_undone(bench: Workbench) -> None:
    bench.facts.add("Price", {"": "5 €"})
    added = bench.store.last_action
    bench.facts.set("price", "", "6 €")
    changed = bench.store.last_action
    bench.facts.remove(bench.facts.get("price").id)
    assert bench.facts.listed() == []
    bench.actions.undo(bench.store.last_action)
    assert [value.words for value in bench.facts.get("price").values] == ["6 €"]
    bench.actions.undo(changed)
    assert [value.words for value in bench.facts.get("price").values] == ["5 €"]
    bench.actions.undo(added)
    assert bench.facts.listed() == []


def test_a_removed_key_is_free_again(bench: Workbench) -> None:
    bench.facts.remove(bench.facts.add("Price", {"": "5 €"}))
    assert bench.facts.get(bench.facts.add("Price", {"": "6 €"})).key == "price"


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        (" ", {"": "5"}, "needs a name"),
        ("Price", {"": "  "}, "needs a value"),
        ("Price", {"english": "5"}, "isn't a language code"),
        ("Price", {"": "{{budget}}"}, "can't hold a blank"),
        ("Price", {"": "x" * 501}, "at most 500 characters"),
        ("!!!", {"": "5"}, "shortcut of letters or digits"),
    ],
)
def test_what_cannot_be_a_fact_is_said(bench: Workbench, name: str, values: dict[str, str], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        bench.facts.add(name, values)
    assert bench.facts.listed() == []


def test_what_cannot_be_changed_is_said(bench: Workbench) -> None:
    bench.facts.add("Price", {"": "5 €"})
    with pytest.raises(UserError, match="says so already"):
        bench.facts.set("price", "", " 5  € ")
    with pytest.raises(UserError, match="needs a value"):
        bench.facts.set("price", "", "")
    with pytest.raises(UserError, match="already a fact with the shortcut “price”"):
        bench.facts.add("PRICE", {"": "6 €"})
    with pytest.raises(NotFoundError, match=r"no fact “hours”\. Facts: price"):
        bench.facts.get("hours")
    bench.facts.remove(bench.facts.get("price").id)
    with pytest.raises(NotFoundError, match="no fact “price” yet"):
        bench.facts.get("price")


def test_a_fact_without_a_value_in_a_language_says_which_it_has(bench: Workbench) -> None:
    bench.facts.add("Price", {"is": "5 €", "hu": "5 €"})
    with pytest.raises(UserError, match=r"no value in “cs” yet\. Available: hu, is"):
        bench.facts.insert("price", "cs")


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("890 kr.", "costs 890 kr. each", True),
        ("890 kr.", "costs 890\n  kr. each", True),
        ("890 kr", "costs 1890 kr", False),
        ("890", "costs 12.890 kr", False),
        ("8,90 €", "costs 8,90 €.", True),
        ("90 €", "costs 8,90 €", False),
        ("10–18", "open 10–18, daily", True),
        ("Gluten, Milk", "gluten, milk and nuts", True),
        ("5", "5.5 kg", False),
        ("(a+)+$", "a" * 5000, False),
    ],
)
def test_a_value_is_found_whole_and_never_within_another(words: str, text: str, *, found: bool) -> None:
    assert (stands_in(words, text) is not None) is found
