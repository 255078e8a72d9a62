"""The demo's working blocks and the work that was timed in them."""

from __future__ import annotations

import pytest

from app.base import clock
from app.base.paths import Profile
from app.blocks.words import written
from app.demo import build
from app.handling import USUAL_MINUTES
from app.workbench import Workbench


@pytest.mark.slow
def test_the_demo_has_blocks_and_estimates_of_its_own(profile: Profile) -> None:
    now = clock.from_iso("2026-12-02 10:00")
    build(profile, now)
    bench = Workbench(profile)
    try:
        assert written([planned.block for planned in bench.blocks.all()]) == "Tue, Thu 17-19, Sat 10-12"
        assert all(estimate.samples >= 5 for estimate in bench.handling.estimated())
        assert bench.handling.estimates() != USUAL_MINUTES
        last_week = bench.handling.hours(clock.local(now - 7 * 86_400).date())
        assert [on.weekday() for on, seconds in last_week.days.items() if seconds] == [1, 3, 5]
        this_week = bench.handling.hours(clock.local(now).date())
        assert [on.weekday() for on, seconds in this_week.days.items() if seconds] == [1]
        assert len(last_week.accounts) > 1
        assert bench.actions.own(set()) is None
    finally:
        bench.close()
