"""`block`, `hours`, `estimate` and `account target`: working time in the shell."""

from __future__ import annotations

from contextlib import closing

import pytest

from app.base import clock
from app.base.paths import Profile
from app.workbench import Workbench
from tests.app.cli.shell import Shell


@pytest.mark.slow
def test_blocks_are_added_listed_and_removed(demo: Shell) -> None:
    for planned in demo.told("block", "list"):
        demo.told("block", "remove", str(planned["id"]))
    assert demo.told("block", "list") == []
    added = demo.told("block", "add", "Tue 17-19, so 10-12")
    assert [(one["weekday"], one["starts"], one["ends"]) for one in added] == [
        ("tue", "17:00", "19:00"), ("sat", "10:00", "12:00"),
    ]  # fmt: skip
    assert all(one["next_at"].endswith("Z") for one in added)
    assert demo.told("block", "list") == added
    assert "overlaps" in demo.told("block", "add", "Tue 18-20", status=1)["error"]
    assert "write two: Sat 22-24, Sun 0-2" in demo.told("block", "add", "Sat 22-2", status=1)["error"]
    assert "no block" in demo.told("block", "remove", "Mon 9-10", status=1)["error"]
    assert demo.told("block", "remove", "Tue 17-19") == added[1:]
    assert demo.told("block", "remove", str(added[1]["id"])) == []


def test_the_rest_is_parked_and_undone(demo: Shell) -> None:
    before = demo.told("list", "--state", "needs-me", "--limit", "0")
    demo.told("setting", "answer_hours", "720")
    parked = demo.told("block", "park")
    assert parked["parked"]
    assert {one["snoozed_until"] for one in parked["parked"]} == {parked["until"]}
    assert len(parked["parked"]) + len(demo.told("list", "--state", "needs-me", "--limit", "0")) == len(before)
    demo.told("undo")
    assert demo.told("list", "--state", "needs-me", "--limit", "0") == before


def test_hours_say_where_a_week_went(demo: Shell, demo_profile: Profile) -> None:
    at = clock.from_iso("2031-03-05 12:00")
    with closing(Workbench(demo_profile)) as bench:
        bench.handling.note("reply", 1, 90, "sent", at)
    told = demo.told("hours", "--week", "2031-03-07")
    assert (told["week"], told["minutes"], told["kinds"]) == ("2031-03-03", 1.5, {"reply": 1.5})
    assert list(told["days"].values()) == [0, 0, 1.5, 0, 0, 0, 0]
    assert sum(told["channels"].values()) == 1.5
    assert demo.told("hours", "--week", "2031-03-14", "--last") == told
    assert demo.told("hours", "--week", "2031-03-14")["minutes"] == 0
    assert "isn't a date" in demo.told("hours", "--week", "soon", status=1)["error"]


def test_an_estimate_is_corrected(demo: Shell) -> None:
    (told,) = demo.told("estimate", "unhappy", "12")
    assert (told["minutes"], told["corrected"]) == (12, True)
    (told,) = demo.told("estimate", "unhappy", "auto")
    assert told["corrected"] is False
    assert {one["kind"] for one in demo.told("estimate")} >= {"reply", "private", "unhappy"}
    assert "isn't a number of minutes" in demo.told("estimate", "reply", "soon", status=1)["error"]


def test_an_account_has_a_reply_target_of_its_own(demo: Shell) -> None:
    name = demo.told("account", "list")[0]["name"]
    usual = demo.told("account", "target", name)
    assert (usual["own"], usual["minutes"]) == (False, 120)
    own = demo.told("account", "target", name, "1 h 30 min")
    assert (own["own"], own["minutes"]) == (True, 90)
    assert "isn't a length of time" in demo.told("account", "target", name, "soon", status=1)["error"]
    assert demo.told("account", "target", name, "") == usual
