from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imports import dates


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    dates._parsed.cache_clear()


@pytest.mark.parametrize(
    ("values", "form", "sure"),
    [
        (["2024-03-05", "2024-12-31T10:00:00Z"], dates.ISO, True),
        (["5.3.2024", "31.12.2024 10:00"], dates.DMY, True),
        (["5.3.2024", "6.4.2024"], dates.DMY, True),
        (["05/03/2024", "31/12/2024"], dates.DMY, True),
        (["03/05/2024", "12/31/2024"], dates.MDY, True),
        (["03/05/2024", "04/06/2024"], dates.DMY, False),
        (["03/05/2024 1:00 PM", "04/06/2024 2:30 am"], dates.MDY, True),
        (["2024. 03. 05.", "2024. 12. 31. 10:00"], dates.YMD, True),
        (["1709596800", "1709596801"], dates.UNIX, True),
        (["Tue, 5 Mar 2024 10:00:00 +0100"], dates.MAIL, True),
        ([], dates.ISO, True),
    ],
)
def test_a_column_decides_as_a_whole(values: list[str], form: str, sure: bool) -> None:  # noqa: FBT001
    found = dates.decide(values)
    assert (found.format, found.sure) == (form, sure)


@pytest.mark.parametrize(
    ("text", "form", "iso"),
    [
        ("5. 3. 2024 7.05", dates.DMY, "2024-03-05T07:05:00"),
        ("3/5/2024, 12:10 AM", dates.MDY, "2024-03-05T00:10:00"),
        ("3/5/24 12:10 p.m.", dates.MDY, "2024-03-05T12:10:00"),
        ("2024-03-05 10:00:00 UTC", dates.ISO, "2024-03-05T10:00:00"),
        ("2024-03-05T10:00:00+02:00", dates.ISO, "2024-03-05T08:00:00"),
        ("1709633100123", dates.UNIX, "2024-03-05T10:05:00"),
    ],
)
def test_one_value(text: str, form: str, iso: str) -> None:
    assert dates.parse(text, form) == int(datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize("text", ["", "31.2.2024", "soon", "1.2.3.4", "99/99/9999", "2024-13-01", "1.23E+19", "0.0.0"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert all(dates.parse(text, form) is None for form in dates.FORMATS)


@given(st.text(max_size=40))
def test_no_text_makes_it_stumble(text: str) -> None:
    for form in dates.FORMATS:
        assert isinstance(dates.parse(text, form), int | None)


@given(
    st.integers(0, 4_000_000_000),
    st.sampled_from(
        [
            (dates.DMY, "%d.%m.%Y %H:%M:%S"),
            (dates.MDY, "%m/%d/%Y %I:%M:%S %p"),
            (dates.ISO, "%Y-%m-%dT%H:%M:%SZ"),
            (dates.YMD, "%Y. %m. %d. %H:%M:%S"),
        ]
    ),
)
def test_what_is_written_is_read(at: int, form: tuple[str, str]) -> None:
    assert dates.parse(datetime.fromtimestamp(at, UTC).strftime(form[1]), form[0]) == at
