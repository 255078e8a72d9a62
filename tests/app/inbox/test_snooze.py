"""When a snoozed conversation comes back, over changes of clocks and ends of weeks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.errors import UserError
from app.inbox import CHOICES, UNTIL_REPLY, parse_when, until


@pytest.fixture(autouse=True, scope="module")
def in_prague() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Europe/Prague")
        time.tzset()
        yield
    time.tzset()


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone()


def shown(at: int) -> str:
    return datetime.fromtimestamp(at).astimezone().strftime("%a %Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("key", "now", "comes_back"),
    [
        ("later", "2026-11-23 14:20", "Mon 2026-11-23 17:00"),
        ("tomorrow", "2026-11-23 23:59", "Tue 2026-11-24 09:00"),
        ("tomorrow", "2026-12-31 08:00", "Fri 2027-01-01 09:00"),
        ("tomorrow", "2026-10-24 12:00", "Sun 2026-10-25 09:00"),  # the night that has 25 hours
        ("tomorrow", "2026-03-28 12:00", "Sun 2026-03-29 09:00"),  # the night that has 23
        ("later", "2026-10-24 23:30", "Sun 2026-10-25 02:00"),
        ("monday", "2026-11-22 10:00", "Mon 2026-11-23 09:00"),  # from a Sunday it is the next day
        ("monday", "2026-11-23 08:00", "Mon 2026-11-30 09:00"),  # never today
        ("monday", "2026-11-24 08:00", "Mon 2026-11-30 09:00"),
        ("monday", "2026-10-24 12:00", "Mon 2026-10-26 09:00"),
        ("week", "2026-03-25 18:00", "Wed 2026-04-01 09:00"),
    ],
)
def test_the_choices(key: str, now: str, comes_back: str) -> None:
    assert shown(until(key, local(now))) == comes_back


def test_until_they_reply_is_for_ever() -> None:
    assert until("reply", local("2026-11-23 14:20")) == UNTIL_REPLY


@pytest.mark.parametrize(
    ("typed", "comes_back"),
    [
        ("tomorrow", "Tue 2026-11-24 09:00"),
        (" Tomorrow ", "Tue 2026-11-24 09:00"),
        ("In a week", "Mon 2026-11-30 09:00"),
        ("2h", "Mon 2026-11-23 16:20"),
        ("in 3 days", "Thu 2026-11-26 09:00"),
        ("2 weeks", "Mon 2026-12-07 09:00"),
        ("monday", "Mon 2026-11-30 09:00"),
        ("Sunday", "Sun 2026-11-29 09:00"),
        ("tuesday", "Tue 2026-11-24 09:00"),
        ("2026-12-24", "Thu 2026-12-24 09:00"),
        ("20261224", "Thu 2026-12-24 09:00"),
        ("2026-12-24 07:30", "Thu 2026-12-24 07:30"),
        ("2026-12-24T06:30:00Z", "Thu 2026-12-24 07:30"),
    ],
)
def test_what_may_be_typed(typed: str, comes_back: str) -> None:
    assert shown(parse_when(typed, local("2026-11-23 14:20"))) == comes_back


@pytest.mark.parametrize("typed", ["0h", "0 days", "2026-11-23", "2026-11-23 14:20", "1999-01-01"])
def test_what_has_passed_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="already passed"):
        parse_when(typed, local("2026-11-23 14:20"))


@pytest.mark.parametrize("typed", ["", "soon", "in days", "-3 days", "2026-13-01", "25:00", "0001-01-01"])
def test_what_is_not_understood_is_said_plainly(typed: str) -> None:
    with pytest.raises(UserError, match=r"tomorrow|already passed"):
        parse_when(typed, local("2026-11-23 14:20"))


NOWS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1))  # noqa: DTZ001  local ones are what is asked for


@given(NOWS, st.sampled_from([choice.key for choice in CHOICES]))
def test_a_choice_is_always_still_to_come(now: datetime, key: str) -> None:
    assert until(key, now.astimezone()) > now.astimezone().timestamp()


@given(NOWS, st.sampled_from(["tomorrow", "monday", "week", "friday", "1 day", "3 weeks"]))
def test_mornings_are_at_nine_on_the_wall_whatever_the_clocks_do(now: datetime, typed: str) -> None:
    back = datetime.fromtimestamp(parse_when(typed, now.astimezone())).astimezone()
    assert (back.hour, back.minute, back.second) == (9, 0, 0)
    assert back.date() > now.date()


@given(st.text(max_size=30), NOWS)
def test_any_text_is_a_time_to_come_or_one_sentence(typed: str, now: datetime) -> None:
    with suppress(UserError):
        assert parse_when(typed, now.astimezone()) > now.astimezone().timestamp()


@pytest.mark.parametrize(
    ("typed", "comes_back"),
    [
        ("2027-03-28 02:30", "Sun 2027-03-28 03:30"),  # the clocks go from 02:00 to 03:00
        ("2027-03-28 02:00", "Sun 2027-03-28 03:00"),
        ("2027-03-28 02:59", "Sun 2027-03-28 03:59"),
        ("2027-03-28 01:59", "Sun 2027-03-28 01:59"),
        ("2027-03-28 03:00", "Sun 2027-03-28 03:00"),
        ("2027-10-31 02:30", "Sun 2027-10-31 02:30"),  # comes twice
    ],
)
def test_an_hour_that_the_clocks_skip_comes_after_them(typed: str, comes_back: str) -> None:
    assert shown(parse_when(typed, local("2027-03-27 12:00"))) == comes_back


def test_an_hour_that_comes_twice_is_the_first() -> None:
    first = datetime.fromisoformat("2027-10-31T00:30:00+00:00").timestamp()
    assert parse_when("2027-10-31 02:30", local("2027-10-30 12:00")) == first
