"""One change for several members is one action, and leaves alone whoever has it already."""

from __future__ import annotations

import pytest

from app.base.errors import NotFoundError, UserError
from app.members.several import edit_all, sentence_of
from app.workbench import Workbench


def test_several_are_changed_at_once_and_undone_at_once(bench: Workbench) -> None:
    made = [bench.members.add(name) for name in ("Jana", "Petr", "Ελένη")]
    bench.members.edit(made[1], {"kind": "press"})
    changed = edit_all(bench.store, bench.members, [*made, made[0]], {"kind": "press"})
    assert changed == [made[0], made[2]]
    assert {bench.members.get(number).kind for number in made} == {"press"}
    assert bench.actions.last(1)[0].title == "Changed 2 members: Jana and others"
    bench.actions.undo()
    assert [bench.members.get(number).kind for number in made] == ["customer", "press", "customer"]


def test_where_nobody_changes_there_is_no_action(bench: Workbench) -> None:
    number = bench.members.add("Jana")
    before = bench.store.last_action
    assert edit_all(bench.store, bench.members, [number], {"kind": "customer"}) == []
    assert bench.store.last_action == before


def test_what_cannot_be_set_changes_nobody(bench: Workbench) -> None:
    made = [bench.members.add(name) for name in ("Jana", "Petr")]
    with pytest.raises(UserError):
        edit_all(bench.store, bench.members, made, {"kind": "dragon"})
    with pytest.raises(NotFoundError):
        edit_all(bench.store, bench.members, [*made, 999], {"kind": "press"})
    assert {bench.members.get(number).kind for number in made} == {"customer"}


def test_what_is_set_is_by_hand_is_found_and_is_of_who_was_merged_too(bench: Workbench) -> None:
    one, other, third = (bench.members.add(name) for name in ("Jana", "J. Nová", "Petr"))
    bench.members.merge(one, other)
    assert edit_all(bench.store, bench.members, [other, third], {"city": "Brno"}) == [third, one]
    assert bench.members.find("brno") == bench.members.find("city:Brno") == [third, one]
    assert "city" in bench.members.get(one).by_hand.split(",")
    assert edit_all(bench.store, bench.members, [other, third], {"city": "Brno"}) == []


def test_it_is_said_of_whom() -> None:
    assert sentence_of(1, "Jana", "Kind", "Press") == "Kind of Jana: Press."
    assert sentence_of(3, "Jana", "Kind", "Press") == "Kind of 3 members: Press."
