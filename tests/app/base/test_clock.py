"""Whole seconds in UTC inside; zones only where a person reads or types."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock

MOMENTS = st.integers(0, 4_102_444_800)


@pytest.fixture(params=["Europe/Prague", "Atlantic/Reykjavik", "America/New_York", "Asia/Kathmandu"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


@given(MOMENTS)
def test_what_is_written_is_read_back(at: int) -> None:
    assert clock.from_iso(clock.iso(at)) == at


@pytest.mark.usefixtures("zone")
@pytest.mark.parametrize("at", [0, 1_774_746_000, 1_792_890_000, 1_792_893_600, 1_792_897_199])  # both edges of 2026
def test_a_local_time_is_the_same_instant(at: int) -> None:
    assert clock.local(at).timestamp() == at
    assert clock.from_iso(clock.local(at).isoformat()) == at


def test_a_time_without_a_zone_is_this_laptops(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Europe/Prague")
        time.tzset()
        assert clock.iso(clock.from_iso("2026-07-01 12:00")) == "2026-07-01T10:00:00Z"
        assert clock.iso(clock.from_iso("2026-01-01 12:00")) == "2026-01-01T11:00:00Z"
        assert clock.local(0).utcoffset() == timedelta(hours=1)
    time.tzset()


@pytest.mark.parametrize("typed", ["", "yesterday", "2026-13-01", "12"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        clock.from_iso(typed)


def test_now_is_whole() -> None:
    assert abs(clock.now() - time.time()) < 2
    assert isinstance(clock.now(), int)


@pytest.mark.parametrize(
    ("zone_name", "typed", "shown"),
    [
        ("Europe/Athens", "2027-03-28T03:30", "2027-03-28 04:30"),
        ("America/New_York", "2027-03-14T02:15:30", "2027-03-14 03:15"),
        ("Africa/Cairo", "2026-04-24T00:00", "2026-04-24 01:00"),  # midnight is skipped
        ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04 02:45"),  # by half an hour
        ("Atlantic/Reykjavik", "2027-03-28T02:30", "2027-03-28 02:30"),  # no summer time
    ],
)
def test_a_skipped_hour_is_read_as_the_clocks_show_it_then(
    zone_name: str, typed: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone_name)
        time.tzset()
        assert clock.local(clock.from_iso(typed)).strftime("%Y-%m-%d %H:%M") == shown
    time.tzset()
