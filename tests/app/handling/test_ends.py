"""What ended the work on a conversation, as it is noted when it is left."""

from __future__ import annotations

import pytest

from app.base import clock
from app.inbox import ConversationRow
from app.intake import Intake
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import account, said


@pytest.fixture
def before(bench: Workbench) -> ConversationRow:
    Intake(bench.store).take(account(bench.store), [said("1", clock.now() - 90, thread="t")])
    return bench.inbox.row(1)


def _noted(bench: Workbench) -> list[tuple[object, ...]]:
    return [
        tuple(row) for row in bench.store.read.execute("SELECT kind, conversation_id, seconds, ended FROM handling")
    ]


def _leave(bench: Workbench, before: ConversationRow) -> None:
    bench.handling.left(before, clock.now() - 60, lambda at: 40 if at is None else 25)


def test_a_conversation_that_was_only_read_is_not_noted(bench: Workbench, before: ConversationRow) -> None:
    bench.inbox.seen(1)
    _leave(bench, before)
    assert _noted(bench) == []


@pytest.mark.parametrize("ended", ["done", "snoozed"])
def test_one_that_was_closed_or_put_off_is_noted_until_it_was_left(
    bench: Workbench, before: ConversationRow, ended: str
) -> None:
    if ended == "done":
        bench.inbox.done([1])
    else:
        bench.inbox.snooze([1], clock.now() + 3600)
    _leave(bench, before)
    assert _noted(bench) == [("reply", 1, 40, ended)]


def test_one_that_was_answered_is_noted_until_the_reply_was_submitted(
    bench: Workbench, before: ConversationRow
) -> None:
    bench.outbox.submit(bench.voice.clear(Draft("Hello Anna.", "en")), 1)
    _leave(bench, before)
    assert _noted(bench) == [("reply", 1, 25, "sent")]


def test_a_reply_that_was_there_before_is_no_work_of_now(bench: Workbench, before: ConversationRow) -> None:
    bench.outbox.submit(bench.voice.clear(Draft("Hello Anna.", "en")), 1)
    bench.handling.left(before._replace(state="waiting"), clock.now() + 1, lambda _at: 40)
    assert _noted(bench) == []


def test_one_that_was_handed_off_is_noted(bench: Workbench, before: ConversationRow) -> None:
    teammate = bench.teammates.add("Jón")
    bench.handoffs.add(1, teammate, "Why was it late?")
    _leave(bench, before._replace(unhappy=True))
    assert _noted(bench) == [("unhappy", 1, 25, "handed_off")]


def _promise(bench: Workbench) -> int:
    return bench.promises.add(bench.inbox.row(1).member_id or 0, "Send the pattern", conversation_id=1)


def test_a_promise_that_was_kept_there_is_a_sample_of_promises(bench: Workbench, before: ConversationRow) -> None:
    bench.promises.keep(_promise(bench))
    _leave(bench, before)
    assert _noted(bench) == [("promise", 1, 25, "done")]


def test_so_is_one_that_was_kept_with_a_reply(bench: Workbench, before: ConversationRow) -> None:
    bench.outbox.submit(bench.voice.clear(Draft("Here is the pattern.", "en")), 1)
    bench.promises.keep(_promise(bench))
    _leave(bench, before)
    assert _noted(bench) == [("promise", 1, 25, "sent")]


def test_a_promise_that_was_only_made_or_kept_before_is_none(bench: Workbench, before: ConversationRow) -> None:
    bench.promises.keep(_promise(bench), at=clock.now() - 3600)
    _promise(bench)
    _leave(bench, before)
    assert _noted(bench) == []


@pytest.mark.parametrize(("answered", "noted"), [(False, ("gift", 1, 25, "done")), (True, ("reply", 1, 25, "sent"))])
def test_a_gift_that_was_logged_is_one_of_gifts_unless_there_was_a_reply(
    bench: Workbench, before: ConversationRow, *, answered: bool, noted: tuple[object, ...]
) -> None:
    if answered:
        bench.outbox.submit(bench.voice.clear(Draft("A box is on its way.", "en")), 1)
    bench.gifts.log(bench.inbox.row(1).member_id or 0, "Box", "thanks", "5", conversation_id=1)
    _leave(bench, before)
    assert _noted(bench) == [noted]
