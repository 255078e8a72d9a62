"""What lies with each teammate, how long it takes, and who is asked too often."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from app.base import clock
from app.handoffs import MONTH_LEAST, MOST_OPEN, Load
from app.store.sqlite import scalar
from app.workbench import Workbench
from tests.app.handoffs.people import community

MONDAY = date(2026, 11, 23)


def at(day: date) -> int:
    return clock.at_local(datetime.combine(day, time(10)))


@pytest.fixture
def people(bench: Workbench) -> Workbench:
    return community(bench)


def test_counts_are_those_of_the_file(people: Workbench) -> None:
    desk = people.handoffs
    number = 0
    for needed, answered in (("2026-11-20", ""), ("2026-11-30", ""), ("", "solved"), ("", "declined")):
        number = desk.add(None, 1, "Ask", needed_by=needed, at=at(MONDAY))
        if answered:
            desk.answer(number, answered, at=at(MONDAY))
    desk.close(number)
    found = desk.loads(today=MONDAY)[1]
    assert (found.open, found.late, found.came_back, found.closed) == (2, 1, 1, 1)
    assert found.open == scalar(
        people.store.read, "SELECT count(*) FROM handoff WHERE closed_at IS NULL AND status = 'sent'"
    )
    assert 2 not in desk.loads(today=MONDAY)


def test_answered_in_time_is_what_was_answered_by_its_day(people: Workbench) -> None:
    desk = people.handoffs
    for needed, answered in (
        ("2026-11-23", MONDAY), ("2026-11-22", MONDAY), ("", MONDAY), ("2026-11-20", None), ("2026-11-30", None),
    ):  # fmt: skip
        number = desk.add(None, 1, "Ask", needed_by=needed, at=at(MONDAY - timedelta(days=3)))
        if answered:
            desk.answer(number, "declined", "No", answered.isoformat(), at=at(answered))
    found = desk.loads(today=MONDAY)[1]
    assert (found.in_time, found.timed) == (1, 3)
    assert found.in_time_words == "1 of 3 hand-offs answered in time"
    by_hand = "SELECT count(*) FROM handoff WHERE answered_on <= needed_by AND status <> 'sent'"
    assert found.in_time == scalar(people.store.read, by_hand)
    assert Load().in_time_words == ""


@pytest.mark.parametrize(
    ("opened", "answered", "free", "days"),
    [
        (MONDAY, MONDAY, (), 0),
        (MONDAY, MONDAY + timedelta(2), (), 2),
        (MONDAY + timedelta(4), MONDAY + timedelta(7), (), 1),  # over a weekend
        (MONDAY + timedelta(4), MONDAY + timedelta(8), (MONDAY + timedelta(7),), 1),  # and a holiday
    ],
)
def test_how_long_they_take_is_told_in_working_days(
    people: Workbench, opened: date, answered: date, free: tuple[date, ...], days: float
) -> None:
    number = people.handoffs.add(None, 1, "Ask", at=at(opened))
    people.handoffs.answer(number, "solved", "Yes", answered.isoformat(), at=at(answered))
    assert people.handoffs.loads(free, answered)[1].usual_days == days


def test_who_is_asked_too_often_is_told_with_the_count() -> None:
    assert Load(open=MOST_OPEN - 1).too_often == ""
    assert Load(open=MOST_OPEN).too_often == "5 hand-offs are waiting for them."
    assert Load(lately=4, lately_all=MONTH_LEAST).too_often == ("4 of 6 hand-offs in the last 30 days went to them.")
    assert Load(lately=3, lately_all=MONTH_LEAST).too_often == ""
    assert Load(lately=3, lately_all=MONTH_LEAST - 1).too_often == ""
