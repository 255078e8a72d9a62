"""Working time: minutes between two times, when a promise falls due, which block is next; at both edges of the year."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.calendar.working import WORKING_DAYS, Block, Remembered, WorkingTime

TUE_AND_SAT = WorkingTime((Block(1, 17 * 60, 19 * 60), Block(5, 10 * 60, 12 * 60)))
OFFICE = WorkingTime()
ZONES = ("Europe/Prague", "Atlantic/Reykjavik", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
TIMES = st.integers(1_767_225_600, 1_830_297_600)  # 2026 and 2027, both edges of each
MINUTES = st.integers(0, 300)
BLOCKS = st.lists(
    st.builds(
        lambda weekday, starts, lasts: Block(weekday, starts, min(1440, starts + lasts)),
        st.integers(0, 6), st.integers(0, 1380), st.integers(60, 1440),
    ),
    min_size=1, max_size=6,
)  # fmt: skip
FREE = st.sets(st.dates(date(2026, 1, 1), date(2027, 12, 31)), max_size=20)
WORKING = st.builds(lambda blocks, free: WorkingTime(tuple(blocks), frozenset(free)), BLOCKS, FREE)


@contextmanager
def _zone(name: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        try:
            yield
        finally:
            patch.undo()
            time.tzset()


@pytest.fixture(autouse=True)
def prague() -> Iterator[None]:
    with _zone("Europe/Prague"):
        yield


def _at(text: str) -> int:
    return clock.from_iso(text)


def _shown(at: int) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"


def test_a_message_of_sunday_has_waited_no_minute_on_monday() -> None:
    sunday, monday = _at("2026-11-29 14:00"), _at("2026-11-30 20:00")
    assert TUE_AND_SAT.minutes_between(sunday, monday) == 0
    assert OFFICE.minutes_between(sunday, monday) == 8 * 60


@pytest.mark.parametrize(
    ("at", "minutes", "due"),
    [
        ("2026-11-29 14:00", 120, "2026-12-01 19:00"),
        ("2026-11-29 14:00", 121, "2026-12-05 10:01"),
        ("2026-12-01 17:30", 60, "2026-12-01 18:30"),
        ("2026-12-01 18:30", 60, "2026-12-05 10:30"),
        ("2026-12-01 18:30", 0, "2026-12-01 18:30"),
        ("2026-12-05 12:00", 1, "2026-12-08 17:01"),
    ],
)
def test_a_promise_falls_due_in_working_time(at: str, minutes: int, due: str) -> None:
    assert _shown(TUE_AND_SAT.add_minutes(_at(at), minutes)) == due


def test_a_free_day_has_no_working_time() -> None:
    free = WorkingTime(free=frozenset({date(2026, 12, 24), date(2026, 12, 25)}))
    wednesday = _at("2026-12-23 16:00")
    assert _shown(free.add_minutes(wednesday, 90)) == "2026-12-28 09:30"
    assert free.minutes_between(wednesday, _at("2026-12-28 09:30")) == 90
    assert free.next_block(_at("2026-12-24 10:00"))[0] == _at("2026-12-28 09:00")


@pytest.mark.parametrize(
    ("now", "block", "under_way", "next_start"),
    [
        ("2026-11-30 12:00", "2026-12-01 17:00", False, "2026-12-01 17:00"),
        ("2026-12-01 17:00", "2026-12-01 17:00", True, "2026-12-05 10:00"),
        ("2026-12-01 18:59", "2026-12-01 17:00", True, "2026-12-05 10:00"),
        ("2026-12-01 19:00", "2026-12-05 10:00", False, "2026-12-05 10:00"),
    ],
)
def test_the_block_under_way_and_the_next_one(now: str, block: str, under_way: bool, next_start: str) -> None:  # noqa: FBT001  a case
    at = _at(now)
    assert _shown(TUE_AND_SAT.next_block(at)[0]) == block
    assert (TUE_AND_SAT.current_block(at) is not None) == under_way
    assert _shown(TUE_AND_SAT.next_start(at)) == next_start


def test_blocks_that_touch_are_one_also_at_midnight() -> None:
    evening = WorkingTime((Block(5, 22 * 60, 1440), Block(6, 0, 60), Block(6, 60, 120)))
    assert evening.current_block(_at("2026-12-06 00:30")) == (_at("2026-12-05 22:00"), _at("2026-12-06 02:00"))
    assert _shown(evening.next_start(_at("2026-12-05 23:00"))) == "2026-12-12 22:00"


def test_blocks_that_overlap_count_once() -> None:
    twice = WorkingTime((Block(1, 17 * 60, 19 * 60), Block(1, 18 * 60, 20 * 60)))
    assert twice.minutes_between(_at("2026-12-01 00:00"), _at("2026-12-02 00:00")) == 3 * 60


@pytest.mark.parametrize(
    ("day", "starts", "ends", "minutes"),
    [
        ("2026-03-29", 90, 210, 60),  # 01:30 to 03:30, of which the clocks skip an hour
        ("2026-03-29", 130, 170, 0),  # within the hour that there is not
        ("2026-03-29", 150, 195, 15),  # from an hour that there is not to 03:15
        ("2026-03-29", 0, 1440, 23 * 60),
        ("2026-10-25", 90, 210, 180),  # 01:30 to 03:30, of which 02:00 to 03:00 comes twice
        ("2026-10-25", 0, 1440, 25 * 60),
    ],
)
def test_on_the_nights_when_the_clocks_change_the_minutes_that_pass_are_counted(
    day: str, starts: int, ends: int, minutes: int
) -> None:
    night = WorkingTime((Block(6, starts, ends),))
    begin = _at(f"{day} 00:00")
    assert night.minutes_between(begin, begin + 26 * 3600) == minutes
    if minutes:
        due = night.add_minutes(begin, minutes)
        assert night.minutes_between(begin, due) == minutes
        assert night.subtract_minutes(due, minutes) == night.next_block(begin)[0]


def test_without_any_working_time_nothing_falls_due() -> None:
    sundays = frozenset(date.fromordinal(day) for day in range(date(2026, 1, 4).toordinal(), 745_000, 7))
    none = WorkingTime((Block(6, 60, 120),), sundays)
    for ask in (none.next_block, none.next_start, lambda at: none.add_minutes(at, 1)):
        with pytest.raises(ValueError, match="Block"):
            ask(_at("2026-12-01 12:00"))


@given(st.sampled_from(ZONES), WORKING, TIMES, st.integers(0, 1_000_000), st.integers(0, 1_000_000))
def test_working_time_adds_up(zone: str, working: WorkingTime, first: int, step: int, further: int) -> None:
    second, third = first + step, first + step + further
    with _zone(zone):
        between = working.seconds_between
        assert between(first, third) == between(first, second) + between(second, third)
        assert 0 <= between(first, second) <= second - first
        assert between(third, first) == 0


@given(st.sampled_from(ZONES), WORKING, TIMES, MINUTES)
def test_a_promise_is_due_when_its_minutes_have_passed_and_not_before(
    zone: str, working: WorkingTime, at: int, minutes: int
) -> None:
    with _zone(zone):
        due = working.add_minutes(at, minutes)
        assert working.minutes_between(at, due) == minutes
        if minutes:
            assert working.seconds_between(at, due - 1) == minutes * 60 - 1
            assert working.add_minutes(at, minutes + 1) > due


@given(st.sampled_from(ZONES), WORKING, TIMES, MINUTES)
def test_what_came_before_the_last_time_is_late_and_nothing_else(
    zone: str, working: WorkingTime, now: int, minutes: int
) -> None:
    with _zone(zone):
        since = working.subtract_minutes(now, minutes)
        assert working.minutes_between(since, now) == minutes
        assert working.add_minutes(since, minutes) <= now
        assert working.add_minutes(since + 1, minutes) > now


@given(st.sampled_from(ZONES), WORKING, TIMES, st.integers(0, 86_400), MINUTES)
def test_who_waits_longer_is_never_due_later(
    zone: str, working: WorkingTime, at: int, later: int, minutes: int
) -> None:
    with _zone(zone):
        assert working.add_minutes(at, minutes) <= working.add_minutes(at + later, minutes)


@given(WORKING, st.lists(st.tuples(TIMES, MINUTES), min_size=2, max_size=4))
def test_what_is_remembered_is_what_would_be_looked_up(working: WorkingTime, asked: list[tuple[int, int]]) -> None:
    remembered = Remembered(*working)
    for at, minutes in asked:
        assert remembered.add_minutes(at, minutes) == working.add_minutes(at, minutes)
        assert remembered.subtract_minutes(at, minutes) == working.subtract_minutes(at, minutes)
        assert remembered.next_block(at) == working.next_block(at)
    assert remembered == working


@given(st.sampled_from(ZONES), WORKING, TIMES)
def test_the_next_block_has_not_ended_and_no_working_time_lies_before_it(
    zone: str, working: WorkingTime, now: int
) -> None:
    with _zone(zone):
        starts, ends = working.next_block(now)
        assert starts < ends
        assert ends > now
        assert working.seconds_between(now, starts) == 0
        assert working.seconds_between(starts, ends) == ends - starts
        assert working.next_start(now) > now
        assert (working.current_block(now) is not None) == (starts <= now)


def test_until_somebody_says_otherwise_working_days_are_from_nine_to_five() -> None:
    assert OFFICE.blocks == WORKING_DAYS
    assert [_shown(at) for at in OFFICE.next_block(_at("2026-12-05 12:00"))] == ["2026-12-07 09:00", "2026-12-07 17:00"]
