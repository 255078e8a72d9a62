"""Who is new here, came a second time, has gone quiet, and came back."""

from __future__ import annotations

import pytest

from app.base.message import Incoming
from app.inbox.standing import recompute_standing
from app.involvement.goodbye import says_goodbye
from app.involvement.silence import is_quiet, newcomers
from app.members.records import change
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
    assert is_quiet(visits, over, silent, 3) == every


def test_how_often_somebody_wrote_is_counted_in_days(bench: Workbench) -> None:
    weekly = [said(f"w{week}", NOW - (30 + 7 * week) * DAY, who="weekly") for week in range(4)]
    burst = [said(f"b{hour}", NOW - 40 * DAY + hour * 60, who="burst") for hour in range(9)]
    lately = [said(f"l{week}", NOW - (3 + 7 * week) * DAY, who="lately") for week in range(4)]
    early = [said(f"e{week}", NOW - (300 + 9 * week) * DAY, who="weekly") for week in range(30)]
    gone = [said(f"g{week}", NOW - (200 + 7 * week) * DAY, who="gone") for week in range(4)]
    bench.intake.take(account(bench.store), [*weekly, *burst, *lately, *gone, *early])
    assert [(one.name, one.every_days) for one in bench.involvement.gone_quiet(NOW)] == [("Weekly", 7)]


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


def weekly(who: str, *weeks: int, text: str = "Hello there") -> list[Incoming]:
    """A message of somebody's for each number of weeks ago."""
    return [said(f"{who}{week}", NOW - 7 * week * DAY - 60, text, who, thread=who) for week in weeks]


def test_from_how_many_weeks_silence_counts_is_a_setting(bench: Workbench) -> None:
    bench.intake.take(account(bench.store), weekly("anna", 4, 5, 6, 7, 8))
    assert [one.name for one in bench.involvement.gone_quiet(NOW)] == ["Anna"]
    bench.settings.put("silent_weeks", 5)
    assert bench.involvement.gone_quiet(NOW) == []


@pytest.mark.parametrize(
    "fact", [{"kind": "staff"}, {"kind": "former_staff"}, {"kind": "applicant"}, {"do_not_contact": 1}]
)
def test_staff_and_who_wants_no_letters_are_not_asked_after(bench: Workbench, fact: dict[str, object]) -> None:
    bench.intake.take(account(bench.store), weekly("anna", 4, 5, 6, 7, 8))
    with bench.store.write() as conn:
        change(conn, 1, fact)
    assert bench.involvement.gone_quiet(NOW) == []


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("I'm leaving this forum, thanks for everything", True),
        ("Loučím se s vámi, bylo to hezké", True),
        ("Elköszönök, köszönök mindent", True),
        ("Αποχωρώ από την κοινότητα, ευχαριστώ", True),
        ("Ég er hættur hér, takk fyrir allt", True),
        ("Bye for now, until next week", False),
        ("Bless í bili", False),
        ("Viszlát jövő héten", False),
        ("Are you leaving the lemons outside?", False),
    ],
)
def test_who_says_goodbye_is_not_asked_after(bench: Workbench, text: str, leaves: bool) -> None:  # noqa: FBT001
    assert says_goodbye(text) is leaves
    bench.intake.take(account(bench.store), [*weekly("anna", 5, 6, 7, 8), *weekly("anna", 4, text=text)])
    assert [one.name for one in bench.involvement.gone_quiet(NOW)] == ([] if leaves else ["Anna"])


def test_who_is_let_be_comes_up_again_only_after_they_wrote(bench: Workbench) -> None:
    number = account(bench.store)
    bench.intake.take(number, weekly("anna", 10, 11, 12, 13))
    bench.today.let_be(1)
    assert bench.involvement.gone_quiet(NOW) == []
    bench.actions.undo()
    assert [one.name for one in bench.involvement.gone_quiet(NOW)] == ["Anna"]
    bench.today.let_be(1)
    bench.intake.take(number, weekly("anna", 9))
    assert [one.name for one in bench.involvement.gone_quiet(NOW)] == ["Anna"]


