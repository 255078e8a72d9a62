"""Whose birthday or name day comes: by what is kept, else by their language's calendar; and who is left out."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from app.base import clock
from app.calendar.yearly import next_on
from app.intake import Intake
from app.members import Members
from app.members.days import coming, name_day_of
from app.store.store import Store
from tests.app.saying import account, said

TODAY = date(2026, 6, 23)
"""Jan and Honza have theirs on 24 June by the Czech calendar, László on 27 June by the Hungarian one."""
AT = clock.at_local(datetime.combine(TODAY, time(12)))


@pytest.fixture
def members(store: Store) -> Members:
    """Five who wrote: Honza and Petr in Czech, László in Hungarian, Jón in Icelandic, John in English."""
    blog = account(store)
    names = ("Honza Novák", "Petr Malý", "Kovács László", "Jón Jónsson", "John Smith")
    Intake(store).take(
        blog,
        [said(str(n), AT - 86_400 * (6 - n), "Hello", f"h{n}", name=name, thread=str(n), title="t")
         for n, name in enumerate(names, 1)],
    )  # fmt: skip
    desk = Members(store)
    for number, language in enumerate(("cs", "cs", "hu", "is", "en"), 1):
        desk.edit(number, {"language": language})
    return desk


def told(store: Store, today: date = TODAY) -> list[tuple[str, str, str]]:
    return [(one.member, one.kind, f"{one.day:%m-%d}") for one in coming(store.read, today)]


@pytest.mark.usefixtures("members")
def test_name_days_are_found_by_the_calendar_of_the_language(store: Store) -> None:
    assert told(store) == [
        ("Honza Novák", "name_day", "06-24"),
        ("Kovács László", "name_day", "06-27"),
        ("Petr Malý", "name_day", "06-29"),
    ]
    assert coming(store.read, TODAY)[0].name == "Jan"
    assert told(store, date(2026, 3, 1)) == []


def test_a_day_that_is_kept_by_hand_goes_before_the_calendar(members: Members, store: Store) -> None:
    members.edit(1, {"name_day": "none"})
    members.edit(3, {"name_day": "25 June", "birthday": "23. 6."})
    assert told(store) == [
        ("Kovács László", "birthday", "06-23"),
        ("Kovács László", "name_day", "06-25"),
        ("Petr Malý", "name_day", "06-29"),
    ]


def test_who_is_not_to_be_written_to_is_left_out(members: Members, store: Store) -> None:
    members.edit(1, {"do_not_contact": True, "birthday": "24 June"})
    assert [name for name, *_ in told(store)] == ["Kovács László", "Petr Malý"]


def test_birthdays_are_told_of_anybody_a_week_ahead_and_around_the_year(members: Members, store: Store) -> None:
    stranger = members.add("Never Wrote", birthday="30 June")
    assert "Never Wrote" not in [name for name, *_ in told(store)]
    assert ("Never Wrote", "birthday", "06-30") in told(store, date(2026, 6, 24))
    members.edit(stranger, {"birthday": "2 January"})
    assert told(store, date(2026, 12, 30)) == [("Never Wrote", "birthday", "01-02")]
    members.edit(stranger, {"birthday": "29 February"})
    assert told(store, date(2027, 2, 22)) == [("Never Wrote", "birthday", "02-28")]
    assert told(store, date(2028, 2, 28)) == [("Never Wrote", "birthday", "02-29")]


def test_who_has_been_silent_for_a_year_is_told_of_only_by_hand(members: Members, store: Store) -> None:
    assert told(store, date(2028, 6, 23)) == []
    members.edit(5, {"birthday": "24 June"})
    assert told(store, date(2028, 6, 23)) == [("John Smith", "birthday", "06-24")]


@pytest.mark.usefixtures("members")
def test_who_was_written_to_on_the_day_is_done(store: Store) -> None:
    day = date(2026, 6, 24)
    assert told(store, day)[0] == ("Honza Novák", "name_day", "06-24")
    at = clock.at_local(datetime.combine(day, time(9)))
    Intake(store).take(1, [said("9", at, "Vše nejlepší!", "us", thread="1")])
    assert "Honza Novák" not in [name for name, *_ in told(store, day)]


def test_a_merged_member_has_one_day(members: Members, store: Store) -> None:
    members.edit(2, {"birthday": "24 June"})
    members.merge(1, 2)
    assert [name for name, *_ in told(store)] == ["Honza Novák", "Honza Novák", "Kovács László"]
    assert {kind for _, kind, _ in told(store)[:2]} == {"birthday", "name_day"}


def test_the_name_day_of_a_member_is_that_of_the_given_name() -> None:
    found = name_day_of("Kovács László", "hu", "", 2026)
    assert found is not None
    assert found.day == date(2026, 6, 27)
    assert name_day_of("Kovács László", "hu", "none", 2026) is None
    assert name_day_of("Kovács László", "en", "", 2026) is None
    fixed = name_day_of("Kovács László", "en", "12-26", 2026)
    assert fixed is not None
    assert fixed.day == date(2026, 12, 26)
    assert next_on("12-26", date(2026, 12, 27)) == date(2027, 12, 26)
