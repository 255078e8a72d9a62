"""What the notice at a block's start says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.base import clock
from app.base.paths import Profile
from app.today import notice
from app.workbench import Workbench


@pytest.mark.parametrize(
    ("waiting", "promised", "late", "words"),
    [
        (12, 2, 0, "12 wait, 2 promised for today"),
        (1, 0, 0, "1 waits"),
        (1, 1, 1, "1 waits, 1 promised for today, 1 promise late"),
        (3, 0, 2, "3 wait, 2 promises late"),
        (0, 0, 0, ""),
        (0, 2, 1, ""),
    ],
)
def test_numbers_and_nothing_where_nobody_waits(waiting: int, promised: int, late: int, words: str) -> None:
    assert notice.words(waiting, promised, late) == words


@pytest.mark.slow
def test_it_counts_what_is_in_the_file(demo_profile: Profile) -> None:
    bench = Workbench(demo_profile)
    try:
        member = bench.store.read.execute("SELECT id FROM member LIMIT 1").fetchone()["id"]
        now = clock.now()
        day = clock.local(now).date()
        for promise in bench.promises.open():
            bench.promises.keep(promise.id)
        for days in (-2, 0, 0, 3):
            bench.promises.add(member, "Send it", (day + timedelta(days)).isoformat())
        waiting = bench.inbox.counts()["needs_me"]
        assert waiting > 1
        assert notice.at_start(bench, now) == f"{waiting} wait, 2 promised for today, 1 promise late"
    finally:
        bench.close()


def test_an_empty_file_has_nothing_to_say(bench: Workbench) -> None:
    assert notice.at_start(bench, clock.now()) == ""
