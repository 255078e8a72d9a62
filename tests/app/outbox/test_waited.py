"""What waited in a restored file is looked for before it is sent: every kind of row, in the one honest state."""

from __future__ import annotations

import pytest

from app.base import clock
from app.outbox import HELD, QUEUED, SENT, UNDECIDED
from app.outbox.cooling import SHOWN_SECONDS, mark
from app.outbox.waited import doubt
from tests.app.outbox.conftest import Place
from tests.channels.fake import FakeSession

HOUR = 3600


def released(place: Place) -> int:
    """What waits, an hour old, is doubted as after a restore; how many do."""
    with place.store.write() as conn:
        conn.execute("UPDATE outbox SET created_at = created_at - ?1, held_until = held_until - ?1", (HOUR,))
        return doubt(conn, clock.now())


def thread(place: Place) -> int:
    """A thread of two parts that waits; the id of the first, to which that of the second is next."""
    first = place.submit("One.")
    given = "account_id, conversation_id, state, created_at, held_until, next_at"
    with place.store.write() as conn:
        conn.execute(
            f"INSERT INTO outbox (key, text, after_id, {given}) SELECT 'second', 'Two.', id, {given} FROM outbox"
        )
    return first


def look_up_all(place: Place, session: FakeSession | None = None) -> list[str]:
    return [place.outbox.look_up(number, session or place.session).state for number in place.outbox.to_look_up()]


def test_nothing_is_sent_before_it_was_looked_for(place: Place) -> None:
    number = place.submit("Sorry!", then_done=True)
    assert place.state() == "done"
    assert released(place) == 1
    assert place.outbox.due() == []
    assert place.state() == "needs_me", "nobody knows whether it is answered"
    assert look_up_all(place) == [QUEUED]
    assert place.state() == "done"
    assert place.outbox.due() == [number]
    assert place.outbox.deliver(number, place.session).state == SENT
    assert len(place.keys()) == 1


def test_what_is_there_is_sent_and_answers(place: Place) -> None:
    number = place.submit("Sorry!", then_done=True)
    entry = place.outbox.get(number)
    place.outbox.deliver(number, place.session)
    with place.store.write() as conn:  # as it stood in the backup, when it had not gone
        conn.execute(
            "UPDATE outbox SET state = 'queued', tried = 0, sent_at = NULL, message_id = NULL, remote_id = NULL"
        )
        conn.execute("DELETE FROM message WHERE out = 1")
    released(place)
    assert look_up_all(place) == [SENT]
    assert place.state() == "done"
    assert place.keys() == [entry.key]


def test_a_channel_that_cannot_tell_leaves_it_to_the_person_for_good(place: Place) -> None:
    number = place.submit("Sorry!")
    released(place)
    assert look_up_all(place, FakeSession(place.session.port, tells=False)) == [UNDECIDED]
    assert place.outbox.to_look_up(clock.now() + 10**9) == []
    assert place.outbox.due(clock.now() + 10**9) == []
    assert place.outbox.get(number).error == "The fake channel cannot tell."


def test_a_look_up_that_fails_is_made_again_and_sends_nothing(place: Place) -> None:
    number = place.submit("Sorry!")
    released(place)
    assert look_up_all(place, FakeSession(1)) == [UNDECIDED]
    assert place.outbox.due(clock.now() + 10**9) == []
    assert place.outbox.to_look_up(clock.now() + HOUR) == [number]


def test_a_part_of_a_thread_waits_for_the_part_before_it(place: Place) -> None:
    first = thread(place)
    second = first + 1
    assert released(place) == 2
    assert place.outbox.to_look_up() == [first]
    assert place.outbox.next_at() is not None
    assert look_up_all(place) == [QUEUED]
    assert place.outbox.to_look_up() == []
    assert place.outbox.due() == [first]
    place.outbox.deliver(first, place.session)
    assert place.outbox.due() == []
    assert place.outbox.to_look_up() == [second]
    assert look_up_all(place) == [QUEUED]
    assert place.outbox.due() == [second]


def test_one_that_the_person_has_to_decide_on_does_not_keep_the_schedule_busy(place: Place) -> None:
    first = thread(place)
    released(place)
    look_up_all(place, FakeSession(place.session.port, tells=False))
    assert place.outbox.next_at() is None
    place.outbox.discard(first)
    assert [entry.state for entry in place.outbox.entries()] == [], "the part after it has nothing left to continue"
    assert place.one("SELECT text FROM draft") == "One.\n\nTwo."


def test_one_that_cools_off_is_shown_again_before_it_goes(place: Place) -> None:
    number = place.outbox.submit(place.cleared("Well!"), place.talk, at=clock.now() + 600)
    mark(place.store, number)
    released(place)
    before = clock.now()
    assert look_up_all(place) == [HELD]
    entry = place.outbox.get(number)
    assert entry.cools
    assert entry.held_until >= before + SHOWN_SECONDS
    assert place.outbox.due() == []


def test_a_scheduled_one_that_the_person_says_is_not_there_keeps_its_time(place: Place) -> None:
    at = clock.now() + 3 * HOUR
    number = place.outbox.submit(place.cleared("Tomorrow."), place.talk, at=at)
    released(place)
    look_up_all(place, FakeSession(place.session.port, tells=False))
    place.outbox.retry(number)
    entry = place.outbox.get(number)
    assert (entry.state, entry.held_until) == (HELD, at - HOUR)
    assert place.outbox.due() == []


def test_a_failed_one_stays_failed_and_is_met_by_its_words(place: Place) -> None:
    number = place.submit("[refused] hello")
    assert place.outbox.deliver(number, place.session).state == "failed"
    assert released(place) == 0
    place.said("[refused] hello", "r77", clock.now(), out=True)
    assert place.outbox.get(number).state == SENT
    assert place.one("SELECT count(*) FROM message WHERE out = 1") == 1


@pytest.mark.parametrize("hold", [0, 30])
def test_what_is_posted_by_hand_is_asked_about(place: Place, hold: int) -> None:
    with place.store.write() as conn:
        conn.execute("UPDATE account SET mode = 'assisted'")
    number = place.submit("I post it.", hold=hold)
    released(place)
    entry = place.outbox.get(number)
    assert (entry.state, entry.next_at) == (UNDECIDED, None)
    assert entry.error.endswith("Have you posted it already?")
    assert place.outbox.to_look_up(clock.now() + 10**9) == []
    place.outbox.retry(number)
    assert [one.id for one in place.outbox.by_hand()] == [number]


def test_what_may_have_been_sent_cannot_be_taken_back_by_undo(place: Place) -> None:
    number = place.submit("Sorry!")
    released(place)
    with pytest.raises(Exception, match="may already have been sent"):
        place.outbox.undo_send(number)


def test_what_was_written_later_is_in_no_doubt(place: Place) -> None:
    number = place.submit("Written while the file was on hold.")
    with place.store.write() as conn:
        assert doubt(conn, place.outbox.get(number).created_at - 1) == 0
    assert place.outbox.due() == [number]
    with place.store.write() as conn:
        assert doubt(conn, place.outbox.get(number).created_at) == 1
    assert place.outbox.due() == []
