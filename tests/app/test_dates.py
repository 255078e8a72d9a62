"""Dates by the person's own hours, blocks and country."""

from __future__ import annotations

from app.base import clock
from app.calendar.choices import BLOCK, TOMORROW
from app.workbench import Workbench


def test_the_next_block_is_that_of_the_blocks(bench: Workbench) -> None:
    bench.blocks.add("Sat 10-12")
    start = bench.blocks.working(clock.now()).next_start(clock.now())
    assert bench.dates.moment("next block") == bench.dates.moment("další blok") == start
    assert dict(bench.dates.offered((BLOCK,))) == {BLOCK: start}
    assert clock.local(start).strftime("%a %H:%M") == "Sat 10:00"


def test_a_morning_begins_when_the_settings_say(bench: Workbench) -> None:
    bench.settings.put("morning_hour", 7)
    ((_, at),) = bench.dates.offered((TOMORROW,))
    assert clock.local(at).hour == clock.local(bench.dates.moment("tomorrow")).hour == 7


def test_the_country_settles_which_figure_is_the_day(bench: Workbench) -> None:
    assert bench.dates.day("12.11.").endswith("-11-12")
    bench.settings.put("country", "hu")
    assert bench.dates.day("12.11.").endswith("-12-11")
