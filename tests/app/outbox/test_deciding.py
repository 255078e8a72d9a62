"""Taking back, confirming, trying again, giving up; and our own message that comes back by sync."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.base.message import Reply
from app.channels.base import Sent, UnknownOutcome
from app.inbox import Inbox
from app.inbox.answers import stays_open
from app.outbox import DISCARDED, FAILED, HELD, QUEUED, SENT, UNDECIDED
from app.templates import Templates, Text
from app.voice import ASK, Draft, Rule, clear
from tests.app.outbox.conftest import Place
from tests.channels.fake import FakeSession


def test_submitting_is_one_action_that_can_be_taken_back(place: Place) -> None:
    template = Templates(place.store).add("hi", "Hi", texts=[Text("en", "A", "Hi")])
    with place.store.write() as conn:
        conn.execute("INSERT INTO draft (conversation_id, text, at) VALUES (1, 'an older draft', 0)")
    number = place.outbox.submit(
        place.cleared("Hello Anna", template_id=template, variant="A"), place.talk, then_done=True
    )
    found = place.outbox.get(number)
    assert (found.state, found.to_whom, place.state()) == (HELD, "Anna Bell", "done")
    assert place.one("SELECT title FROM action ORDER BY id DESC") == "Reply to Anna Bell"
    assert place.one("SELECT count(*) FROM draft") == 0
    assert place.one("SELECT count(*) FROM template_use") == 1
    place.outbox.undo_send(number)
    assert place.state() == "needs_me"
    assert place.one("SELECT text FROM draft") == "Hello Anna"
    assert place.one("SELECT count(*) FROM template_use") == 0
    assert place.one("SELECT waiting_since FROM conversation") is not None
    with pytest.raises(NotFoundError):
        place.outbox.get(number)
    with pytest.raises(UserError):
        place.outbox.undo_send(number)


def test_queued_and_failed_can_be_taken_back_too(place: Place) -> None:
    place.submit("hello")
    place.undo()
    number = place.submit("[refused] hello")
    place.outbox.deliver(number, place.session)
    place.undo()
    assert place.one("SELECT text FROM draft") == "[refused] hello"


@pytest.mark.parametrize("mark", ["unhappy", "hard"])
def test_a_reply_closes_nothing_that_is_marked(place: Place, mark: str) -> None:
    inbox = Inbox(place.store)
    inbox.mark([place.talk], mark, on=True)
    number = place.submit("I'll tell you tomorrow", then_done=True)
    place.outbox.deliver(number, place.session)
    assert (place.outbox.get(number).state, place.state()) == (SENT, "waiting")
    assert "stays open" in stays_open(inbox.row(place.talk))
    inbox.done([place.talk], reason="A new one came.")
    assert (place.state(), stays_open(inbox.row(place.talk))) == ("done", "")


def test_solved_while_the_reply_is_held_it_stays_closed(place: Place) -> None:
    inbox = Inbox(place.store)
    inbox.mark([place.talk], "unhappy", on=True)
    number = place.submit("A new one comes", then_done=True)
    inbox.done([place.talk], reason="A new one came.")
    place.outbox.deliver(number, place.session)
    assert place.state() == "done"


def test_what_is_sent_cannot_be_taken_back(place: Place) -> None:
    number = place.submit("hello", then_done=True)
    place.outbox.deliver(number, place.session)
    with pytest.raises(UserError, match="already been sent"):
        place.undo()
    assert (place.outbox.get(number).state, place.state()) == (SENT, "done")
    with pytest.raises(UserError, match="already been sent"):
        place.outbox.undo_send(number)


def test_what_may_be_out_cannot_be_taken_back(place: Place) -> None:
    number = place.submit("[close_after] hello")
    place.outbox.deliver(number, place.session)
    with pytest.raises(UserError, match="may already have been sent"):
        place.undo()
    place.outbox.retry(number)
    place.undo()  # the trying again, not the reply
    assert place.outbox.get(number).state == UNDECIDED
    place.outbox.retry(number)
    with pytest.raises(UserError, match="may already have been sent"):
        place.outbox.undo_send(number)


def test_a_sent_row_is_not_undecided_again_by_undo(place: Place) -> None:
    class BrokenOnce(FakeSession):
        def send(self, reply: Reply) -> Sent:
            raise UnknownOutcome(reply.key)

    number = place.submit("hello")
    place.outbox.deliver(number, BrokenOnce(place.session.port))
    place.outbox.retry(number)
    assert place.outbox.deliver(number, place.session).state == SENT
    with pytest.raises(UserError, match="already been sent"):
        place.undo()


def test_the_same_words_are_not_submitted_twice(place: Place) -> None:
    place.submit("hello", hold=10)
    with pytest.raises(UserError, match="already on its way"):
        place.submit("hello", hold=10)
    place.submit("hello, and one more thing", hold=10)


def test_confirming(place: Place) -> None:
    number = place.submit("[close_after] hello", then_done=True)
    place.outbox.deliver(number, place.session)
    place.outbox.confirm(number)
    found = place.outbox.get(number)
    assert (found.state, place.state()) == (SENT, "done")
    assert place.one("SELECT text FROM message WHERE id = ?", found.message_id) == "[close_after] hello"
    with pytest.raises(UserError, match="is sent"):
        place.outbox.retry(number)
    place.undo()
    assert place.outbox.get(number).state == UNDECIDED
    assert place.state() == "needs_me"
    assert place.one("SELECT count(*) FROM message WHERE out = 1") == 0
    assert place.one("SELECT messages FROM conversation") == 1


def test_discarding_gives_the_words_back(place: Place) -> None:
    number = place.submit("[refused] hello", then_done=True)
    place.outbox.deliver(number, place.session)
    assert place.outbox.discard(number)
    assert (place.outbox.get(number).state, place.state()) == (DISCARDED, "needs_me")
    assert place.one("SELECT text FROM draft") == "[refused] hello"
    place.undo()
    assert place.outbox.get(number).state == FAILED
    with pytest.raises(UserError, match="can't be marked"):
        place.outbox.confirm(number)
    assert place.outbox.counts()[FAILED] == 1


def test_discarding_leaves_a_draft_that_was_begun_meanwhile_alone_and_says_so(place: Place) -> None:
    number = place.submit("[refused] hello")
    place.outbox.deliver(number, place.session)
    Inbox(place.store).keep_draft(place.talk, "another")
    assert not place.outbox.discard(number)
    assert place.one("SELECT text FROM draft") == "another"


def test_send_now_ends_the_hold(place: Place) -> None:
    number = place.submit("hello", hold=10)
    assert place.outbox.due() == []
    place.outbox.send_now(number)
    assert place.outbox.due() == [number]


def test_a_word_that_came_in_meanwhile_is_not_passed_over(place: Place) -> None:
    number = place.submit("Sorry!", then_done=True)
    place.said("And it is the second time", "m2", clock.now() - 30)
    assert place.state() == "needs_me"
    place.outbox.deliver(number, place.session)
    assert place.state() == "needs_me"
    assert place.one("SELECT waiting_since FROM conversation") is not None
    assert place.one("SELECT messages FROM conversation") == 3


@pytest.mark.parametrize("by", ["key", "words"])
def test_our_own_message_meets_its_undecided_row(place: Place, by: str) -> None:
    number = place.submit("[close_after] Héllo there", then_done=True)
    key = place.outbox.deliver(number, place.session).key
    place.said("[close_after]  héllo\nthere!", key if by == "key" else "r77", clock.now(), out=True)
    found = place.outbox.get(number)
    assert (found.state, found.remote_id) == (SENT, key if by == "key" else "r77")
    assert place.one("SELECT count(*) FROM message WHERE out = 1") == 1
    assert place.state() == "done"
    assert place.outbox.to_look_up() == []


def test_other_words_of_ours_meet_nothing(place: Place) -> None:
    number = place.submit("[close_after] hello")
    place.outbox.deliver(number, place.session)
    place.said("Something else", "r77", clock.now(), out=True)
    assert place.outbox.get(number).state == UNDECIDED


def test_a_confirmed_one_gives_way_to_the_channels_own_copy(place: Place) -> None:
    number = place.submit("[close_after] hello", then_done=True)
    place.outbox.deliver(number, place.session)
    place.outbox.confirm(number)
    place.said("[close_after] hello", "r77", clock.now(), out=True)
    assert place.one("SELECT count(*) FROM message WHERE out = 1") == 1
    assert place.one("SELECT messages FROM conversation") == 2
    assert place.one("SELECT remote_id FROM message WHERE id = ?", place.outbox.get(number).message_id) == "r77"
    assert place.one("SELECT count(*) FROM message_index WHERE message_index MATCH 'hello'") == 1


def test_a_copy_that_came_in_before_is_the_message(place: Place) -> None:
    number = place.submit("hello")
    key = place.outbox.get(number).key
    place.said("hello", "r1", clock.now(), out=True)  # sync was quicker than our own note of it
    sent = place.outbox.deliver(number, place.session)
    assert sent.key == key
    assert place.one("SELECT count(*) FROM message WHERE out = 1") == 1
    assert place.one("SELECT id FROM message WHERE remote_id = 'r1'") == sent.message_id


def test_coming_back_by_sync_adds_nothing(place: Place) -> None:
    number = place.submit("hello")
    sent = place.outbox.deliver(number, place.session)
    place.said("hello", sent.remote_id or "", clock.now(), out=True)
    assert place.one("SELECT count(*) FROM message WHERE out = 1") == 1
    assert place.outbox.get(number) == sent


def test_what_was_sent_past_is_kept(place: Place) -> None:
    rule = Rule(5, ("refund*",), ASK, "Legal", "en", "legal")
    cleared = clear(Draft("a refund", "en"), [rule], reason="Dóra agreed")
    number = place.outbox.submit(cleared, place.talk)
    assert '"reason": "Dóra agreed"' in place.outbox.get(number).overrides


def test_a_conversation_from_a_file_answers_through_a_live_account(place: Place) -> None:
    with place.store.write() as conn:
        conn.execute("UPDATE account SET mode = 'file'")
    with pytest.raises(UserError, match="came from a file"):
        place.submit("hello")
    with place.store.write() as conn:
        conn.execute("INSERT INTO account (id, kind, name, created_at) VALUES (2, 'fake', 'Live', 0)")
    number = place.submit("hello")
    assert place.outbox.get(number).account == "Live"
    assert place.outbox.deliver(number, place.session).state == SENT
    assert [one.state for one in place.outbox.entries((SENT, QUEUED), place.talk)] == [SENT]


def test_a_row_tells_an_answer_that_is_not_out_from_one_that_is(place: Place) -> None:
    inbox = Inbox(place.store)
    place.outbox.submit(place.cleared("Later"), place.talk, hold_seconds=0, at=clock.now() + 3_600)
    row = inbox.row(place.talk)
    assert (row.state, row.last_out, row.ours, row.queued) == ("waiting", True, False, False)
    assert row.due is not None
    place.outbox.send_now(place.outbox.entries()[0].id)
    row = inbox.row(place.talk)
    assert (row.state, row.ours, row.due, row.queued) == ("waiting", False, None, True)
    place.said("Later", "sent-1", clock.now(), out=True)
    assert inbox.row(place.talk).ours
