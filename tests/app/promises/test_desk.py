"""Promises: what we said we would come back with."""

from __future__ import annotations

import pytest

from app.base.errors import NotFoundError, UserError
from app.inbox import Inbox
from app.intake import Intake
from app.promises import Promises
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
