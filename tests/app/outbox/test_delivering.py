"""Each way in which a channel can fail leaves the row in the one honest state."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Reply
from app.channels.base import AuthNeeded, Sent
from app.outbox import FAILED, HELD, QUEUED, SENDING, SENT, UNDECIDED, Outbox, make_key, patience
from app.store.store import Store
from tests.app.outbox.conftest import Place
from tests.channels.fake import FakeSession
from tests.waiting import wait_until


def test_a_reply_goes_out_once_and_stands_in_the_conversation(place: Place) -> None:
    number = place.submit("Sorry, a new one comes.", then_done=True)
    assert place.outbox.due() == [number]
    sent = place.outbox.deliver(number, place.session)
    assert (sent.state, sent.remote_id, sent.tried) == (SENT, "r1", 1)
    assert place.outbox.deliver(number, place.session) == sent
    assert place.keys() == [sent.key]
    row = place.store.read.execute(
        "SELECT out, text, remote_id, parent_id FROM message WHERE id = ?", (sent.message_id,)
    )
    assert tuple(row.fetchone()) == (1, "Sorry, a new one comes.", "r1", "m1")
    assert place.state() == "done"
    assert place.one("SELECT messages FROM conversation") == 2
    assert place.one("SELECT count(*) FROM message_index WHERE message_index MATCH 'comes'") == 1
    assert place.outbox.due() == []


@pytest.mark.parametrize(
    ("mode", "state", "arrived"),
    [
        ("ok", SENT, 1), ("close_before", UNDECIDED, 0), ("close_after", UNDECIDED, 1), ("hang_before", UNDECIDED, 0),
        ("hang_after", UNDECIDED, 1), ("error_after", UNDECIDED, 1), ("error_before", UNDECIDED, 0),
        ("broken", UNDECIDED, 1), ("refused", FAILED, 0), ("busy", QUEUED, 0),
    ],
)  # fmt: skip
def test_failures(place: Place, mode: str, state: str, arrived: int) -> None:
    number = place.submit(f"[{mode}] hello", then_done=True)
    assert place.state() == "done"
    patience = 0.5 if mode.startswith("hang") else 60.0
    found = place.outbox.deliver(number, FakeSession(place.session.port, timeout=patience))
    wait_until(lambda: len(place.keys()) >= arrived)
    assert (found.state, len(place.keys())) == (state, arrived)
    assert bool(found.error) == (state != SENT)
    assert place.state() == ("needs_me" if state in (UNDECIDED, FAILED) else "done")
    assert place.outbox.due() == []
    if state == QUEUED:
        assert found.next_at is not None
        assert found.next_at >= clock.now() + 119


@pytest.mark.parametrize(("mode", "state"), [("close_after", SENT), ("close_before", QUEUED)])
def test_what_became_of_it_is_looked_up(place: Place, mode: str, state: str) -> None:
    number = place.submit(f"[{mode}] hello", then_done=True)
    place.outbox.deliver(number, place.session)
    assert place.outbox.to_look_up() == [number]
    found = place.outbox.look_up(number, place.session)
    assert found.state == state
    assert place.state() == "done"
    assert place.one("SELECT count(*) FROM message WHERE out = 1") == (state == SENT)
    assert len(place.keys()) == (state == SENT)


def test_a_slow_server_is_given_its_time(store: Store, place: Place) -> None:
    place.outbox.close()
    patient = Outbox(store, settle=50)
    number = place.submit("[close_before] hello")
    patient.deliver(number, place.session)
    assert patient.to_look_up() == []
    assert patient.to_look_up(clock.now() + 51) == [number]
    assert patient.look_up(number, place.session).state == UNDECIDED
    patient.close()


def test_where_the_channel_cannot_tell_the_person_is_asked(place: Place) -> None:
    number = place.submit("[close_after] hello")
    place.outbox.deliver(number, place.session)
    found = place.outbox.look_up(number, FakeSession(place.session.port, tells=False))
    assert (found.state, found.next_at) == (UNDECIDED, None)
    assert found.error == "The fake channel cannot tell.", "in the channel's words, which know what is there"
    assert place.outbox.to_look_up(clock.now() + 10**9) == []


def test_a_look_up_that_cannot_be_made_is_made_later(place: Place) -> None:
    number = place.submit("[close_after] hello")
    place.outbox.deliver(number, place.session)
    found = place.outbox.look_up(number, FakeSession(1))
    assert found.state == UNDECIDED
    assert found.next_at is not None
    assert place.outbox.look_up(number, place.session).state == SENT


def test_a_server_that_is_not_there_is_tried_again(place: Place) -> None:
    number = place.submit("hello")
    found = place.outbox.deliver(number, FakeSession(1))
    assert (found.state, found.unsure) == (QUEUED, False)
    assert place.outbox.due() == []
    assert place.outbox.due(clock.now() + 31) == [number]
    assert place.outbox.next_at() == found.next_at


def test_no_login_is_recorded_and_said(place: Place) -> None:
    number = place.submit("[auth] hello")
    with pytest.raises(AuthNeeded):
        place.outbox.deliver(number, place.session)
    assert place.outbox.get(number).state == FAILED
    place.outbox.retry(number)
    assert place.outbox.due() == [number]


def test_nothing_is_due_for_an_account_that_is_not_on(place: Place) -> None:
    place.submit("hello")
    with place.store.write() as conn:
        conn.execute("UPDATE account SET state = 'needs_login'")
    assert place.outbox.due() == []


def test_a_second_reply_waits_for_the_first(place: Place) -> None:
    first, second = place.submit("[busy] one"), place.submit("two")
    assert place.outbox.due() == [first]
    place.outbox.deliver(first, place.session)
    assert place.outbox.due() == []
    place.outbox.discard(first)
    assert place.outbox.due() == [second]


def test_an_interrupt_while_sending_leaves_it_undecided(place: Place) -> None:
    class Interrupted(FakeSession):
        def send(self, reply: Reply) -> Sent:
            super().send(reply)
            raise KeyboardInterrupt

    number = place.submit("hello")
    with pytest.raises(KeyboardInterrupt):
        place.outbox.deliver(number, Interrupted(place.session.port))
    assert place.outbox.get(number).state == UNDECIDED


def test_the_row_is_marked_on_the_disk_before_the_first_byte(place: Place) -> None:
    seen = []

    class Looking(FakeSession):
        def send(self, reply: Reply) -> Sent:
            other = Store(place.store.path)
            seen.append(other.read.execute("SELECT state, key FROM outbox").fetchone()[:])
            other.close()
            return super().send(reply)

    number = place.submit("hello")
    sent = place.outbox.deliver(number, Looking(place.session.port))
    assert seen == [(SENDING, sent.key)]


def test_one_process_sends(place: Place) -> None:
    number = place.submit("hello")
    assert place.outbox.take_charge()
    other = Outbox(place.store, settle=0)
    assert not other.take_charge()
    assert other.due() == []
    with pytest.raises(UserError, match="another Rapport"):
        other.deliver(number, place.session)
    place.outbox.close()
    assert other.due() == [number]
    other.close()


def test_what_a_dead_process_was_sending_is_undecided(place: Place) -> None:
    number = place.submit("hello", then_done=True)
    with place.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'sending', sending_at = ?", (clock.now(),))
    assert place.outbox.take_charge()
    found = place.outbox.get(number)
    assert (found.state, found.unsure, place.state()) == (UNDECIDED, True, "needs_me")
    assert "stopped" in found.error


def test_what_was_held_stays_held_and_can_be_taken_back_after_a_crash(place: Place) -> None:
    number = place.submit("hello", hold=10)
    with place.store.write() as conn:
        conn.execute("UPDATE outbox SET held_until = ?", (clock.now() - 500,))
    place.outbox.take_charge(grace=5)
    assert place.outbox.due() == []
    assert place.outbox.get(number).state == HELD
    assert place.outbox.due(clock.now() + 6) == [number]


def test_a_clock_set_back_does_not_hold_it_for_days(place: Place) -> None:
    number = place.submit("hello", hold=10)
    with place.store.write() as conn:
        conn.execute("UPDATE outbox SET held_until = ?", (clock.now() + 3 * 86_400,))
    place.outbox.take_charge()
    assert place.outbox.due(clock.now() + 61) == [number]


def test_what_a_full_disk_kept_from_being_written_is_written_later(place: Place) -> None:
    def full() -> None:
        with place.store.write() as conn:
            conn.execute(
                "CREATE TRIGGER full BEFORE UPDATE OF sent_at ON outbox BEGIN SELECT RAISE(FAIL, 'disk full'); END"
            )

    number = place.submit("hello")
    full()
    with pytest.raises(Exception, match="full"):
        place.outbox.deliver(number, place.session)
    with place.store.write() as conn:
        conn.execute("DROP TRIGGER full")
    assert place.outbox.get(number).state == SENDING
    place.outbox.due()
    assert place.outbox.get(number).state == SENT
    assert len(place.keys()) == 1


@pytest.mark.slow
def test_who_asks_what_is_due_while_it_is_being_written_writes_nothing_too(place: Place) -> None:
    for n in range(20):
        number = place.submit(f"hello {n}")
        place.outbox.take_charge()
        with ThreadPoolExecutor(1) as pool:
            sending = pool.submit(place.outbox.deliver, number, place.session)
            while not sending.done():
                place.outbox.due()
        assert sending.result().state == SENT
    assert place.one("SELECT count(*) FROM message WHERE out = 1") == 20


def test_undo_and_sending_at_once_never_both_win(place: Place) -> None:
    for n in range(30):
        number = place.submit(f"hello {n}")
        place.outbox.take_charge()
        with ThreadPoolExecutor(2) as pool:
            sending = pool.submit(place.outbox.deliver, number, place.session)
            undoing = pool.submit(place.outbox.undo_send, number)
        sent = sending.exception() is None and sending.result().state == SENT
        assert sent != (undoing.exception() is None), (sending.exception(), undoing.exception())
        assert sent == (len(place.keys()) == 1)
        place.log.write_text("")


def test_keys() -> None:
    one, two = make_key("email", "hello@sitrona.example", {}), make_key("email", "", {"address": "Us@Brand.EXAMPLE"})
    assert one.startswith("<")
    assert one.endswith("@sitrona.example>")
    assert two.endswith("@brand.example>")
    assert make_key("email", "ekki", {}).endswith("@rapport.invalid>")
    assert len({make_key("blog", "", {}) for _ in range(100)}) == 100


def test_patience_grows_to_an_hour() -> None:
    assert [patience(n) for n in (1, 2, 3, 20)] == [30, 60, 120, 3600]
    assert patience(1, 500) == 500
