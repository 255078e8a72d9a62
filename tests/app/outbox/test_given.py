"""What counts as given: not what is scheduled, nor what the person still has to post; and what a reply closes."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import UserError
from app.handoffs import Handoffs
from app.inbox import Inbox
from app.outbox import QUEUED, UNDECIDED
from app.teammates import Teammates
from tests.app.outbox.conftest import Place

HOUR = 3_600


def _scheduled(place: Place, *, then_done: bool = False) -> int:
    at = clock.now() + HOUR
    return place.outbox.submit(place.cleared("Later"), place.talk, hold_seconds=0, at=at, then_done=then_done)


def test_a_scheduled_reply_is_not_given_until_its_time(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = Inbox(place.store)
    number = _scheduled(place, then_done=True)
    assert (inbox.row(place.talk).state, inbox.counts()["needs_me"]) == ("needs_me", 1)
    assert inbox.row(place.talk).due is not None
    assert inbox.next_needing() is None  # nothing can be done there before
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + HOUR)
    assert place.outbox.due(now + HOUR) == [number]
    assert inbox.row(place.talk).state == "done"
    place.outbox.deliver(number, place.session)
    assert inbox.row(place.talk).state == "done"


def test_one_that_is_sent_now_counts(place: Place) -> None:
    place.outbox.send_now(_scheduled(place))
    assert place.state() == "waiting"


def test_one_that_is_put_off_counts_no_more(place: Place) -> None:
    number = place.outbox.submit(place.cleared("Soon"), place.talk, hold_seconds=60)
    assert place.state() == "waiting"
    place.outbox.postpone(number, clock.now() + HOUR)
    assert place.state() == "needs_me"
    place.undo()
    assert place.state() == "waiting"


def test_one_that_is_cancelled_leaves_it_waiting_for_us(place: Place) -> None:
    place.outbox.discard(_scheduled(place, then_done=True))
    assert place.state() == "needs_me"


@pytest.mark.parametrize(("mode", "kind"), [("assisted", "other"), ("live", "feed")])
def test_what_is_to_be_posted_by_hand_counts_once_it_was_posted(place: Place, mode: str, kind: str) -> None:
    with place.store.write() as conn:
        conn.execute("UPDATE account SET mode = ?, kind = ?", (mode, kind))
    inbox = Inbox(place.store)
    number = place.outbox.submit(place.cleared("Hello"), place.talk, hold_seconds=0, then_done=True)
    row = inbox.row(place.talk)
    assert (row.state, row.to_post, place.outbox.get(number).state) == ("needs_me", True, QUEUED)
    place.outbox.start_posting_by_hand(number)
    assert (place.state(), place.outbox.get(number).state) == ("needs_me", UNDECIDED)
    place.outbox.retry(number)
    assert place.state() == "needs_me"
    place.outbox.start_posting_by_hand(number)
    place.outbox.confirm(number)
    row = inbox.row(place.talk)
    assert (row.state, row.to_post) == ("done", False)


@pytest.mark.parametrize("mark", ["unhappy", "hard"])
def test_a_reply_closes_nothing_unhappy_without_the_word_how_it_was_solved(place: Place, mark: str) -> None:
    inbox = Inbox(place.store)
    inbox.mark(place.talk, mark, on=True)
    with pytest.raises(UserError, match="Say how it was solved"):
        place.outbox.submit(place.cleared("Hello"), place.talk, then_done=True)
    place.outbox.submit(place.cleared("Hello"), place.talk, then_done=True, solved="New crate sent")
    row = inbox.row(place.talk)
    assert (row.state, row.unhappy, row.hard) == ("done", False, False)
    assert place.one("SELECT title FROM action ORDER BY id DESC") == "Reply to Anna Bell (New crate sent)"
    place.undo()
    row = inbox.row(place.talk)
    assert (row.state, row.unhappy or row.hard) == ("needs_me", True)


def test_a_reply_that_closes_nothing_needs_no_such_word(place: Place) -> None:
    Inbox(place.store).mark(place.talk, "unhappy", on=True)
    place.outbox.submit(place.cleared("Hello"), place.talk)
    assert place.state() == "waiting"
    assert Inbox(place.store).row(place.talk).unhappy


def test_for_whom_it_waits(place: Place) -> None:
    inbox = Inbox(place.store)
    assert inbox.row(place.talk).waits_for == ""
    place.outbox.submit(place.cleared("Hello"), place.talk)
    assert inbox.row(place.talk).waits_for == "member"
    Handoffs(place.store).add(place.talk, Teammates(place.store).add("Jón"), "Find it")
    assert inbox.row(place.talk).waits_for == "team"
