"""Undo case by case: what is newer, what others use, what is replaced, and what is read by another process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from app.base.errors import UserError
from app.base.paths import Profile
from app.intake import messages
from app.store.undo import UNDOABLE
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import NOW, account, differences, indexed, is_consistent, rows, said, to_index


def test_a_message_that_came_meanwhile_stays(bench: Workbench) -> None:
    bench.inbox.done([1])
    bench.intake.take(1, [said("3", NOW + 90, "And one more", thread="t")])
    bench.actions.undo()
    row = bench.inbox.row(1)
    assert (row.state, row.messages, row.last_at, row.unread) == ("needs_me", 2, NOW + 90, 1)


def test_a_column_that_changed_since_keeps_its_newer_value(bench: Workbench) -> None:
    bench.inbox.snooze([1], NOW + 1)
    bench.inbox.wake(NOW + 2)
    bench.actions.undo()
    assert bench.inbox.row(1).state == "needs_me"


@pytest.mark.parametrize("first", [0, 1])
def test_two_changes_of_a_row_undone_in_either_order_end_at_the_start(bench: Workbench, first: int) -> None:
    before = rows(bench.store)
    actions = []
    for name in ("Anna Nagy", "Anna Kis"):
        bench.members.edit(1, {"name": name})
        actions.append(bench.store.last_action)
    bench.actions.undo(actions[first])
    assert bench.members.get(1).name == ("Anna Kis" if first == 0 else "Anna Nagy")
    bench.actions.undo(actions[1 - first])
    assert differences(rows(bench.store), before) == {}


def test_what_was_made_and_dropped_by_two_actions_stays_away_whichever_is_undone_first(bench: Workbench) -> None:
    gift = bench.gifts.log(1, "Box", "thanks", "5")
    logged = bench.store.last_action
    bench.gifts.drop(gift)
    bench.actions.undo(logged)
    bench.actions.undo()
    assert bench.gifts.listed("all") == []


def test_nothing_is_undone_twice(bench: Workbench) -> None:
    bench.inbox.done([1])
    action = bench.actions.undo()
    with pytest.raises(UserError, match="already been undone"):
        bench.actions.undo(action.id)
    with pytest.raises(UserError, match="Nothing to undo"):
        bench.actions.undo()


def test_what_something_newer_rests_on_is_not_undone_and_nothing_is_half_done(bench: Workbench) -> None:
    member = bench.members.add("Carla")
    made = bench.store.last_action
    bench.gifts.log(member, "Box", "thanks", "5")
    before = rows(bench.store, (*UNDOABLE, "action"))
    with pytest.raises(UserError, match="something newer depends on it"):
        bench.actions.undo(made)
    assert differences(rows(bench.store, (*UNDOABLE, "action")), before) == {}
    bench.actions.undo()
    bench.actions.undo(made)
    assert bench.members.count() == 2


def test_what_hangs_on_it_is_not_swept_away(bench: Workbench) -> None:
    bench.in_person.note(1, "likes lemons")
    heard = bench.store.last_action
    conversation = bench.inbox.conversation_of(bench.search.messages("lemons")[0].message_id)
    bench.inbox.keep_draft(conversation, "words that I have typed")
    with pytest.raises(UserError, match="depends on it"):
        bench.actions.undo(heard)
    assert bench.inbox.open(conversation).draft == "words that I have typed"


def test_a_label_that_others_carry_too_stays(bench: Workbench) -> None:
    bench.inbox.label(1, ["parcel"])
    first = bench.store.last_action
    bench.inbox.label(2, ["parcel"])
    bench.actions.undo(first)
    assert (bench.inbox.labels(1), bench.inbox.labels(2)) == ((), ("parcel",))
    bench.actions.undo()
    assert bench.inbox.labels(2) == ()


def test_the_first_talk_in_person_can_be_undone_before_the_second(bench: Workbench) -> None:
    bench.in_person.note(1, "likes lemons")
    first = bench.store.last_action
    bench.in_person.note(1, "dislikes sugar")
    bench.actions.undo(first)
    assert [hit.text for hit in bench.search.messages("likes")] == []
    assert [hit.text for hit in bench.search.messages("sugar")] == ["dislikes sugar"]
    is_consistent(bench.store)


def test_a_replaced_row_comes_back(bench: Workbench) -> None:
    with bench.store.write("Said in other words") as conn:
        conn.execute("INSERT INTO voice_guide (id, who_we_are, version) VALUES (1, 'We are kind', 1)")
    before = rows(bench.store)
    with bench.store.write("Replaced") as conn:
        conn.execute("INSERT OR REPLACE INTO voice_guide (id, who_we_are, version) VALUES (1, 'We are kinder', 2)")
        conn.execute("INSERT OR REPLACE INTO label (id, name) VALUES (9, 'stock')")
    with bench.store.write("Replaced by name") as conn:
        conn.execute("INSERT OR REPLACE INTO label (id, name) VALUES (10, 'stock')")
    bench.actions.undo()
    bench.actions.undo()
    assert differences(rows(bench.store), before) == {}


def test_a_number_is_not_given_again(bench: Workbench) -> None:
    first = bench.gifts.log(1, "Box", "thanks", "5")
    bench.gifts.drop(first)
    second = bench.gifts.log(1, "Card", "thanks", "1")
    assert second > first
    bench.actions.undo()
    bench.actions.undo()
    assert [gift.id for gift in bench.gifts.listed("all")] == [first]


def test_a_member_is_found_by_what_is_true_again(bench: Workbench) -> None:
    bench.members.edit(1, {"name": "Zuzana", "note": "gluten"})
    bench.actions.undo()
    assert (bench.members.find("zuz"), bench.members.find("gluten"), bench.members.find("anna")) == ([], [], [1])
    bench.members.merge(1, 2)
    assert bench.members.find("béla") == [1]
    bench.actions.undo()
    assert (bench.members.find("anna"), bench.members.find("bela")) == ([1], [2])


def test_undo_survives_a_restart_and_finds_the_index_right(profile: Profile) -> None:
    bench = Workbench(profile)
    bench.intake.take(account(bench.store), [said("1", NOW)])
    before = rows(bench.store)
    bench.in_person.note(1, "likes lemons")
    bench.close()
    again = Workbench(profile)
    again.actions.undo()
    assert differences(rows(again.store), before) == {}
    is_consistent(again.store)
    again.close()


def test_a_reply_taken_back_stands_before_what_was_begun_since(bench: Workbench) -> None:
    cleared = bench.voice.clear(Draft(text="Thank you"))
    bench.outbox.submit(cleared, 1)
    bench.inbox.keep_draft(1, "P.S.")
    bench.actions.undo()
    assert bench.inbox.open(1).draft == "Thank you\n\nP.S."


def test_a_draft_written_on_since_is_not_taken_away(bench: Workbench) -> None:
    with bench.store.write("Put words back") as conn:
        conn.execute("INSERT INTO draft (conversation_id, text, at) VALUES (1, 'Thank', 0)")
    bench.inbox.keep_draft(1, "Thank you so much")
    bench.actions.undo()
    assert bench.inbox.open(1).draft == "Thank you so much"


def test_what_comes_to_nothing_is_no_action(bench: Workbench) -> None:
    bench.inbox.label(1, ["a"], ["a"])
    bench.inbox.mark(1, "hard", on=False)
    assert [action.title for action in bench.actions.last(9)] == [bench.actions.last()[0].title]
    bench.actions.undo()


def test_an_action_that_fails_leaves_no_trace(bench: Workbench) -> None:
    before = rows(bench.store, (*UNDOABLE, "action"))
    with suppress(ZeroDivisionError), bench.store.write("Goes wrong") as conn:
        conn.execute("UPDATE conversation SET closed = 1")
        raise ZeroDivisionError
    assert differences(rows(bench.store, (*UNDOABLE, "action")), before) == {}
    bench.inbox.done([1])
    bench.actions.undo()
    assert differences(rows(bench.store), {name: before[name] for name in (*UNDOABLE, "tally")}) == {}


def _first(bench: Workbench) -> int:
    return int(bench.store.read.execute("SELECT min(id) FROM message").fetchone()[0])


def _changed_twice(bench: Workbench) -> None:
    number = _first(bench)
    with bench.store.write("Correct twice") as conn:
        messages.edit(conn, number, "zebra crossing", NOW + 5)
        messages.edit(conn, number, "quagga crossing", NOW + 6)


def _made_and_changed(bench: Workbench) -> None:
    with bench.store.write("Say and correct") as conn:
        zebra = messages.NewMessage(
            900, 1, 1, "900", None, None, at=NOW, out=True, kind="said", text="zebra", language="en", url=""
        )
        messages.insert(conn, [zebra])
        messages.edit(conn, 900, "quagga", NOW + 6)


def _changed_and_deleted(bench: Workbench) -> None:
    number = _first(bench)
    with bench.store.write("Correct and delete") as conn:
        messages.edit(conn, number, "zebra crossing", NOW + 5)
        messages.remove(conn, [number])


@pytest.mark.parametrize("deed", [_changed_twice, _made_and_changed, _changed_and_deleted])
def test_the_search_index_follows_a_message_that_one_action_touched_twice(
    bench: Workbench, deed: Callable[[Workbench], None]
) -> None:
    before = indexed(bench.store)
    deed(bench)
    after = indexed(bench.store)
    assert after != before
    for _ in range(2):
        bench.actions.undo()
        assert indexed(bench.store) == to_index(bench.store) == before
        bench.actions.redo()
        assert indexed(bench.store) == to_index(bench.store) == after
    with bench.store.write() as conn:
        conn.execute("INSERT INTO message_index (message_index) VALUES ('integrity-check')")
