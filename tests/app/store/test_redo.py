"""Doing again what was taken back: exactly, once, and only while nothing else has touched it."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.voice import Draft
from app.workbench import Workbench
from tests.app.saying import NOW, differences, is_consistent, rows, said
from tests.app.store.test_undo import (
    ACTED_ON,
    SEQUENCES,
    act,
    base,
    members_found,
    members_to_find,
    opened,
)
from tests.examples import examples

__all__ = ["base"]


@pytest.mark.slow
@examples(40)
@given(deeds=SEQUENCES, seed=st.integers(0, 999))
@example(
    deeds=["add", "add", "reply", "reply"], seed=13
)  # two replies to one person: the second's words are kept beside
def test_undone_and_done_again_every_row_is_as_it_was(
    base: Path, tmp_path_factory: pytest.TempPathFactory, deeds: list[str], seed: int
) -> None:
    with opened(base, tmp_path_factory.getbasetemp() / "again") as bench:
        random = Random(seed)
        done = [action for action in (act(bench, name, random) for name in deeds) if action is not None]
        stood = []
        for action in reversed(done):
            stood.append(_held(rows(bench.store, ACTED_ON)))
            bench.actions.undo(action)
        for action, before in zip(done, reversed(stood), strict=True):
            assert bench.actions.redo().id == action
            assert differences(_held(rows(bench.store, ACTED_ON)), before) == {}
        is_consistent(bench.store)
        assert members_found(bench.store) == members_to_find(bench.store)
        for action in reversed(done):
            bench.actions.undo(action)
        is_consistent(bench.store)


def _held(found: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """The rows without the moment until which a reply is held, which is a new one."""
    until = 14  # rowid comes first
    return found | {"outbox": [row[:until] + row[until + 1 :] for row in found["outbox"]]}


def test_a_new_action_ends_it(bench: Workbench) -> None:
    bench.inbox.done([1])
    bench.actions.undo()
    bench.inbox.mark(2, "hard", on=True)
    with pytest.raises(UserError, match="Nothing to redo"):
        bench.actions.redo()


def test_what_has_changed_since_is_refused_and_nothing_is_half_done(bench: Workbench) -> None:
    bench.inbox.done([1, 2])
    bench.actions.undo()
    bench.intake.take(1, [said("3", NOW + 90, "One more thing", thread="t")])
    with pytest.raises(UserError, match="has changed since"):
        bench.actions.redo()
    assert {bench.inbox.row(number).state for number in (1, 2)} == {"needs_me"}


def test_opening_a_conversation_does_not_stand_in_the_way(bench: Workbench) -> None:
    bench.inbox.done([1])
    bench.actions.undo()
    bench.inbox.seen(1)
    bench.actions.redo()
    assert bench.inbox.row(1).state == "done"


def test_a_reply_that_is_submitted_again_waits_for_its_undo_anew(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = bench.outbox.submit(bench.voice.clear(Draft(text="Thank you")), 1)
    key = bench.outbox.get(number).key
    bench.outbox.undo_send(number)
    assert bench.inbox.open(1).draft == "Thank you"
    later = bench.inbox.row(1).last_at + 9_999_999
    monkeypatch.setattr("app.base.clock.now", lambda: later)
    bench.actions.redo()
    again = bench.outbox.get(number)
    assert (again.state, again.held_until, again.key) == ("held", later + 10, key)
    assert bench.inbox.open(1).draft == ""
    bench.outbox.undo_send(number)
    assert bench.inbox.open(1).draft == "Thank you"


def test_words_written_on_since_are_not_taken_away(bench: Workbench) -> None:
    bench.outbox.submit(bench.voice.clear(Draft(text="Thank you")), 1)
    bench.actions.undo()
    bench.inbox.keep_draft(1, "Thank you so much")
    with pytest.raises(UserError, match="has changed since"):
        bench.actions.redo()
    assert bench.inbox.open(1).draft == "Thank you so much"


def test_a_time_that_is_over_is_not_sent_at_once(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.base import clock  # noqa: PLC0415

    at = clock.now() + 600
    bench.outbox.submit(bench.voice.clear(Draft(text="Good morning")), 1, at=at)
    bench.actions.undo()
    monkeypatch.setattr("app.base.clock.now", lambda: at + 1)
    with pytest.raises(UserError, match="has passed"):
        bench.actions.redo()
    assert bench.outbox.entries(("held", "queued")) == []
    assert bench.inbox.open(1).draft == "Good morning"


def test_where_a_newer_action_took_a_value_over_it_is_not_done_again(bench: Workbench) -> None:
    bench.members.edit(1, {"name": "Anna Nagy"})
    first = bench.store.last_action
    bench.members.edit(1, {"name": "Anna Kis"})
    bench.actions.undo(first)
    with pytest.raises(UserError, match="Nothing to redo"):
        bench.actions.redo()


def test_a_message_that_is_there_again_is_found_again(bench: Workbench) -> None:
    bench.in_person.note(1, "likes lemons")
    bench.actions.undo()
    assert bench.search.messages("lemons") == []
    bench.actions.redo()
    assert [hit.text for hit in bench.search.messages("lemons")] == ["likes lemons"]
    is_consistent(bench.store)
