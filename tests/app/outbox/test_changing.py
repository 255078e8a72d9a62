"""Corrections and withdrawals of what we said: each way in which a channel can fail, and what the file says then."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import UserError
from app.channels.base import AuthNeeded
from app.outbox import CORRECT, DISCARDED, FAILED, HELD, QUEUED, SENDING, SENT, UNDECIDED, WITHDRAW, Outbox
from app.store.store import Store
from tests.app.outbox.conftest import Place
from tests.channels.fake import FakeSession, reads, taken
from tests.waiting import wait_until


@pytest.fixture(autouse=True)
def on_a_blog(store: Store, place: Place) -> None:
    """An account of a channel that can do both; what is sent goes to the fake one all the same."""
    assert place.store is store
    with store.write() as conn:
        conn.execute("UPDATE account SET kind = 'wordpress'")


def answered(place: Place, text: str = "Sorry, a new won comes.", *, then_done: bool = True) -> int:
    """The id of a message of ours that the channel has."""
    sent = place.outbox.deliver(place.submit(text, then_done=then_done), place.session)
    assert sent.state == SENT
    assert sent.message_id is not None
    return sent.message_id


def corrected(place: Place, message: int, text: str, *, hold: int = 0) -> int:
    return place.outbox.correct(message, place.cleared(text), hold)


def there(place: Place, number: str = "r1") -> str | None:
    return reads(taken(place.log), number)


def row(place: Place, message: int) -> tuple[str, bool, bool]:
    """Its words, whether it was edited, and whether it is gone."""
    found = place.store.read.execute(
        "SELECT text, edited_at IS NOT NULL, gone_at IS NOT NULL FROM message WHERE id = ?", (message,)
    ).fetchone()
    return found[0], bool(found[1]), bool(found[2])


def versions(place: Place) -> list[str]:
    return [found["text"] for found in place.store.read.execute("SELECT text FROM message_version ORDER BY id")]


def found_by(place: Place, word: str) -> int:
    return int(place.one("SELECT count(*) FROM message_index WHERE message_index MATCH ?", word))


def test_a_corrected_message_reads_so_there_and_here_and_its_old_words_are_kept(place: Place) -> None:
    message = answered(place)
    number = corrected(place, message, "Sorry, a new one comes.")
    assert row(place, message)[0] == "Sorry, a new won comes.", "nothing has happened yet"
    assert place.outbox.due() == [number]
    done = place.outbox.deliver(number, place.session)
    assert (done.state, done.purpose, done.about_id, done.message_id) == (SENT, CORRECT, message, None)
    assert there(place) == "Sorry, a new one comes."
    assert row(place, message) == ("Sorry, a new one comes.", True, False)
    assert versions(place) == ["Sorry, a new won comes."]
    assert (found_by(place, "won"), found_by(place, "one")) == (0, 1)
    assert place.state() == "done", "it is answered as before"
    assert place.one("SELECT messages FROM conversation") == 2
    assert place.outbox.deliver(number, place.session) == done
    assert len(place.keys()) == 2


def test_each_correction_keeps_what_was_there_before_it(place: Place) -> None:
    message = answered(place)
    for text in ("Second", "Third"):
        place.outbox.deliver(corrected(place, message, text), place.session)
    assert versions(place) == ["Sorry, a new won comes.", "Second"]


def test_a_withdrawn_message_is_gone_there_kept_here_and_answers_nobody(place: Place) -> None:
    message = answered(place)
    assert place.state() == "done"
    done = place.outbox.deliver(place.outbox.withdraw(message, 0), place.session)
    assert (done.state, done.purpose, done.text) == (SENT, WITHDRAW, "")
    assert there(place) is None
    assert row(place, message) == ("Sorry, a new won comes.", False, True)
    assert place.state() == "needs_me"
    assert place.one("SELECT waiting_since FROM conversation") == place.one("SELECT at FROM message WHERE out = 0")
    assert found_by(place, "won") == 1
    assert place.one("SELECT count(*) FROM message WHERE gone_at IS NULL") == 1


def test_whoever_has_another_answer_does_not_wait_again(place: Place) -> None:
    first, _second = answered(place, "First"), answered(place, "Second")
    place.outbox.deliver(place.outbox.withdraw(first, 0), place.session)
    assert place.state() == "done"


def test_what_was_closed_on_purpose_stays_closed(store: Store, place: Place) -> None:
    message = answered(place, then_done=False)
    place.said("Thanks!", "m2", clock.now() + 1)
    with store.write() as conn:
        conn.execute("UPDATE conversation SET closed = 1, done_at = 1")
    place.outbox.deliver(place.outbox.withdraw(message, 0), place.session)
    assert place.state() == "done"


def test_a_reply_on_its_way_still_counts_as_the_answer(place: Place) -> None:
    message = answered(place)
    withdrawal = place.outbox.withdraw(message, 0)
    place.submit("Another answer", hold=60, then_done=True)
    place.outbox.deliver(withdrawal, place.session)
    assert place.state() == "done"


@pytest.mark.parametrize(
    ("mode", "state", "arrived"),
    [
        ("ok", SENT, True), ("close_before", UNDECIDED, False), ("close_after", UNDECIDED, True),
        ("hang_after", UNDECIDED, True), ("error_after", UNDECIDED, True), ("error_before", UNDECIDED, False),
        ("broken", UNDECIDED, True), ("refused", FAILED, False), ("busy", QUEUED, False),
    ],
)  # fmt: skip
def test_failures(place: Place, mode: str, state: str, arrived: bool) -> None:  # noqa: FBT001  a row of the table
    message = answered(place)
    patience = 0.5 if mode.startswith("hang") else 60.0
    number = corrected(place, message, f"[{mode}] hello")
    found = place.outbox.deliver(number, FakeSession(place.session.port, timeout=patience))
    wait_until(lambda: len(place.keys()) == 1 + arrived)
    assert found.state == state
    assert bool(found.error) == (state != SENT)
    assert place.state() == "done", "a correction that fails makes nobody wait"
    assert row(place, message)[0] == (f"[{mode}] hello" if state == SENT else "Sorry, a new won comes.")
    if state == UNDECIDED:
        settled = place.outbox.look_up(number, place.session)
        assert settled.state == (SENT if arrived else QUEUED)
        assert len(versions(place)) == arrived
        assert place.state() == "done"


@pytest.mark.parametrize(("mode", "state"), [("close_after", SENT), ("close_before", QUEUED)])
def test_what_became_of_a_withdrawal_is_looked_up(place: Place, mode: str, state: str) -> None:
    message = answered(place, f"[{mode} 0.01] hello")
    place.log.write_text(place.log.read_text().replace(f"[{mode} 0.01]", f"[{mode}]"))
    number = place.outbox.withdraw(message, 0)
    assert place.outbox.deliver(number, place.session).state == UNDECIDED
    assert place.outbox.to_look_up() == [number]
    assert place.outbox.look_up(number, place.session).state == state
    assert row(place, message)[2] == (state == SENT)
    assert place.state() == ("needs_me" if state == SENT else "done")


def test_a_channel_that_cannot_tell_leaves_it_to_the_person(place: Place) -> None:
    message = answered(place)
    number = corrected(place, message, "[close_after] hello")
    place.outbox.deliver(number, place.session)
    found = place.outbox.look_up(number, FakeSession(place.session.port, tells=False))
    assert (found.state, found.next_at) == (UNDECIDED, None)
    place.outbox.confirm(number)
    assert place.outbox.get(number).state == SENT
    assert row(place, message)[0] == "[close_after] hello"


def test_words_that_are_neither_the_old_nor_the_new_ones_decide_nothing(place: Place) -> None:
    message = answered(place)
    number = corrected(place, message, "[close_before] hello")
    place.outbox.deliver(number, place.session)
    with place.log.open("a") as log:
        log.write('{"key": "web", "about": "r1", "text": "Changed on the web", "id": "r2", "at": 1}\n')
    found = place.outbox.look_up(number, place.session)
    assert (found.state, found.next_at) == (UNDECIDED, None)


def test_a_comma_is_a_correction(place: Place) -> None:
    message = answered(place, "No come back")
    number = corrected(place, message, "No, come back")
    with place.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'undecided', sending_at = 1, next_at = 1 WHERE id = ?", (number,))
    assert place.outbox.look_up(number, place.session).state == QUEUED, "the same words, and not corrected"
    assert place.outbox.deliver(number, place.session).state == SENT
    assert versions(place) == ["No come back"]


def test_what_is_no_longer_there_cannot_be_corrected_and_counts_as_withdrawn(place: Place) -> None:
    message = answered(place)
    place.log.write_text("")
    found = place.outbox.deliver(corrected(place, message, "Too late"), place.session)
    assert (found.state, found.error) == (FAILED, "That message is no longer there.")
    assert place.outbox.deliver(place.outbox.withdraw(message, 0), place.session).state == SENT
    assert row(place, message)[2]


def test_no_login_is_recorded_and_it_can_be_tried_again(place: Place) -> None:
    message = answered(place)
    number = corrected(place, message, "[auth] hello")
    with pytest.raises(AuthNeeded):
        place.outbox.deliver(number, place.session)
    assert place.outbox.get(number).state == FAILED
    place.outbox.retry(number)
    assert place.outbox.due() == [number]
    assert place.state() == "done"


def test_it_can_be_undone_while_it_is_held_and_not_once_it_is_done(place: Place) -> None:
    message = answered(place)
    corrected(place, message, "Never mind", hold=10)
    assert place.outbox.entries()[0].state == HELD
    assert place.outbox.due() == []
    place.undo()
    assert place.outbox.entries() == []
    number = place.outbox.withdraw(message, 0)
    place.outbox.deliver(number, place.session)
    with pytest.raises(UserError, match="can't be undone"):
        place.undo()
    with pytest.raises(UserError, match="can't be undone"):
        place.outbox.undo_send(number)


def test_one_that_is_cancelled_changes_nothing_and_makes_no_draft(place: Place) -> None:
    message = answered(place)
    number = corrected(place, message, "Never mind", hold=10)
    assert place.outbox.discard(number) is False
    assert place.outbox.get(number).state == DISCARDED
    assert place.one("SELECT count(*) FROM draft") == 0
    assert place.state() == "done"
    assert place.outbox.can_change(message).why_not_correct == ""


def test_a_crash_in_the_middle_leaves_it_undecided(store: Store, place: Place) -> None:
    number = corrected(place, answered(place), "After")
    with store.write() as conn:
        conn.execute("UPDATE outbox SET state = ?, sending_at = 1 WHERE id = ?", (SENDING, number))
    place.outbox.close()
    again = Outbox(store, settle=0)
    assert again.take_charge()
    assert again.get(number).state == UNDECIDED
    assert place.state() == "done"
    assert again.look_up(number, place.session).state == QUEUED
    again.close()


def test_the_pull_that_brings_it_back_doubles_nothing(place: Place) -> None:
    message = answered(place)
    place.outbox.deliver(corrected(place, message, "After"), place.session)
    place.said("After", "r1", place.one("SELECT at FROM message WHERE id = ?", message), out=True)
    assert row(place, message) == ("After", True, False)
    assert versions(place) == ["Sorry, a new won comes."]
    assert place.one("SELECT count(*) FROM message") == 2


def test_a_pull_may_bring_the_new_words_before_we_know_that_they_arrived(place: Place) -> None:
    message = answered(place)
    number = corrected(place, message, "[close_after] after")
    place.outbox.deliver(number, place.session)
    place.said("[close_after] after", "r1", place.one("SELECT at FROM message WHERE id = ?", message), out=True)
    assert versions(place) == ["Sorry, a new won comes."]
    assert place.outbox.look_up(number, place.session).state == SENT
    assert versions(place) == ["Sorry, a new won comes."]
    assert row(place, message)[0] == "[close_after] after"


def test_only_our_own_messages_that_are_there_can_be_changed(place: Place) -> None:
    theirs, ours = int(place.one("SELECT id FROM message")), answered(place)
    desk = place.outbox
    assert desk.can_change(ours) == ("", "")
    assert desk.can_change(theirs).why_not_correct.startswith("Only your own messages")
    for purpose in (CORRECT, WITHDRAW):
        assert desk.can_change(theirs).why_not(purpose) == desk.can_change(theirs).why_not_correct
    with pytest.raises(UserError, match="Only your own"):
        corrected(place, theirs, "Mine now")
    with pytest.raises(UserError, match="Only your own"):
        desk.withdraw(theirs)
    with pytest.raises(UserError, match="reads like that already"):
        corrected(place, ours, "Sorry,  a new won comes.")
    number = corrected(place, ours, "Once", hold=10)
    with pytest.raises(UserError, match="already being corrected"):
        desk.withdraw(ours)
    desk.discard(number)
    desk.deliver(desk.withdraw(ours, 0), place.session)
    assert "no longer on the channel" in desk.can_change(ours).why_not_correct
    with pytest.raises(UserError, match="There's no message"):
        desk.can_change(1)


@pytest.mark.parametrize(
    ("kind", "mode", "correct", "withdraw"),
    [
        ("email", "live", "A letter can't be corrected", "A letter can't be withdrawn"),
        ("bluesky", "live", "Withdraw it, and write another one", ""),
        ("ghost", "live", "lets no program change", ""),
        ("feed", "live", "Correct it on its page", "Delete it on its page"),
        ("wordpress", "file", "isn't connected", "isn't connected"),
        ("wordpress", "live", "", ""), ("matrix", "live", "", ""), ("mastodon", "demo", "", ""),
    ],
)  # fmt: skip
def test_what_a_channel_can(store: Store, place: Place, kind: str, mode: str, correct: str, withdraw: str) -> None:
    message = answered(place)
    with store.write() as conn:
        conn.execute("UPDATE account SET kind = ?, mode = ?", (kind, mode))
    found = place.outbox.can_change(message)
    for sentence, wanted in ((found.why_not_correct, correct), (found.why_not_withdraw, withdraw)):
        assert (wanted in sentence) if wanted else not sentence


def test_it_is_said_before_who_sees_it_and_who_waits_again(store: Store, place: Place) -> None:
    first = answered(place)
    assert place.outbox.consequence(first, CORRECT).startswith("Everyone who can read it there will see the new words")
    assert place.outbox.consequence(first, WITHDRAW).endswith("Anna Bell will be waiting for a reply again.")
    answered(place, "Second")
    assert "waits" not in place.outbox.consequence(first, WITHDRAW)
    with store.write() as conn:
        conn.execute("UPDATE conversation SET public = 0")
    assert place.outbox.consequence(first, CORRECT).startswith("Anna Bell will see the new words there")


def test_a_private_correction_mentions_nobody_else(store: Store, place: Place) -> None:
    message = answered(place)
    with store.write() as conn:
        conn.execute("UPDATE account SET kind = 'mastodon'")
        conn.execute("UPDATE conversation SET public = 0")
    with pytest.raises(UserError, match="would see this private message too"):
        corrected(place, message, "Ask @bela@citrus.example")
    with pytest.raises(UserError, match="characters"):
        corrected(place, message, "x" * 600)


def test_a_hand_off_is_not_told_by_a_correction(store: Store, place: Place) -> None:
    message = answered(place)
    with store.write() as conn:
        conn.execute(
            "INSERT INTO handoff (conversation_id, ask, status, opened_at, updated_at)"
            " VALUES (1, 'Why?', 'solved', 1, 1)"
        )
    place.outbox.deliver(corrected(place, message, "After"), place.session)
    assert place.one("SELECT told_at FROM handoff") is None
