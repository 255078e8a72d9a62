"""An answer that came back: its conversation needs us until the member has heard, or somebody says why not."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author, Incoming
from app.channels.registry import is_by_hand
from app.handoffs import returned
from app.inbox.owing import owed
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import differences, is_consistent, rows

US = Author("sitrona", "sitrona", "Sítróna")


@pytest.fixture
def talk(bench: Workbench) -> int:
    """A conversation in which Eleni asked, we said that we ask Jón, and handed it off."""
    now = clock.now()
    with bench.store.write() as conn:
        conn.execute(
            "INSERT INTO account (kind, name, own, mode, created_at) VALUES ('wordpress', 'Blog', 'sitrona', 'demo', 0)"
        )
    taken = bench.intake.take(1, [
        Incoming("a", now - 300, "Το κουτί έσπασε", Author("eleni", "eleni", "Ελένη"), thread="t", title="Box"),
        Incoming("b", now - 200, "I'll ask Jón", US, thread="t"),
    ])  # fmt: skip
    bench.teammates.add("Jón Einarsson")
    number = next(iter(taken.conversation_ids))
    bench.handoffs.add(number, 1, "Send a new box", at=now - 100)
    return number


def reply(bench: Workbench, talk: int, *, done: bool = False, tells: list[int] | None = None, why: str = "") -> int:
    cleared = bench.voice.clear(Draft("Jón sent a new box today.", "en"))
    return bench.outbox.submit(cleared, talk, then_done=done, tells=tells, solved=why)


def deliver(bench: Workbench, number: int) -> None:
    """As the courier does."""
    with bench.store.write() as conn:
        conn.execute("UPDATE outbox SET state = 'sent', sent_at = ? WHERE id = ?", (clock.now(), number))


@pytest.mark.parametrize("before", ["waiting", "done", "snoozed"])
def test_an_answer_opens_its_conversation_again(bench: Workbench, talk: int, before: str) -> None:
    if before == "done":
        bench.inbox.done([talk])
    if before == "snoozed":
        bench.inbox.snooze([talk], clock.now() + 9_000)
    assert bench.inbox.row(talk).state == before
    bench.handoffs.answer(1, "solved", "New box left today")
    row = bench.inbox.row(talk)
    assert (row.state, row.snoozed_until) == ("needs_me", None)
    assert [one.handoff_id for one in owed(bench.store.read, [talk])] == [1]
    bench.actions.undo()
    assert bench.inbox.row(talk).state == before
    bench.actions.redo()
    assert bench.inbox.row(talk).state == "needs_me"


def test_only_the_answer_itself_counts(bench: Workbench, talk: int) -> None:
    bench.handoffs.answer(1, "in_work")
    assert bench.inbox.row(talk).state == "waiting"
    bench.handoffs.answer(1, "declined", "Not ours")
    assert bench.inbox.row(talk).state == "needs_me"
    bench.handoffs.answer(1, "in_work")
    assert bench.inbox.row(talk).state == "waiting"


def test_it_is_not_closed_without_a_reason(bench: Workbench, talk: int) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    with pytest.raises(UserError, match="Ελένη hasn't heard Jón Einarsson's answer in “Box” yet"):
        bench.inbox.done([talk])
    with bench.store.write() as conn:  # nothing else closes it either
        conn.execute("UPDATE conversation SET closed = 1, waiting_since = NULL WHERE id = ?", (talk,))
    assert bench.inbox.row(talk).state == "needs_me"
    bench.inbox.done([talk], reason="She wrote that it has come")
    assert bench.inbox.row(talk).state == "done"
    closed = bench.handoffs.get(1)
    assert (closed.closed_why, closed.told_at) == ("She wrote that it has come", None)
    bench.actions.undo()
    assert (bench.inbox.row(talk).state, bench.handoffs.get(1).closed_at) == ("needs_me", None)


def test_the_reply_that_tells_closes_it_once_it_is_out(bench: Workbench, talk: int) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    number = reply(bench, talk, done=True)
    assert bench.inbox.row(talk).state == "done"
    assert (bench.handoffs.get(1).told_at, bench.handoffs.get(1).telling_outbox_id) == (None, number)
    deliver(bench, number)
    told = bench.handoffs.get(1)
    assert told.told_at == told.closed_at is not None
    assert bench.inbox.row(talk).state == "done"


def test_taking_the_reply_back_owes_the_answer_again(bench: Workbench, talk: int) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    number = reply(bench, talk)
    assert bench.inbox.row(talk).state == "waiting"
    bench.outbox.undo_send(number)
    assert (bench.inbox.row(talk).state, bench.handoffs.get(1).telling_outbox_id) == ("needs_me", None)


def test_a_reply_about_something_else_tells_nothing(bench: Workbench, talk: int) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    with pytest.raises(UserError, match="hasn't heard"):
        reply(bench, talk, done=True, tells=[])
    number = reply(bench, talk, tells=[])
    assert bench.inbox.row(talk).state == "needs_me"
    deliver(bench, number)
    assert bench.handoffs.get(1).told_at is None
    assert bench.inbox.row(talk).state == "needs_me"


def test_told_in_another_way_it_needs_nobody(bench: Workbench, talk: int) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    bench.handoffs.tell(1)
    assert bench.inbox.row(talk).state == "waiting"
    bench.actions.undo()
    assert bench.inbox.row(talk).state == "needs_me"


def test_closed_with_a_reason_it_waits_only_for_who_was_never_answered(bench: Workbench, talk: int) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    bench.handoffs.close(1, "She found out herself")
    assert bench.inbox.row(talk).state == "waiting"


@pytest.mark.parametrize("before", ["reopened", "told before", "in work again"])
def test_an_answer_that_comes_after_they_were_told_is_owed(bench: Workbench, talk: int, before: str) -> None:
    if before == "told before":
        bench.handoffs.tell(1)
    else:
        bench.handoffs.answer(1, "solved", "New box left today")
        number = reply(bench, talk)
        if before == "in work again":
            bench.handoffs.edit(1, {"status": "in_work"})
        deliver(bench, number)
        if before == "reopened":
            bench.handoffs.reopen(1)
    bench.handoffs.answer(1, "declined", "None is left")
    assert [one.handoff_id for one in owed(bench.store.read, [talk])] == [1]
    with pytest.raises(UserError, match="hasn't heard"):
        bench.inbox.done([talk])
    deliver(bench, reply(bench, talk))
    assert bench.handoffs.get(1).closed_at is not None


@pytest.mark.parametrize("state", ["waiting", "done"])
@pytest.mark.parametrize("values", [{"answer": "It comes on Friday"}, {"status": "declined", "answer": "None is left"}])
@pytest.mark.parametrize("way", ["file", "by hand"])
def test_an_answer_to_what_was_closed_opens_both_again(
    bench: Workbench, talk: int, state: str, values: dict[str, str], way: str
) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    deliver(bench, reply(bench, talk, done=state == "done"))
    before = rows(bench.store, ("conversation", "handoff"))
    assert bench.inbox.row(talk).state == state
    if way == "file":
        with bench.store.write("Read back") as conn:
            returned.take(conn, 1, values)
    else:
        bench.handoffs.answer(1, values.get("status", "solved"), values["answer"])
    assert (bench.handoffs.get(1).closed_at, bench.inbox.row(talk).state) == (None, "needs_me")
    assert [one.answer for one in owed(bench.store.read, [talk])] == [values["answer"]]
    after = rows(bench.store, ("conversation", "handoff"))
    bench.actions.undo()
    assert differences(before, rows(bench.store, ("conversation", "handoff"))) == {}
    bench.actions.redo()
    assert differences(after, rows(bench.store, ("conversation", "handoff"))) == {}


def test_a_reply_that_is_taken_back_leaves_the_conversation_waiting_as_long_as_it_did(
    bench: Workbench, talk: int
) -> None:
    eleni = Author("eleni", "eleni", "Ελένη")
    bench.intake.take(1, [Incoming("c", clock.now() - 50, "Πού είναι;", eleni, thread="t")])
    bench.handoffs.answer(1, "solved", "New box left today")
    before = rows(bench.store, ("conversation",))
    bench.outbox.undo_send(reply(bench, talk, tells=[]))
    assert differences(before, rows(bench.store, ("conversation",))) == {}


def test_the_counts_are_right_after_an_answer_has_kept_a_conversation_open(bench: Workbench, talk: int) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    with bench.store.write() as conn:
        conn.execute("DELETE FROM tally WHERE n = 0")  # a state that no conversation of the account ever had
        conn.execute("UPDATE conversation SET waiting_since = NULL WHERE id = ?", (talk,))
    is_consistent(bench.store)


@pytest.mark.parametrize("values", [{"answer": "It comes on Friday"}, {"status": "declined"}])
@pytest.mark.parametrize("way", ["file", "by hand", "edited"])
def test_an_answer_that_is_corrected_while_its_reply_is_on_its_way_is_owed_again(
    bench: Workbench, talk: int, values: dict[str, str], way: str
) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    number = reply(bench, talk, done=True)
    before = rows(bench.store, ("conversation", "handoff"))
    if way == "file":
        with bench.store.write("Read back") as conn:
            returned.take(conn, 1, values)
    elif way == "edited":
        bench.handoffs.edit(1, values)
    else:
        bench.handoffs.answer(1, values.get("status", "solved"), values.get("answer", ""))
    assert bench.inbox.row(talk).state == "needs_me"
    assert [one.outrun for one in owed(bench.store.read, [talk])] == [True]
    bench.actions.undo()
    assert differences(before, rows(bench.store, ("conversation", "handoff"))) == {}
    bench.actions.redo()
    deliver(bench, number)
    assert (bench.handoffs.get(1).told_at, bench.inbox.row(talk).state) == (None, "needs_me")
    assert [one.outrun for one in owed(bench.store.read, [talk])] == [False]
    deliver(bench, reply(bench, talk))
    assert bench.handoffs.get(1).closed_at is not None
    is_consistent(bench.store)


def test_the_same_answer_once_more_asks_for_nothing(bench: Workbench, talk: int) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    reply(bench, talk)
    bench.handoffs.answer(1, "solved", " New box left today ")
    bench.handoffs.edit(1, {"priority": "high"})
    assert bench.inbox.row(talk).state == "waiting"


def test_a_correction_undone_after_the_reply_was_sent_counts_as_told(bench: Workbench, talk: int) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    number = reply(bench, talk)
    bench.handoffs.edit(1, {"answer": "It comes on Friday"})
    deliver(bench, number)
    bench.actions.undo()
    told = bench.handoffs.get(1)
    assert (told.answer, told.told_at) == ("New box left today", told.closed_at)
    assert told.told_at is not None
    assert bench.inbox.row(talk).state == "waiting"


@pytest.mark.parametrize(("kind", "mode"), [("feed", "live"), ("feed", "file"), ("wordpress", "assisted")])
def test_the_file_and_the_desk_agree_on_what_is_owed_while_the_person_has_to_post(
    bench: Workbench, talk: int, kind: str, mode: str
) -> None:
    bench.handoffs.answer(1, "solved", "New box left today")
    reply(bench, talk)
    with bench.store.write() as conn:
        conn.execute("UPDATE account SET kind = ?, mode = ?", (kind, mode))
        conn.execute("UPDATE conversation SET closed = 1, waiting_since = NULL WHERE id = ?", (talk,))
    is_owed = bool(owed(bench.store.read, [talk]))
    assert (bench.inbox.row(talk).state == "needs_me") is is_owed is is_by_hand(kind, mode)
