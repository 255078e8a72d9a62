"""The desk of working blocks: what is set, and what is late in working time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date

import pytest

from app.base import clock
from app.base.errors import NotFoundError, UserError
from app.blocks import Blocks
from app.blocks.words import spelled
from app.calendar.working import WORKING_DAYS
from app.workbench import Workbench
from tests.app.saying import account

MONDAY = "2026-11-30 12:00"


@pytest.fixture(autouse=True)
def prague(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Prague")
        time.tzset()
        yield
    time.tzset()


def _at(text: str) -> int:
    return clock.from_iso(text)


def _shown(at: int) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"


def _set(bench: Workbench) -> list[str]:
    return [spelled(planned.block) for planned in bench.blocks.all()]


def test_blocks_are_added_removed_and_come_back_with_undo(bench: Workbench) -> None:
    first, second = bench.blocks.add("Tue 17-19, Sat 10-12")
    assert _set(bench) == ["Tuesday 17:00–19:00", "Saturday 10:00–12:00"]
    bench.blocks.remove(first)
    assert [planned.id for planned in bench.blocks.all()] == [second]
    bench.actions.undo()
    assert _set(bench) == ["Tuesday 17:00–19:00", "Saturday 10:00–12:00"]
    bench.actions.undo()
    assert _set(bench) == []
    with pytest.raises(NotFoundError, match="no longer exists"):
        bench.blocks.remove(first)


def test_a_block_that_overlaps_another_is_refused_and_none_of_the_others_is_added(bench: Workbench) -> None:
    bench.blocks.add("Tue 17-19")
    with pytest.raises(UserError, match="Tuesday 18:00–20:00 overlaps Tuesday 17:00–19:00"):
        bench.blocks.add("Sat 10-12, Tue 18-20")
    assert _set(bench) == ["Tuesday 17:00–19:00"]


def test_blocks_are_replaced_as_one_action_and_those_that_stay_keep_their_ids(bench: Workbench) -> None:
    first, _second = bench.blocks.add("Tue 17-19, Sat 10-12")
    bench.blocks.put("Tue 17-19, Sun 9-10")
    assert _set(bench) == ["Tuesday 17:00–19:00", "Sunday 09:00–10:00"]
    assert bench.blocks.all()[0].id == first
    bench.actions.undo()
    assert _set(bench) == ["Tuesday 17:00–19:00", "Saturday 10:00–12:00"]
    bench.blocks.put(" ")
    assert _set(bench) == []


def test_until_blocks_are_set_working_days_count(bench: Workbench) -> None:
    assert bench.blocks.working(_at(MONDAY)).blocks == WORKING_DAYS
    bench.blocks.add("Tue 17-19")
    assert len(bench.blocks.working(_at(MONDAY)).blocks) == 1


def test_with_blocks_on_tuesday_and_saturday_nothing_of_sunday_is_late_on_monday(bench: Workbench) -> None:
    number, sunday, now = account(bench.store), _at("2026-11-29 14:00"), _at("2026-11-30 20:00")
    assert bench.blocks.lateness(now).is_late(number, sunday)  # two hours of a working day
    bench.blocks.add("Tue 17-19, Sat 10-12")
    assert not bench.blocks.lateness(now).is_late(number, sunday)
    assert _shown(bench.blocks.due_at(number, sunday)) == "2026-12-01 19:00"
    due = _at("2026-12-01 19:00")
    assert bench.blocks.lateness(due).is_late(number, sunday)
    assert not bench.blocks.lateness(due - 1).is_late(number, sunday)
    assert not bench.blocks.lateness(due).is_late(number, None)


def test_what_lies_before_the_next_block_is_told(bench: Workbench) -> None:
    now = clock.now()
    bench.blocks.add("Tue 17-19, Sat 10-12")
    starts = bench.blocks.working(now).next_start(now)
    late = bench.blocks.lateness(now)
    assert late.is_before_next_block(starts)
    assert not late.is_before_next_block(starts + 1)


def test_an_account_has_a_promise_of_its_own(bench: Workbench) -> None:
    number, other = account(bench.store), account(bench.store, "twitter", "Twitter")
    bench.accounts.notes.put_reply_target(number, 30, "Blog")
    since, now = _at("2026-12-01 09:00"), _at("2026-12-01 10:00")
    lateness = bench.blocks.lateness(now)
    assert lateness.is_late(number, since)
    assert not lateness.is_late(other, since)
    assert _shown(bench.blocks.due_at(number, since)) == "2026-12-01 09:30"
    assert _shown(bench.blocks.due_at(other, since)) == "2026-12-01 11:00"


def test_holidays_of_the_chosen_country_are_no_working_days(bench: Workbench) -> None:
    number, since = account(bench.store), _at("2026-12-23 16:00")
    assert _shown(bench.blocks.due_at(number, since)) == "2026-12-24 10:00"
    bench.settings.put("country", "cz")
    assert _shown(bench.blocks.due_at(number, since)) == "2026-12-28 10:00"
    bench.settings.put("country", "gb")  # the 28th stands in for Boxing Day, a Saturday
    assert _shown(bench.blocks.due_at(number, since)) == "2026-12-24 10:00"
    assert date(2026, 12, 28) in bench.blocks.working(since).free


def test_the_free_days_of_the_next_year_count_before_it_begins(bench: Workbench) -> None:
    asked = []

    def free_days(country: str, year: int) -> frozenset[date]:
        asked.append((country, year))
        return frozenset({date(year, 1, 1)})

    bench.settings.put("country", "is")
    working = Blocks(bench.store, bench.settings, free_days).working(_at("2026-12-31 18:00"))
    assert _shown(working.next_block(_at("2026-12-31 18:00")).starts) == "2027-01-04 09:00"
    assert {country for country, _year in asked} == {"is"}


def test_days_late_are_working_days_without_the_country_s_holidays(bench: Workbench) -> None:
    days = [("2026-12-04", "2026-12-04", 0), ("2026-12-04", "2026-12-06", 0), ("2026-12-04", "2026-12-09", 3)]
    assert [bench.blocks.days_late(due, date.fromisoformat(today)) for due, today, _ in days] == [
        late for _due, _today, late in days
    ]
    assert bench.blocks.days_late("2026-12-23", date(2026, 12, 28)) == 3
    bench.settings.put("country", "cz")  # the 24th and 25th are free
    assert bench.blocks.days_late("2026-12-23", date(2026, 12, 28)) == 1
    assert bench.blocks.days_late("2026-12-31", date(2027, 1, 4)) == 1
