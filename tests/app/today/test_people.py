"""Who is new here, and who has gone quiet."""

from __future__ import annotations

import pytest

from app.today.people import gone_quiet, is_quiet, newcomers
from app.workbench import Workbench
from tests.app.saying import NOW, account, said

DAY = 86_400


@pytest.mark.parametrize(
    ("visits", "over", "silent", "every"),
    [
        (5, 28, 42, 7),  # weekly, silent for six weeks
        (5, 28, 21, 7),  # three weeks, to the day
        (5, 28, 20, 0),
        (3, 14, 60, 0),  # too few to know
        (4, 42, 28, 14),  # twice as long, to the day
        (4, 42, 27, 0),
        (4, 45, 90, 0),  # never came more than twice a month
        (4, 3, 21, 1),
        (4, 3, 20, 0),  # daily, but three weeks may be a holiday
    ],
)
def test_who_has_gone_quiet(visits: int, over: int, silent: int, every: int) -> None:
    assert is_quiet(visits, over, silent) == every


def test_how_often_somebody_wrote_is_counted_in_days(bench: Workbench) -> None:
    weekly = [said(f"w{week}", NOW - (30 + 7 * week) * DAY, who="weekly") for week in range(4)]
    burst = [said(f"b{hour}", NOW - 40 * DAY + hour * 60, who="burst") for hour in range(9)]
    lately = [said(f"l{week}", NOW - (3 + 7 * week) * DAY, who="lately") for week in range(4)]
    early = [said(f"e{week}", NOW - (300 + 9 * week) * DAY, who="weekly") for week in range(30)]
    gone = [said(f"g{week}", NOW - (200 + 7 * week) * DAY, who="gone") for week in range(4)]
    bench.intake.take(account(bench.store), [*weekly, *burst, *lately, *gone, *early])
    assert [(one.name, one.every_days) for one in gone_quiet(bench.store.read, NOW)] == [("Weekly", 7)]


def test_who_is_new_is_listed_until_they_have_an_answer(bench: Workbench) -> None:
    number = account(bench.store)
    bench.intake.take(
        number,
        [
            said("1", NOW - 40 * DAY, who="old", thread="old"),
            said("2", NOW - DAY, who="old", thread="old"),
            said("3", NOW - 2 * DAY, who="new", thread="new"),
            said("4", NOW - DAY, who="newer", thread="newer"),
            said("5", NOW - 3 * DAY, who="answered", thread="answered"),
            said("6", NOW - 2 * DAY, who="us", thread="answered", out=True),
            said("7", NOW - DAY, who="answered", thread="answered"),
        ],
    )
    assert [one.name for one in newcomers(bench.store.read, NOW)] == ["New", "Newer"]
    bench.intake.take(number, [said("8", NOW, who="us", thread="new", out=True)])
    assert [one.name for one in newcomers(bench.store.read, NOW)] == ["Newer"]
    bench.members.edit(next(one.member_id for one in newcomers(bench.store.read, NOW)), {"kind": "staff"})
    assert newcomers(bench.store.read, NOW) == []
