"""The labels themselves: counted as the rows say, renamed, merged and deleted, and each of it taken back exactly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions import Actions
from app.base.errors import UserError
from app.inbox import Inbox, Query
from app.inbox.labels import COLOURS, Labels, next_colour
from app.inbox.views import SavedViews
from app.intake import Intake
from app.store.store import Store
from tests.app.saying import NOW, account, differences, rows, said


@pytest.fixture
def desk(store: Store) -> Labels:
    """Labels of four conversations: `parcel` on 1 and 2, `box` on 2 and 3."""
    Intake(store).take(account(store), [said(str(n), NOW + n, thread=str(n)) for n in range(4)])
    inbox = Inbox(store)
    inbox.label([1, 2], ["parcel"])
    inbox.label([2, 3], ["box"])
    return Labels(store)


def _id(desk: Labels, name: str) -> int:
    label = desk.named(name)
    assert label is not None
    return label.id


def _undone_exactly(store: Store, do: Callable[[], object]) -> None:
    before = rows(store)
    do()
    assert differences(before, rows(store))
    Actions(store).undo()
    assert differences(before, rows(store)) == {}


def test_each_is_counted_as_the_rows_say_and_found_without_accents(desk: Labels) -> None:
    assert [(label.name, label.conversations) for label in desk.every()] == [("box", 2), ("parcel", 2)]
    desk.add("Überraschung")
    assert desk.named("uberraschung") == desk.named("Überraschung")
    assert desk.spread([1, 2]) == {"parcel": 2, "box": 1}


def test_new_ones_take_the_colour_that_is_used_least(desk: Labels) -> None:
    assert len({label.colour for label in desk.every()}) == 2
    assert next_colour([]) == next_colour(["red", "teal"]) == "blue"
    assert next_colour([colour for colour in COLOURS if colour != "teal"]) == "teal"


def test_a_rename_keeps_who_has_it_and_is_undone(desk: Labels, store: Store) -> None:
    desk.rename(_id(desk, "box"), "  Glass   box ")
    assert Inbox(store).labels(3) == ("Glass box",)
    Actions(store).undo()
    assert Inbox(store).labels(3) == ("box",)


@pytest.mark.parametrize("name", ["parcel", "PARCEL", "Pärcel", " ", "x" * 61])
def test_what_a_label_cannot_be_called_is_refused_in_a_sentence(desk: Labels, name: str) -> None:
    with pytest.raises(UserError):
        desk.rename(_id(desk, "box"), name)
    with pytest.raises(UserError):
        desk.add(name)
    desk.rename(_id(desk, "parcel"), "Parcel")  # its own name in other letters is no twin


def test_a_merge_leaves_each_conversation_the_label_once(desk: Labels, store: Store) -> None:
    views = SavedViews(store)
    views.add("Boxes", "", Query("all", label="box"))
    box, parcel = _id(desk, "box"), _id(desk, "parcel")
    _undone_exactly(store, lambda: desk.merge(box, parcel))
    assert desk.merge(box, parcel) == 2
    assert [(label.name, label.conversations) for label in desk.every()] == [("parcel", 3)]
    assert views.every()[0].query.label == "parcel"
    with pytest.raises(UserError):
        desk.merge(parcel, parcel)


def test_a_deleted_one_goes_with_its_views_and_comes_back_with_them(desk: Labels, store: Store) -> None:
    SavedViews(store).add("Boxes", "", Query("all", label="box"))
    box = _id(desk, "box")
    assert desk.views_of(box) == ["Boxes"]
    _undone_exactly(store, lambda: desk.delete(box))
    assert desk.delete(box).conversations == 2
    assert SavedViews(store).every() == []
    assert Inbox(store).labels(2) == ("parcel",)


def test_a_colour_is_said_by_name_in_any_case_and_nothing_else_is_one(desk: Labels) -> None:
    number = _id(desk, "box")
    desk.colour(number, "Violet")
    assert desk.get(number).colour == "violet"
    desk.colour(number, "grey")
    assert desk.get(number).colour == ""
    with pytest.raises(UserError, match="violet"):
        desk.colour(number, "#ff0000")


@given(st.lists(st.sampled_from(list(COLOURS))))
def test_no_colour_is_taken_twice_before_all_are_taken_once(taken: list[str]) -> None:
    for _ in range(7 - len(set(taken) - {""})):
        colour = next_colour(taken)
        assert colour not in taken
        taken = [*taken, colour]
