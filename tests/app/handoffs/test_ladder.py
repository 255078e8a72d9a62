"""Which step is offered when no answer comes, by a table of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from app.base import clock
from app.handoffs.ladder import PASS_ON, REMIND, TELL, Taken, next_step
from app.handoffs.rows import Handoff

FRIDAY = date(2026, 11, 20)  # Monday the 23rd is the next working day
HANDOFF = Handoff(
    id=1, rev=1, conversation_id=1, title="Box", member_id=1, member="Ελένη", message_id=1, teammate_id=1,
    teammate="Jón", team="", kind="problem", priority="normal", ask="Send a box", context="", opened_at=0,
    needed_by=FRIDAY.isoformat(), owner="", status="sent", answer="", answered_on="", ticket="", told_at=None,
    closed_at=None, closed_why="", exported_at=1, updated_at=0,
)  # fmt: skip


def day(days: int) -> date:
    return FRIDAY + timedelta(days=days)


def taken(*steps: tuple[str, int]) -> list[Taken]:
    return [
        Taken(number, 1, step, clock.at_local(datetime.combine(day(days), time(10))))
        for number, (step, days) in enumerate(steps)
    ]


@pytest.mark.parametrize(
    ("steps", "today", "offered"),
    [
        ((), 0, None),  # it is needed today
        ((), 1, None),  # Saturday
        ((), 2, None),  # Sunday
        ((), 3, REMIND),  # Monday, the first working day after
        (((REMIND, 3),), 4, None),  # Jón was reminded yesterday
        (((REMIND, 3),), 5, PASS_ON),
        (((REMIND, 7),), 9, None),  # reminded on Friday: the weekend does not count
        (((REMIND, 7),), 11, PASS_ON),
        (((REMIND, 3), (PASS_ON, 5)), 6, None),
        (((REMIND, 3), (PASS_ON, 5)), 7, TELL),
        (((REMIND, 3), (PASS_ON, 5), (TELL, 7)), 13, None),
        (((REMIND, 3), (PASS_ON, 5), (TELL, 7)), 14, REMIND),  # a week later, from the start
    ],
)
def test_one_step_after_the_other_in_working_days(
    steps: tuple[tuple[str, int], ...], today: int, offered: str | None
) -> None:
    found = next_step(HANDOFF, taken(*steps), day(today))
    assert (None if found is None else found.step) == offered


def test_holidays_do_not_count() -> None:
    assert next_step(HANDOFF, [], day(3), {day(3)}) is None
    found = next_step(HANDOFF, [], day(4), {day(3)})
    assert found is not None
    assert found.days == 1


def test_without_a_second_name_the_member_is_next_and_without_a_member_the_reminder_again() -> None:
    once = taken((REMIND, 3))
    found = next_step(HANDOFF, once, day(5), second=False)
    assert found is not None
    assert found.step == TELL
    alone = next_step(replace(HANDOFF, member_id=None), once, day(5), second=False)
    assert alone is not None
    assert alone.step == REMIND


def test_who_is_away_is_not_reminded_while_somebody_else_could_help() -> None:
    for second, step in ((True, PASS_ON), (False, REMIND)):
        found = next_step(HANDOFF, [], day(3), second=second, away=True)
        assert found is not None
        assert found.step == step


@pytest.mark.parametrize("change", [{"status": "solved"}, {"status": "declined"}, {"closed_at": 5}, {"needed_by": ""}])
def test_nothing_is_offered_where_nothing_is_missing(change: dict[str, object]) -> None:
    assert next_step(replace(HANDOFF, **change), [], day(30)) is None  # type: ignore[arg-type]
