"""When a channel says that it closes a conversation: noted with its messages, new ones and known ones."""

from __future__ import annotations

from app.base import clock
from app.base.message import Author, Incoming
from app.search.closing import closing_until
from app.workbench import Workbench
from tests.app.saying import account

NOW = clock.now()
ANNA = Author("x/anna", "anna", "Anna")


def _item(closes_at: int | None, number: str = "1", at: int = 0) -> Incoming:
    return Incoming(number, NOW + at, f"Is it vegan? {number}", ANNA, thread="t", closes_at=closes_at)


def _closes(bench: Workbench) -> int | None:
    (row,) = bench.inbox.rows([1])
    return row.told_closing


def test_it_is_noted_changed_and_taken_back(bench: Workbench) -> None:
    forum = account(bench.store, "discourse")
    bench.intake.take(forum, [_item(NOW + 5000)])
    assert _closes(bench) == NOW + 5000
    assert closing_until(bench.store.read, NOW + 4000) == {1: NOW + 5000}
    assert closing_until(bench.store.read, NOW + 4000, NOW + 4999) == {}
    assert closing_until(bench.store.read, NOW + 5000) == {}
    bench.intake.take(forum, [_item(NOW + 6000)])  # a known message tells it too
    assert _closes(bench) == NOW + 6000
    bench.intake.take(forum, [_item(None), _item(None, "2", 100)])  # who does not know changes nothing
    assert _closes(bench) == NOW + 6000
    bench.intake.take(forum, [_item(0, "3", 200)])  # the timer was taken away
    assert _closes(bench) is None
