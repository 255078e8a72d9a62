"""What is typed to find members: words and conditions, each against SQL written here."""

from __future__ import annotations

import pytest

from app.base.errors import NotFoundError, UserError
from app.base.message import Author
from app.members import KIND_NAMES, identities
from app.members.filtering import OPERATORS, named, understood
from app.workbench import Workbench

_PEOPLE = (
    ("Jana Nováková", {"language": "cs", "city": "Brno", "kind": "press", "note": "bakes bread", "fits": 1}),
    ("Petr Novák", {"language": "cs", "city": "Praha"}),
    ("Ελένη Παππά", {"language": "el", "city": "Αθήνα", "kind": "vendor"}),
    ("Kovács Béla", {"language": "hu", "city": "Győr", "note": "no bread"}),
)


@pytest.fixture
def people(bench: Workbench) -> dict[str, int]:
    made = {name: bench.members.add(name, **values) for name, values in _PEOPLE}
    with bench.store.write() as conn:
        identities.add(conn, "mastodon", Author("petr", "petr@x.example", "Petr"), made["Petr Novák"])
        conn.execute("UPDATE member SET languages = 'de, el' WHERE id = ?", (made["Kovács Béla"],))
        conn.execute("UPDATE member SET pinned = 'core' WHERE id = ?", (made["Petr Novák"],))
        conn.execute("UPDATE member SET pinned = 'visitor' WHERE id = ?", (made["Ελένη Παππά"],))
        conn.execute("INSERT INTO label (name) VALUES ('Baker')")
        conn.execute("INSERT INTO member_label (member_id, label_id) SELECT ?, id FROM label", (made["Jana Nováková"],))
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("novak", {"Jana Nováková", "Petr Novák"}),
        ("novak city:brno", {"Jana Nováková"}),
        ("city:Gyor", {"Kovács Béla"}),
        ("město:praha", {"Petr Novák"}),
        ("lang:el", {"Ελένη Παππά", "Kovács Béla"}),
        ("language:greek", {"Ελένη Παππά", "Kovács Béla"}),
        ("-lang:cs", {"Ελένη Παππά", "Kovács Béla"}),
        ("kind:press", {"Jana Nováková"}),
        ("kind:supplier", {"Ελένη Παππά"}),
        ("label:bak", {"Jana Nováková"}),
        ("-label:baker", {"Petr Novák", "Ελένη Παππά", "Kovács Béla"}),
        ("involvement:core", {"Petr Novák"}),
        ("involvement:visitor", {"Ελένη Παππά"}),
        ("on:mastodon", {"Petr Novák"}),
        ("is:fits", {"Jana Nováková"}),
        ("-is:fits kind:customer", {"Petr Novák", "Kovács Béla"}),
        ("is:noted", {"Jana Nováková", "Kovács Béla"}),
        ("bread -bakes", {"Kovács Béla"}),
        ("λανγ:el", {"Ελένη Παππά", "Kovács Béla"}),  # typed with the Greek layout on
        ("city:", {name for name, _values in _PEOPLE}),  # not typed whole yet
    ],
)
def test_conditions_narrow_what_is_found(bench: Workbench, people: dict[str, int], typed: str, found: set[str]) -> None:
    assert bench.members.problem(typed) == ""
    assert set(bench.members.find(typed)) == {people[name] for name in found}


@pytest.mark.parametrize(
    "typed", ["kind:dragon", "city:Atlantis", "label:none", "involvement:most", "on:fax", "is:odd"]
)
def test_what_nothing_can_be_is_said_and_nobody_is_found(bench: Workbench, people: dict[str, int], typed: str) -> None:
    assert people
    assert typed.partition(":")[2] in bench.members.problem(typed)
    assert bench.members.find(typed) == []


def test_what_looks_like_a_condition_and_is_none_is_words(bench: Workbench) -> None:
    assert understood(bench.store.read, "re: https://x.example", KIND_NAMES).words == "re: https://x.example"


def test_every_name_of_a_condition_is_its_own() -> None:
    for operator in OPERATORS:
        assert {named(name) for name in (operator.key, *operator.names)} == {operator.key}


def test_the_most_involved_come_first_and_the_longest_silent(bench: Workbench, people: dict[str, int]) -> None:
    with bench.store.write() as conn:
        conn.execute("UPDATE member SET last_at = 100 WHERE id = ?", (people["Ελένη Παππά"],))
        conn.execute("UPDATE member SET last_at = 50 WHERE id = ?", (people["Kovács Béla"],))
    first, second, *_rest = bench.members.find("", by="involvement")
    assert (first, second) == (people["Petr Novák"], people["Ελένη Παππά"])
    assert bench.members.find("", by="quiet")[:2] == [people["Kovács Béla"], people["Ελένη Παππά"]]
    rows = {row.id: row.level for row in bench.members.rows(list(people.values()))}
    assert rows[people["Petr Novák"]] == "core"
    assert rows[people["Jana Nováková"]] == ""


def test_a_list_is_kept_and_asks_anew_each_time(bench: Workbench, people: dict[str, int]) -> None:
    lists = bench.member_lists
    number = lists.add("  Regulars in   Brno ", "city:Brno")
    kept = lists.named("regulars in brno")
    assert (kept.id, kept.name, kept.words) == (number, "Regulars in Brno", "city:Brno")
    assert lists.numbers(kept) == [people["Jana Nováková"]]
    bench.members.edit(people["Petr Novák"], {"city": "Brno"})
    assert set(lists.numbers(kept)) == {people["Jana Nováková"], people["Petr Novák"]}
    lists.rename(number, "Brno")
    lists.remove(number)
    assert lists.every() == []
    bench.actions.undo()
    bench.actions.undo()
    assert [one.name for one in lists.every()] == ["Regulars in Brno"]


@pytest.mark.parametrize(("name", "words"), [("", "city:x"), ("A", ""), ("A", "kind:dragon"), ("x" * 61, "city:x")])
def test_a_list_that_cannot_be_is_refused(bench: Workbench, name: str, words: str) -> None:
    with pytest.raises(UserError):
        bench.member_lists.add(name, words)
    with pytest.raises(NotFoundError):
        bench.member_lists.named("A")


def test_two_lists_of_one_name_are_refused(bench: Workbench) -> None:
    bench.member_lists.add("Press", "", "press")
    with pytest.raises(UserError, match="Press"):
        bench.member_lists.add("press", "lang:el")