def test_who_wrote_again_after_their_own_kind_of_silence_came_back(bench: Workbench) -> None:
    number = account(bench.store)
    seldom = [said(f"s{month}", NOW - 30 * month * DAY, who="seldom", thread="s") for month in range(1, 9)]
    bench.intake.take(
        number,
        [
            *weekly("anna", 1, 9, 10, 11, 12), *weekly("bela", 1, 2, 3, 4, 5), *weekly("cyril", 1, 30), *seldom,
            said("s0", NOW - DAY, who="seldom", thread="s"),
        ],
    )  # fmt: skip
    (back,) = bench.involvement.came_back(NOW)
    assert (back.name, back.days, back.every_days) == ("Anna", 56, 7)
    bench.intake.take(number, [said("r", NOW - DAY, who="us", thread="anna", out=True)])
    assert bench.involvement.came_back(NOW) == []


def test_who_is_merged_came_back_by_another_name_too(bench: Workbench) -> None:
    blog, mail = account(bench.store), account(bench.store, "mastodon", "Mastodon")
    bench.intake.take(blog, weekly("anna", 9, 10, 11, 12))
    bench.intake.take(mail, weekly("annie", 1))
    assert bench.involvement.came_back(NOW) == []
    bench.members.merge(1, 2)
    assert [(one.name, one.days) for one in bench.involvement.came_back(NOW)] == [("Anna", 56)]


def test_who_came_a_second_time_is_told_until_the_third(bench: Workbench) -> None:
    number = account(bench.store)
    ours = [said(f"us-{who}", NOW - 40 * DAY, who="us", thread=who, out=True) for who in ("anna", "bela", "cyril")]
    bench.intake.take(number, [*weekly("anna", 1, 6), *weekly("bela", 1, 5, 6), *weekly("cyril", 4, 6), *ours])
    bench.intake.take(number, [*weekly("dora", 1), said("d2", NOW - 7 * DAY, who="dora", thread="dora")])
    assert [(one.name, one.days) for one in bench.involvement.second_time(NOW)] == [("Anna", 35)]


def test_an_import_makes_nobody_new(bench: Workbench) -> None:
    number = account(bench.store)
    with bench.store.write() as conn:
        batch = conn.execute(
            "INSERT INTO import_batch (at, file, kind, account_id) VALUES (?, 'f', 'mbox', ?)", (NOW, number)
        ).lastrowid
    bench.intake.take(number, [said("1", NOW - DAY, who="new", thread="new")], batch_id=batch)
    assert newcomers(bench.store.read, NOW) == []


def test_a_letter_that_could_not_be_delivered_is_no_answer_to_a_newcomer(bench: Workbench) -> None:
    bench.intake.take(
        account(bench.store),
        [said("1", NOW - DAY, who="new", thread="t"), said("2", NOW - DAY + 60, who="us", thread="t", out=True)],
    )
    assert newcomers(bench.store.read, NOW) == []
    with bench.store.write() as conn:
        conn.execute("UPDATE message SET failed = 'no such mailbox' WHERE out")
        recompute_standing(conn, [1])
    assert [one.name for one in newcomers(bench.store.read, NOW)] == ["New"]


def test_whoever_is_known_by_two_names_came_a_second_time_too(bench: Workbench) -> None:
    blog, mail = account(bench.store), account(bench.store, "mastodon", "Mastodon")
    bench.intake.take(blog, [said("1", NOW - 9 * DAY, who="anna", thread="t")])
    bench.intake.take(blog, [said("r", NOW - 9 * DAY + 60, who="us", thread="t", out=True)])
    bench.intake.take(mail, [said("2", NOW - 9 * DAY + 120, who="annie", thread="u")])
    bench.members.merge(1, 2)
    assert bench.involvement.second_time(NOW) == []  # one day, under two names
    bench.intake.take(mail, [said("3", NOW - DAY, who="annie", thread="u")])
    assert [(one.name, one.days) for one in bench.involvement.second_time(NOW)] == [("Anna", 8)]
    bench.intake.take(blog, [said("4", NOW - 3600, who="anna", thread="t")])
    assert bench.involvement.second_time(NOW) == []  # the third day
