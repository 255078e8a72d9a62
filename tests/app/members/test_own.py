"""Labels, dated notes and own fields: searched, undone, and gone along with labels that change."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.inbox.labels import Labels
from app.members import Members
from app.members.own import MOST_FIELDS, follow_label
from app.store.store import Store
from tests.app.saying import differences, is_consistent, rows
from tests.app.store.test_undo import members_found, members_to_find

JANA, PETR = 1, 2


@pytest.fixture
def members(store: Store) -> Members:
    desk = Members(store)
    desk.add("Jana Dvořáková", language="cs")
    desk.add("Petr Malý", language="cs")
    return desk


def undone(store: Store) -> None:
    """Undo the last action, having tried a redo; members are found by what is there at each step."""
    store.undo_action(store.last_action or 0)
    for change in (store.redo_last, lambda: store.undo_action(store.last_action or 0)):
        assert members_found(store) == members_to_find(store)
        change()
    assert members_found(store) == members_to_find(store)


def test_labels_are_given_to_several_at_once_taken_and_found(members: Members, store: Store) -> None:
    before = rows(store)
    members.own.label([JANA, PETR], ["Regulars", "Brno"])
    given = store.last_action or 0
    members.own.label(PETR, [], ["Brno"])
    assert members.own.labels(JANA) == ("Brno", "Regulars")
    assert members.own.spread([JANA, PETR]) == {"Regulars": 2, "Brno": 1}
    assert members.find("brno") == [JANA]
    assert {(one.name, one.members) for one in Labels(store).every()} == {("Brno", 1), ("Regulars", 2)}
    is_consistent(store)
    undone(store)
    assert members.find("brno") == [PETR, JANA]
    store.undo_action(given)
    assert members.find("regulars") == []
    assert differences(rows(store), before) == {}


def test_a_label_that_is_renamed_merged_or_deleted_is_followed(members: Members, store: Store) -> None:
    labels = Labels(store, follow_label)
    members.own.label([JANA, PETR], ["Regulars"])
    members.own.label(JANA, ["Tea"])
    number = next(one.id for one in labels.every() if one.name == "Regulars")
    other = next(one.id for one in labels.every() if one.name == "Tea")
    labels.rename(number, "Faithful")
    assert members.find("regulars") == []
    assert members.find("faithful") == [PETR, JANA]
    undone(store)
    assert members.find("regulars") == [PETR, JANA]
    labels.merge(number, other)
    assert members.own.labels(JANA) == members.own.labels(PETR) == ("Tea",)
    assert members.find("tea") == [PETR, JANA]
    undone(store)
    assert members.own.labels(JANA) == ("Regulars", "Tea")
    before = rows(store)
    labels.delete(number)
    assert members.own.labels(PETR) == ()
    assert members.find("regulars") == []
    undone(store)
    assert differences(rows(store), before) == {}
    assert members.find("regulars") == [PETR, JANA]
    is_consistent(store)


def test_notes_are_dated_changed_and_removed_and_each_step_is_undone(members: Members, store: Store) -> None:
    first = members.own.add_note(JANA, " Her mother is ill. ", 1_700_000_000)
    members.own.add_note(JANA, "She grows lemons")
    assert [note.text for note in members.own.notes(JANA)] == ["She grows lemons", "Her mother is ill."]
    assert members.own.notes(JANA)[1].at == 1_700_000_000
    assert abs(members.own.notes(JANA)[0].at - clock.now()) < 5
    assert members.find("lemons") == [JANA]
    members.own.edit_note(first, "Her mother is well")
    assert members.find("ill") == []
    undone(store)
    assert members.find("ill") == [JANA]
    members.own.remove_note(first)
    assert members.find("ill") == []
    undone(store)
    assert [note.text for note in members.own.notes(JANA)] == ["She grows lemons", "Her mother is ill."]
    assert members.find("ill") == [JANA]
    is_consistent(store)


def test_a_note_without_words_and_one_that_is_gone_are_refused(members: Members) -> None:
    with pytest.raises(UserError, match=r"Write something in the note\."):
        members.own.add_note(JANA, " \n ")
    with pytest.raises(UserError, match=r"at most 20000 characters; this one has 20001\."):
        members.own.add_note(JANA, "x" * 20_001)
    with pytest.raises(NotFoundError, match="That note is no longer there"):
        members.own.remove_note(99)
    with pytest.raises(NotFoundError, match="That member is no longer there"):
        members.own.add_note(99, "x")


def test_fields_are_made_ordered_filled_and_found(members: Members, store: Store) -> None:
    size = members.own.add_field("T-shirt size")
    tea = members.own.add_field("Favourite tea")
    members.own.set_values(JANA, {size: "M", tea: " Earl  Grey "})
    assert members.own.values(JANA) == {"T-shirt size": "M", "Favourite tea": "Earl Grey"}
    members.own.move_field(tea, 0)
    assert [(one.name, one.members) for one in members.own.fields()] == [("Favourite tea", 1), ("T-shirt size", 1)]
    assert members.find("earl") == [JANA]
    members.own.rename_field(tea, "Tea")
    members.own.set_values(JANA, {tea: ""})
    assert members.own.values(JANA) == {"T-shirt size": "M"}
    assert members.find("earl") == []
    undone(store)
    assert members.find("earl") == [JANA]
    before = rows(store)
    gone = members.own.remove_field(tea)
    assert (gone.name, gone.members) == ("Tea", 1)
    assert members.find("earl") == []
    undone(store)
    assert differences(rows(store), before) == {}
    assert members.find("earl") == [JANA]
    is_consistent(store)


def test_fields_are_few_and_each_has_a_name_of_its_own(members: Members) -> None:
    first = members.own.add_field("Tea")
    with pytest.raises(UserError, match="There's already a field “TEA”"):
        members.own.add_field("TEA")
    members.own.rename_field(first, "TEA")
    with pytest.raises(UserError, match="Give the field a name"):
        members.own.add_field("  ")
    with pytest.raises(UserError, match="at most 40 characters"):
        members.own.add_field("x" * 41)
    for number in range(MOST_FIELDS - 1):
        members.own.add_field(f"Field {number}")
    with pytest.raises(UserError, match=r"There are 12 fields at most\. Remove one first\."):
        members.own.add_field("One more")
    with pytest.raises(UserError, match="“TEA” has at most 1000 characters"):
        members.own.set_values(JANA, {first: "x" * 1001})
    with pytest.raises(NotFoundError, match="That field is no longer there"):
        members.own.set_values(JANA, {99: "x"})
    assert members.own.values(JANA) == {}


def test_fields_are_arranged_as_one_action(members: Members, store: Store) -> None:
    tea, size = members.own.add_field("Tea"), members.own.add_field("Size")
    gone = members.own.add_field("Dog")
    members.own.set_values(JANA, {tea: "Earl Grey", gone: "Rex"})
    before = rows(store)
    members.own.arrange([(None, "Cat"), (size, "Tea"), (tea, "Size")])
    assert [one.name for one in members.own.fields()] == ["Cat", "Tea", "Size"]
    assert members.own.values(JANA) == {"Size": "Earl Grey"}
    assert members.find("rex") == []
    undone(store)
    assert differences(rows(store), before) == {}
    assert members.find("rex") == [JANA]
    for wrong in ([(tea, "A"), (size, "a")], [(tea, " ")], [(None, f"F{n}") for n in range(13)]):
        with pytest.raises(UserError):
            members.own.arrange(wrong)
    last = store.last_action
    members.own.arrange([(tea, "Tea"), (size, "Size"), (gone, "Dog")])
    assert store.last_action == last
    is_consistent(store)


def test_the_labels_of_very_many_are_counted_at_once(store: Store) -> None:
    desk = Members(store)
    anna = desk.add("Anna")
    desk.own.label(anna, ["Baker"])
    assert desk.own.spread(range(1, 300_000)) == {"Baker": 1}
