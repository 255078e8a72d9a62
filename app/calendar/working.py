"""Working time: the blocks of a week in which somebody works, and how many of their minutes lie between two times.

Blocks are local times of day, everything else is Unix seconds; the zone is the system's. A minute is one that passes:
on the night when the clocks go back a block from 01:30 to 03:30 has three hours, on that when they go forward one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from app.base import clock

DAY_MINUTES = 24 * 60
_MOST_DAYS = 1_000
"""Without working time for so long (blocks that all fall on free days) there is none."""
_DAY = timedelta(days=1)
_WEEK, _WORKING_WEEK = 7, 5
_LONGEST_SECONDS = 24 * 3600
"""Blocks that touch at midnight are one, but for who works without an end."""


class Stretch(NamedTuple):
    """A block of one day, in Unix seconds."""

    starts: int
    ends: int


class Block(NamedTuple):
    """A block of every week. Monday is 0; `starts` and `ends` are minutes from local midnight, at most 1440."""

    weekday: int
    starts: int
    ends: int


WORKING_DAYS = tuple(Block(weekday, 9 * 60, 17 * 60) for weekday in range(5))
"""Monday to Friday from 9 to 17, until somebody says when they work."""


class WorkingTime(NamedTuple):
    """When somebody works: blocks of every week, but on no free day. There has to be at least one block."""

    blocks: tuple[Block, ...] = WORKING_DAYS
    free: frozenset[date] = frozenset()

    def seconds_between(self, since: int, until: int) -> int:
        """How many seconds of working time lie between two times; 0 if `until` is not after `since`."""
        passed, last = 0, clock.local(until).date()
        for day in _days(since, +1):
            if until <= since or day > last:
                break
            passed += sum(max(0, min(ends, until) - max(starts, since)) for starts, ends in self._stretches(day))
        return passed

    def minutes_between(self, since: int, until: int) -> int:
        """How many whole minutes of working time lie between two times; 0 if `until` is not after `since`."""
        return self.seconds_between(since, until) // 60

    def add_minutes(self, at: int, minutes: int) -> int:
        """The first time by which so many minutes of working time have passed since `at`; `at` itself for none.

        Raises ValueError if there is no working time for years.
        """
        left = minutes * 60
        if left <= 0:
            return at
        for stretches in self._worked(at, +1):
            for starts, ends in stretches:
                begins = max(starts, at)
                if begins + left <= ends:
                    return begins + left
                left -= max(0, ends - begins)
        raise AssertionError  # those days do not end

    def subtract_minutes(self, at: int, minutes: int) -> int:
        """The last time since which so many minutes of working time have passed at `at`; `at` itself for none.

        What waits since then or longer has waited for them. Raises ValueError as `add_minutes` does.
        """
        left = minutes * 60
        if left <= 0:
            return at
        for stretches in self._worked(at, -1):
            for starts, ends in reversed(stretches):
                until = min(ends, at)
                if until - left >= starts:
                    return until - left
                left -= max(0, until - starts)
        raise AssertionError  # as above

    def next_block(self, now: int) -> Stretch:
        """The block that is under way, else the next one. Raises ValueError as `add_minutes` does."""
        return next(self.ahead(now))

    def current_block(self, now: int) -> Stretch | None:
        """The block that is under way; None between two."""
        block = self.next_block(now)
        return block if block.starts <= now else None

    def next_start(self, now: int) -> int:
        """When the next block starts that has not started yet. Raises ValueError as `add_minutes` does."""
        return next(starts for starts, _ends in self.ahead(now) if starts > now)

    def ahead(self, now: int) -> Iterator[Stretch]:
        """The blocks from the one under way on; those that touch, also at midnight, are one."""
        whole: Stretch | None = None
        for stretches in self._worked(now - _LONGEST_SECONDS, +1):
            for starts, ends in stretches:
                if whole is not None and starts == whole.ends and ends - whole.starts <= _LONGEST_SECONDS:
                    whole = Stretch(whole.starts, ends)
                    continue
                if whole is not None and whole.ends > now:
                    yield whole
                whole = Stretch(starts, ends)

    def _worked(self, at: int, step: int) -> Iterator[list[Stretch]]:
        """The blocks of each day that has some, from the day of `at` on or back. Raises ValueError if no day has."""
        empty = 0
        for day in _days(at, step):
            found = self._stretches(day)
            empty = 0 if found else empty + 1
            if empty > _MOST_DAYS:
                raise ValueError(self.blocks)
            if found:
                yield found

    def _stretches(self, day: date) -> list[Stretch]:
        """The blocks of a local day in order; those that overlap or touch are one."""
        found: list[Stretch] = []
        if day in self.free:
            return found
        for block in sorted(block for block in self.blocks if block.weekday == day.weekday()):
            starts, ends = _instant(day, block.starts), _instant(day, block.ends)
            if found and starts <= found[-1].ends:
                found[-1] = Stretch(found[-1].starts, max(ends, found[-1].ends))
            elif starts < ends:
                found.append(Stretch(starts, ends))
        return found


def working_days(after: date, until: date, free: Collection[date] = ()) -> int:
    """How many days from Monday to Friday come after one day and up to another, but those that are `free`."""
    if until <= after:
        return 0
    weeks, rest = divmod((until - after).days, _WEEK)
    ends = (until - timedelta(days=place) for place in range(rest))
    days = weeks * _WORKING_WEEK + sum(day.weekday() < _WORKING_WEEK for day in ends)
    return days - sum(after < day <= until and day.weekday() < _WORKING_WEEK for day in free)


def after_working_days(day: date, count: int, free: Collection[date] = ()) -> date:
    """The working day that comes so many working days after a day; `count` is at least 1."""
    at = day
    while working_days(day, at, free) < count:
        at += _DAY
    return at


class Remembered(WorkingTime):
    """The same for many questions: the blocks of a day are looked up once, so that a change of zone is not seen."""

    def _stretches(self, day: date) -> list[Stretch]:
        known: dict[date, list[Stretch]] = self.__dict__.setdefault("known", {})
        if day not in known:
            known[day] = super()._stretches(day)
        return known[day]


def _days(at: int, step: int) -> Iterator[date]:
    day = clock.local(at).date()
    while True:
        yield day
        day += step * _DAY


def _instant(day: date, minutes: int) -> int:
    """When the clocks first show this local time or, where they skip it, a later one."""
    midnight = datetime.combine(day, time())
    wall = midnight + timedelta(minutes=minutes)
    at = clock.at_local(wall)
    if clock.local(at).replace(tzinfo=None) == wall:
        return at
    before, after = int((wall - _DAY).replace(tzinfo=UTC).timestamp()) - 2 * _LONGEST_SECONDS, at
    while after - before > 1:  # the edge of a night when the clocks go forward
        middle = (before + after) // 2
        if clock.local(middle).replace(tzinfo=None) >= wall:
            after = middle
        else:
            before = middle
    return after
