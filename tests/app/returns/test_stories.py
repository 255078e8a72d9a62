"""Whole ways of answers: one that needs us until the member was told, one that comes three weeks late."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.base import clock
from app.base.message import Author, Incoming
from app.workbench import Workbench
from tests.app.returns.returning import community, sent


@pytest.fixture
def bench(bench: Workbench) -> Workbench:
    return community(bench)


def state(bench: Workbench, number: int) -> str:
    """The state of the conversation that a hand-off is about."""
    conversation = bench.handoffs.get(number).conversation_id
    assert conversation is not None
    return bench.inbox.row(conversation).state


def reply(bench: Workbench, number: int, text: str) -> None:
    """Our own words in the conversation of a hand-off, as they come back from its channel."""
    us = Author("sitrona", "sitrona", "Sítróna")
    bench.intake.take(1, [Incoming(f"us{number}{text[:5]}", clock.now(), text, us, thread=f"t{number - 1}")])


def test_an_answer_that_came_back_brings_its_conversation_back(bench: Workbench, tmp_path: Path) -> None:
    path = sent(bench, tmp_path).edit(0, status="λύθηκε", answer="Νέο κουτί σήμερα").save(tmp_path)
    reply(bench, 1, "We look into it.")
    assert state(bench, 1) != "needs_me"
    bench.returns.apply(bench.returns.read(path))
    assert state(bench, 1) == "needs_me"
    bench.actions.undo()
    assert state(bench, 1) != "needs_me"


def test_an_answer_three_weeks_late_reopens_what_was_closed_only_if_it_is_taken(
    bench: Workbench, tmp_path: Path
) -> None:
    path = sent(bench, tmp_path).edit(0, status="done", answer="It was the courier").save(tmp_path)
    reply(bench, 1, "A new box is on its way.")
    bench.handoffs.close(1, "Sent a new box without waiting")
    found = bench.returns.read(path)
    assert "closed" in found.both_changed[0].reason
    assert bench.returns.apply(found).rows == 0
    assert state(bench, 1) != "needs_me"
    bench.returns.apply(bench.returns.read(path), take="theirs")
    one = bench.handoffs.get(1)
    assert (one.closed_at, one.closed_why, one.status) == (None, "", "solved")
    assert state(bench, 1) == "needs_me"


def test_an_answer_after_the_member_was_told_something_says_so_and_is_to_be_told(
    bench: Workbench, tmp_path: Path
) -> None:
    path = sent(bench, tmp_path).edit(0, status="done", answer="It was the courier").save(tmp_path)
    bench.handoffs.tell(1)
    (row,) = bench.returns.read(path).applied
    assert "Ελένη Παπαδοπούλου was told something on" in row.reason
    bench.returns.apply(bench.returns.read(path))
    assert bench.handoffs.get(1).told_at is None
    assert state(bench, 1) == "needs_me"


def test_a_note_without_an_answer_says_nothing_of_what_became_of_the_rest(bench: Workbench, tmp_path: Path) -> None:
    path = sent(bench, tmp_path).edit(0, ticket="T-7").save(tmp_path)
    bench.handoffs.tell(1)
    (row,) = bench.returns.read(path).applied
    assert row.reason == ""
