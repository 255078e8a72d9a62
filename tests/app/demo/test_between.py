"""What goes on between the demo's members: seven times help, one quarrel, two introductions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.base import clock
from app.base.paths import Profile
from app.demo import build
from app.introductions.standing import state
from app.workbench import Workbench

PLANTED = {
    "board-cloudy-syrup-2", "cs-too-sweet-1", "cs-fizzy-1", "el-grill-flame-1", "en-tom-cloudy-1", "hu-first-syrup-1",
    "hu-emese-cup-1",
}  # fmt: skip


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    profile = Profile(tmp_path_factory.mktemp("demo"))
    build(profile)
    made = Workbench(profile)
    yield made
    made.close()


def test_the_messages_that_helped_are_the_planted_seven(bench: Workbench) -> None:
    rows = bench.store.read.execute("SELECT m.remote_id FROM help h JOIN message m ON m.id = h.id")
    assert {row[0] for row in rows} == PLANTED
    assert bench.helps.count() == len(PLANTED) == 7


def test_one_quarrel_is_planted_and_the_rest_of_the_traffic_calls_none(bench: Workbench) -> None:
    (one,) = bench.quarrels.listed("all")
    assert (one.title, one.state) == ("Doboz vagy üveg?", "open")


def test_one_introduction_waits_for_an_answer_and_one_for_what_came_of_it(bench: Workbench) -> None:
    now = clock.now()
    stand = {made.one.name: state(made, now) for made in bench.introductions.listed("all")}
    assert stand == {"Nadia Rahman": "asked", "Priya Nair": "to_look_after"}
    sigrun = next(made.other.member_id for made in bench.introductions.listed("asked"))
    assert bench.introductions.awaited(sigrun) is not None
