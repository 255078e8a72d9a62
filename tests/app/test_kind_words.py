"""The shelf of kind words."""

from __future__ import annotations

import pytest

from app.base.errors import NotFoundError, UserError
from app.kind_words import _SELECT, is_due
from app.workbench import Workbench
from tests.app.saying import NOW, account, said

DAY = 86_400


@pytest.fixture
def spoken(bench: Workbench) -> list[int]:
    """Three messages: Anna's praise, our answer, and Béla's praise."""
    bench.intake.take(
        account(bench.store),
        [
            said("1", NOW - 3 * DAY, "You made our week!\n\n> what we wrote", "anna", thread="t"),
            said("2", NOW - 2 * DAY, "Thank you, Anna", "us", thread="t", out=True),
            said("3", NOW - DAY, "Olyan jó, hogy itt tényleg válaszol valaki.", "béla", thread="t"),
        ],
    )
    return [row["id"] for row in bench.store.read.execute("SELECT id FROM message ORDER BY id")]


def test_it_is_kept_once_and_the_last_kept_comes_first(bench: Workbench, spoken: list[int]) -> None:
    assert bench.kind_words.keep(spoken[0], NOW) == "Anna"
    assert bench.kind_words.keep(spoken[2], NOW + 1) == "Béla"
    assert bench.kind_words.keep(spoken[0], NOW + 2) == "Anna"
    assert [(one.who, one.words) for one in bench.kind_words.every()] == [
        ("Béla", "Olyan jó, hogy itt tényleg válaszol valaki."),
        ("Anna", "You made our week!"),
    ]


def test_the_same_key_takes_it_off_and_each_can_be_undone(bench: Workbench, spoken: list[int]) -> None:
    assert bench.kind_words.toggle(spoken[0]) == ("Anna", True)
    kept = bench.store.last_action
    assert bench.kind_words.toggle(spoken[0]) == ("Anna", False)
    assert bench.kind_words.every() == []
    bench.actions.undo(bench.store.last_action)
    assert bench.kind_words.has(spoken[0])
    bench.actions.undo(kept)
    assert not bench.kind_words.has(spoken[0])


def test_what_cannot_be_kept_is_said(bench: Workbench, spoken: list[int]) -> None:
    with pytest.raises(UserError, match="is yours"):
        bench.kind_words.keep(spoken[1])
    with pytest.raises(NotFoundError, match="M-7"):
        bench.kind_words.keep(7)
    with pytest.raises(NotFoundError, match="among the kind words"):
        bench.kind_words.remove(spoken[0])


def test_each_day_shows_another_until_all_were_read(bench: Workbench, spoken: list[int]) -> None:
    assert bench.kind_words.of_day(5) is None
    for number in (spoken[0], spoken[2]):
        bench.kind_words.keep(number)
    shown = [bench.kind_words.of_day(day) for day in (10, 11, 12)]
    assert [one.who for one in shown if one is not None] == ["Anna", "Béla", "Anna"]


def test_the_last_message_of_theirs_is_meant_where_none_is_named(bench: Workbench, spoken: list[int]) -> None:
    assert bench.kind_words.latest_of(1) == spoken[2]
    with pytest.raises(UserError, match="Nobody has written"):
        bench.kind_words.latest_of(99)


@pytest.mark.parametrize(
    ("handled", "due"),
    [([], False), ([True, True], False), ([True, True, True], True), ([True, True, False], False),
     ([False, True, True, True], True), ([True, True, True, False], False)],
)  # fmt: skip
def test_three_hard_ones_in_a_row_are_enough(handled: list[bool], *, due: bool) -> None:
    assert is_due(handled) is due


@pytest.mark.usefixtures("spoken")
def test_the_word_of_the_day_is_found_without_looking_through_all_messages(bench: Workbench) -> None:
    with bench.store.write() as conn:
        conn.execute("ANALYZE message")  # the shelf is empty and has no statistics, as in a file that was long in use
        plan = [row["detail"] for row in conn.execute(f"EXPLAIN QUERY PLAN SELECT count(*) FROM ({_SELECT})")]
    assert any("SCAN k" in step for step in plan)
    assert not [step for step in plan if step.startswith("SCAN m")]
