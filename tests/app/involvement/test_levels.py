"""How far members take part: by deeds over time, never by followers, and by hand where it is pinned."""

from __future__ import annotations

import time

import pytest

from app.base import clock
from app.base.errors import UserError
from app.involvement.audience import MOST_CRITERIA
from app.involvement.levels import Deeds, Thresholds, level
from app.workbench import Workbench
from tests.app.saying import NOW, account, said

DAY = 86_400
FROM = Thresholds(3, 8, 3, 20, 10)


@pytest.mark.parametrize(
    ("deeds", "named"),
    [
        (Deeds(), ""),
        (Deeds(1, 1), "visitor"),
        (Deeds(90, 2, 2), "visitor"),  # many messages on few days
        (Deeds(3, 3), "participant"),
        (Deeds(8, 7, 7), "participant"),
        (Deeds(8, 8), "contributor"),
        (Deeds(3, 1, 0, 3), "contributor"),  # by helping alone
        (Deeds(60, 60, 3, 3, 3), "contributor"),  # for years, and few deeds for others
        (Deeds(20, 20, 4, 4, 2), "core"),
        (Deeds(20, 19, 9, 9, 9), "contributor"),
    ],
)
def test_a_level_follows_from_deeds(deeds: Deeds, named: str) -> None:
    assert level(deeds, FROM) == named


def wrote(bench: Workbench, who: str, days: int) -> None:
    """Somebody wrote on so many days, always in one conversation."""
    bench.intake.take(
        account(bench.store, name=who), [said(f"{who}{n}", NOW - n * DAY, who=who, thread=who) for n in range(days)]
    )


def test_the_file_says_the_same_as_the_rule(bench: Workbench) -> None:
    for number, days in enumerate((1, 2, 3, 7, 8, 20, 25), 1):
        wrote(bench, f"who{number}", days)
        standing = bench.involvement.of(number)
        assert standing.deeds.days == days
        assert standing.level == level(standing.deeds, FROM)
    assert sum(bench.involvement.counts().values()) == 7


def test_thresholds_are_settings_and_hold_at_once(bench: Workbench) -> None:
    wrote(bench, "anna", 4)
    assert bench.involvement.of(1).level == "participant"
    bench.settings.put("involved_participant_days", 5)
    assert bench.involvement.of(1).level == "visitor"


def test_what_is_pinned_by_hand_holds_until_it_is_taken_back(bench: Workbench) -> None:
    wrote(bench, "anna", 1)
    bench.involvement.pin([1], "core")
    assert (bench.involvement.of(1).level, bench.involvement.of(1).pinned) == ("core", True)
    assert bench.involvement.at("core") == {1}
    wrote(bench, "bela", 1)
    bench.actions.undo()
    assert (bench.involvement.of(1).level, bench.involvement.of(1).pinned) == ("visitor", False)
    bench.involvement.pin([1, 2], "core")
    bench.involvement.pin([1], "")
    assert bench.involvement.levels([1, 2]) == {1: "visitor", 2: "core"}


def test_staff_have_no_level_pinned_or_not(bench: Workbench) -> None:
    wrote(bench, "anna", 9)
    bench.members.edit(1, {"kind": "staff"})
    bench.involvement.pin([1], "core")
    assert bench.involvement.of(1).level == ""
    assert bench.involvement.of(1).deeds.days == 9
    bench.members.edit(1, {"kind": "customer"})
    assert bench.involvement.of(1).level == "core"


def test_two_who_are_one_have_one_level_by_the_deeds_of_both(bench: Workbench) -> None:
    wrote(bench, "anna", 5)
    wrote(bench, "annie", 4)
    bench.members.merge(1, 2)
    assert bench.involvement.levels([1, 2]) == {1: "contributor"}
    bench.actions.undo()
    assert bench.involvement.levels([1, 2]) == {1: "participant", 2: "participant"}


def test_an_unknown_level_is_refused(bench: Workbench) -> None:
    with pytest.raises(UserError, match="isn't a level"):
        bench.involvement.pin([1], "boss")


def test_a_file_of_an_earlier_release_is_counted_in_steps(bench: Workbench) -> None:
    wrote(bench, "anna", 5)
    with bench.store.write() as conn:
        conn.execute("DELETE FROM activity")
        conn.execute("DELETE FROM involvement")
    assert not bench.involvement.is_counted()
    bench.involvement.recount_in_steps()
    assert bench.involvement.is_counted()
    assert bench.involvement.of(1).level == "participant"
    assert bench.involvement.recount() == 1


def test_the_audience_is_described_and_its_share_of_the_month_counted(bench: Workbench) -> None:
    bench.involvement.describe_audience("People who make lemonade at home", ["Makes it", " ", "Makes it", "Asks why"])
    assert bench.involvement.audience().criteria == ("Makes it", "Asks why")
    wrote(bench, "anna", 1)
    wrote(bench, "bela", 1)
    bench.involvement.mark_fits([1], "Makes ginger beer too", fits=True)
    share = bench.involvement.share(NOW)
    assert (share.conversations, share.with_them, share.people, share.marked, share.percent) == (2, 1, 1, 1, 50)
    assert bench.members.get(1).fits_why == "Makes ginger beer too"
    bench.actions.undo()
    assert (bench.involvement.share(NOW).percent, bench.members.get(1).fits_why) == (0, "")


@pytest.mark.parametrize(
    ("description", "criteria"),
    [("x" * 2_001, []), ("", ["x" * 121]), ("", [str(n) for n in range(MOST_CRITERIA + 1)])],
)
def test_an_audience_that_is_too_long_is_refused(bench: Workbench, description: str, criteria: list[str]) -> None:
    with pytest.raises(UserError):
        bench.involvement.describe_audience(description, criteria)
    assert bench.involvement.audience().description == ""


def test_the_month_begins_at_its_own_midnight_also_where_the_clocks_change_in_it(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Prague")
    time.tzset()
    try:
        end = clock.from_iso("2026-03-31T12:00")  # summer time, which the first of March has not
        before, after = clock.from_iso("2026-02-28T23:30"), clock.from_iso("2026-03-01T00:30")
        bench.intake.take(
            account(bench.store), [said("1", before, who="anna", thread="a"), said("2", after, who="bela", thread="b")]
        )
        assert bench.involvement.share(end).conversations == 1
    finally:
        monkeypatch.undo()
        time.tzset()
