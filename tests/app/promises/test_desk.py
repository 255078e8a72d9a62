"""Promises: what we said we would come back with."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.inbox import Inbox
from app.intake import Intake
from app.promises import InTime, Promises, move_conversation
from app.store.store import Store
from tests.app.saying import NOW, account, said


@pytest.fixture
def promises(store: Store) -> Promises:
    Intake(store).take(account(store), [said("1", NOW, thread="t")])
    return Promises(store)


def test_the_soonest_due_comes_first_and_what_has_no_day_last(promises: Promises) -> None:
    for what, due in (("some day", ""), ("later", "2026-12-24"), ("soon", "2026-12-01")):
        promises.add(1, what, due, 1)
    assert [one.what for one in promises.open()] == ["soon", "later", "some day"]
    assert [one.what for one in promises.of_member(1)] == ["soon", "later", "some day"]
    assert [one.due_on for one in promises.open()] == ["2026-12-01", "2026-12-24", ""]


def test_only_telling_the_member_or_a_reason_closes_one(promises: Promises) -> None:
    kept, dropped, left = (promises.add(1, what) for what in ("kept", "dropped", "left"))
    promises.keep(kept)
    with pytest.raises(UserError, match="a short reason"):
        promises.drop(dropped, " ")
    promises.drop(dropped, "sold out")
    assert [one.id for one in promises.open()] == [left]
    assert [one.id for one in promises.of_member(1, only_open=True)] == [left]
    found = {one.id: one for one in promises.of_member(1)}
    assert next(iter(found)) == left
    assert found[kept].kept_at is not None
    assert found[dropped].dropped_why == "sold out"


def test_a_promise_says_what_and_is_there(promises: Promises) -> None:
    with pytest.raises(UserError, match="what was promised"):
        promises.add(1, "  ")
    with pytest.raises(NotFoundError, match="no longer exists"):
        promises.keep(99)


def test_each_is_an_action_of_its_own(promises: Promises, store: Store) -> None:
    number = promises.add(1, "write back", at=NOW)
    promises.keep(number)
    titles = [row[0] for row in store.read.execute("SELECT title FROM action ORDER BY id")]
    assert titles == ["Promise: write back", "Promise kept: write back"]
    store.undo_action(store.last_action or 0)
    assert [one.at for one in promises.open()] == [NOW]


def test_a_conversation_says_of_each_promise_whether_it_is_open_kept_or_dropped(
    store: Store, promises: Promises
) -> None:
    kept, dropped, _ = (promises.add(1, what, "", 1) for what in ("kept", "dropped", "open"))
    promises.keep(kept)
    promises.drop(dropped, "sold out")
    lines = Inbox(store).open(1, 10).lines
    assert {line.text: line.state for line in lines if line.kind == "promise"} == {
        "kept": "kept", "dropped": "dropped", "open": "open",
    }  # fmt: skip


def test_kept_in_time_is_counted_from_the_rows_as_they_are(promises: Promises) -> None:
    today = clock.local(clock.now()).date()
    yesterday, tomorrow = (today + timedelta(days=days) for days in (-1, 1))
    for due in (tomorrow, yesterday):
        promises.keep(promises.add(1, "kept", due.isoformat()))
    promises.keep(promises.add(1, "whenever"))
    promises.add(1, "late", yesterday.isoformat())
    promises.add(1, "soon", tomorrow.isoformat())
    promises.drop(promises.add(1, "dropped", yesterday.isoformat()), "sold out")
    assert promises.in_time() == promises.in_time(1) == InTime(2, 4, 2, 1)
    assert promises.in_time(2) == InTime(0, 0, 0, 0)
    by_hand = [one for one in promises.listed("kept") if not one.due_on or one.due_on >= today.isoformat()]
    assert len(by_hand) == promises.in_time().in_time
    said = [one.in_time(today.isoformat()) for one in promises.listed("all")]
    assert (said.count(True), said.count(False), said.count(None)) == (2, 2, 2)
    week_ago = clock.now() - 7 * 86_400
    assert promises.in_time(None, week_ago, clock.now() + 1).in_time == 2
    assert promises.in_time(None, week_ago - 86_400, week_ago).over == 0


def test_what_is_closed_is_not_closed_again(promises: Promises) -> None:
    kept, dropped = promises.add(1, "kept"), promises.add(1, "dropped")
    promises.keep(kept)
    promises.drop(dropped, "sold out")
    for number in (kept, dropped):
        with pytest.raises(UserError, match="already"):
            promises.keep(number)
        with pytest.raises(UserError, match="already"):
            promises.drop(number, "why")
    assert promises.get(dropped).dropped_at is not None


def test_a_reply_can_keep_the_conversation_s_promises_and_the_member_s_others(promises: Promises) -> None:
    others, here = promises.add(1, "elsewhere", "2026-01-01"), promises.add(1, "here", "", 1)
    promises.keep(promises.add(1, "kept", "", 1))
    assert [one.id for one in promises.to_keep(1, 1)] == [here, others]
    assert [one.id for one in promises.to_keep(1, None)] == [here]
    assert promises.to_keep(None, None) == []


def test_what_follows_a_message_to_another_conversation_are_its_promises(promises: Promises, store: Store) -> None:
    with_message, without = promises.add(1, "by a reply", "", 1), promises.add(1, "by hand", "", 1)
    with store.write() as conn:
        Intake(store).take(1, [said("2", NOW + 60, thread="other")])
        (message,) = conn.execute("SELECT id FROM message ORDER BY id DESC").fetchone()
        conn.execute("UPDATE promise SET message_id = ? WHERE id = ?", (message, with_message))
        move_conversation(conn, 1, 2, [message])
    assert [promises.get(one).conversation_id for one in (with_message, without)] == [2, 1]
