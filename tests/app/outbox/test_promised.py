"""Promises that a reply makes and keeps: noted with its row, true once it is sent, gone with it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.base import clock
from app.inbox import Inbox
from app.outbox import DISCARDED
from app.promises import Drafted, Made, Promises, drafted_from, drafted_text
from tests.app.outbox.conftest import Place

WORDS = "Thanks! I'll ask Tom and write to you tomorrow."
TAKEN = Drafted((Made("I'll ask Tom and write to you tomorrow.", "2000-01-01"),))


@pytest.fixture
def promises(place: Place) -> Promises:
    return Promises(place.store)


def _promised(place: Place, drafted: Drafted, text: str = WORDS, **rest: Any) -> int:
    with place.store.write() as conn:
        conn.execute(
            "REPLACE INTO draft (conversation_id, text, at, promise) VALUES (1, ?, 0, ?)", (text, drafted_text(drafted))
        )
    return place.outbox.submit(place.cleared(text), place.talk, hold_seconds=0, **rest)


def _tomorrow() -> str:
    return clock.local(clock.now() + 86_400).date().isoformat()


def test_what_was_taken_from_the_draft_is_promised_with_the_reply(place: Place, promises: Promises) -> None:
    number = _promised(place, TAKEN)
    (promise,) = promises.open()
    assert (promise.what, promise.due_on) == (TAKEN.made[0].what, _tomorrow())
    assert (promise.member_id, promise.conversation_id) == (1, place.talk)
    assert (promise.outbox_id, promise.message_id) == (number, None)
    sent = place.outbox.deliver(number, place.session)
    assert promises.get(promise.id).message_id == sent.message_id


def test_taking_the_reply_back_takes_the_promise_back_into_the_draft(place: Place, promises: Promises) -> None:
    number = _promised(place, TAKEN)
    place.outbox.undo_send(number)
    assert promises.listed("all") == []
    assert drafted_from(Inbox(place.store).drafts.promised(place.talk)) == TAKEN


def test_a_discarded_reply_promises_nothing_and_its_draft_does_again(place: Place, promises: Promises) -> None:
    number = _promised(place, TAKEN, "[refused] " + WORDS)
    place.outbox.deliver(number, place.session)
    assert len(promises.open()) == 1  # it may still be sent
    assert place.outbox.discard(number)
    assert (promises.listed("all"), place.outbox.get(number).state) == ([], DISCARDED)
    back = drafted_from(Inbox(place.store).drafts.promised(place.talk))
    assert [one.due_on for one in back.made] == [_tomorrow()]
    place.undo()
    assert [one.outbox_id for one in promises.open()] == [number]


def test_a_sentence_that_was_reworded_is_promised_as_it_is_sent(place: Place, promises: Promises) -> None:
    _promised(place, TAKEN, "I'll ask Tom and write to you on 2099-05-04.")
    assert [(one.what, one.due_on) for one in promises.open()] == [
        ("I'll ask Tom and write to you on 2099-05-04.", "2099-05-04")
    ]


def test_a_sentence_that_was_taken_out_is_no_promise(place: Place, promises: Promises) -> None:
    _promised(place, TAKEN, "Thanks for telling us about the label.")
    assert promises.open() == []


def test_sending_it_without_taking_anything_promises_nothing(place: Place, promises: Promises) -> None:
    place.submit(WORDS)
    assert promises.listed("all") == []


def test_a_promise_is_kept_by_the_reply_that_tells_them_once_that_is_sent(place: Place, promises: Promises) -> None:
    open_one = promises.add(1, "write back", "2026-01-01", place.talk)
    number = _promised(place, Drafted(keeps=(open_one,)), "Tom says: the caps were too loose.")
    assert (promises.get(open_one).state, promises.get(open_one).kept_outbox_id) == ("open", number)
    sent = place.outbox.deliver(number, place.session)
    found = promises.get(open_one)
    assert (found.state, found.kept_message_id) == ("kept", sent.message_id)


def test_a_reply_that_is_discarded_keeps_nothing(place: Place, promises: Promises) -> None:
    open_one = promises.add(1, "write back", "", place.talk)
    number = _promised(place, Drafted(keeps=(open_one,)), "[refused] Tom says: loose caps.")
    place.outbox.deliver(number, place.session)
    place.outbox.discard(number)
    assert (promises.get(open_one).state, promises.get(open_one).kept_outbox_id) == ("open", None)
    assert drafted_from(Inbox(place.store).drafts.promised(place.talk)).keeps == (open_one,)


def test_closing_the_conversation_with_a_reply_leaves_the_promise_open(place: Place, promises: Promises) -> None:
    open_one = promises.add(1, "write back", "", place.talk)
    place.submit("Thanks!", then_done=True)
    assert (place.state(), promises.get(open_one).state) == ("done", "open")
    assert Inbox(place.store).row(place.talk).promises == 1


def test_our_own_copy_that_a_pull_brings_is_the_message_that_promised(place: Place, promises: Promises) -> None:
    open_one = promises.add(1, "write back", "", place.talk)
    number = _promised(place, Drafted(TAKEN.made, (open_one,)))
    sent = place.outbox.deliver(number, place.session)
    place.said(WORDS, str(sent.remote_id), clock.now(), out=True)
    with place.store.write() as conn:  # whatever stands there now is the row's message
        message = conn.execute("SELECT message_id FROM outbox WHERE id = ?", (number,)).fetchone()[0]
    made = next(one for one in promises.listed("all") if one.outbox_id == number)
    assert message is not None
    assert (made.message_id, promises.get(open_one).kept_message_id) == (message, message)


def test_saving_the_draft_again_keeps_what_it_is_about_to_promise(place: Place) -> None:
    inbox = Inbox(place.store)
    inbox.keep_draft(place.talk, "I'll ask.", "en")
    inbox.drafts.note_promised(place.talk, drafted_text(TAKEN))
    inbox.keep_draft(place.talk, "I'll ask. Really.", "en")
    assert drafted_from(inbox.drafts.promised(place.talk)) == TAKEN
    inbox.keep_draft(place.talk, "", "en")
    assert inbox.drafts.promised(place.talk) == ""


def test_what_a_damaged_column_has_is_no_promise() -> None:
    for text in ("[]", "{", '{"made": [1]}', '{"keeps": ["x"]}', json.dumps({"made": [["a"]]})):
        assert drafted_from(text) == Drafted()
