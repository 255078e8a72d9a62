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
        (["Nov 28, 2026 9:05 PM", "Dec 1, 2026 12:10 AM"], dates.WORDS, True),
        (["2026. november 28., 21:05"], dates.WORDS, True),
        (["5/3/2024 9:05 μ.μ.", "6/4/2024 9:05 π.μ."], dates.DMY, True),
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


SAME_EVENING = [
    "Nov 28, 2026 9:05 PM", "28/11/2026 9:05 μ.μ.", "28.11.2026 kl. 21:05", "28.11.2026 v 21:05",
    "2026. november 28., 21:05", "28. nóvember 2026 kl. 21.05", "28. listopadu 2026 ve 21.05",
    "28 Νοεμβρίου 2026 στις 9:05 μ.μ.", "28 Νοε 2026, 9:05 μμ", "Σάββατο, 28 Νοεμβρίου 2026, 9:05 μ.μ.",
    "Nov 28, 2026, 9:05\u202fPM", "Saturday, 28 November 2026 at 21:05", "28th November 2026 9:05pm",
    "November 28, 2026 at 10:05 PM UTC+0100", "Sat Nov 28 21:05:00 2026", "28-Nov-2026 21:05", "28-Nov-26 21:05",
    "2026. nov. 28. du. 9:05", "2026.11.28. du. 9:05", "2026. 11. 28. 21:05", "2026. nov. 28. 21 óra 05 perc",
    "2026. november 28-án 21:05", "lau. 28.11.2026 kl. 21:05", "28.11.2026, kl. 9:05 e.h.", "28.11.2026 kl.21:05",
    "so 28. 11. 2026 21:05", "28. 11. 2026 21.05 hod.", "28.11.2026 9:05 odp.", "28.11.2026 um 21:05 Uhr",
    "28 novembre 2026 à 21h05", "11/28/2026 9:05 PM", "2026-11-28 9:05 PM", "2026-11-28 21:05",
    "21:05 28.11.2026", "21:05, 28/11/2026", "21.05 28.11.2026", "kl. 21:05 28.11.2026", "21:05:00 2026-11-28",
    "9:05 PM 28 Nov 2026", "9:05 PM, November 28, 2026", "9:05pm 28Nov2026", "9:05 pm on 11/28/2026",
    "21:05 2026.11.28.", "du. 9:05 2026.11.28.", "du. 9:05, 2026. november 28.", "9:05 μ.μ. 28/11/2026",
    "στις 9:05 μ.μ., 28 Νοεμβρίου 2026", "v 21.05 28. 11. 2026", "ve 21:05 dne 28.11.2026", "21h05 28/11/2026",
    "21:05 UTC 28.11.2026", "22:05 +0100 28 Nov 2026", "22:05 UTC+0100 Nov 28, 2026", "21:05 lau. 28.11.2026",
    "21:05 Sat 28 Nov 2026", "21:05 óra, 2026. november 28-án",
]  # fmt: skip


@pytest.mark.parametrize("text", SAME_EVENING)
def test_one_evening_as_each_country_writes_it(text: str) -> None:
    evening = int(datetime(2026, 11, 28, 21, 5, tzinfo=UTC).timestamp())
    assert {at for form in dates.FORMATS if (at := dates.parse(text, form)) is not None} == {evening}
    assert dates.parse(text, dates.decide([text]).format) == evening
    assert dates.parse_certain(text, dates.WORDS) == evening  # a column of several formats


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("May 5, 2026 12:30 AM", "2026-05-05T00:30:00"),
        ("5. maí 2026", "2026-05-05T00:00:00"),
        ("5. května 2026 0:30", "2026-05-05T00:30:00"),
        ("1. července 2026 12:00", "2026-07-01T12:00:00"),
        ("1. června 2026 12:00", "2026-06-01T12:00:00"),
        ("2026. szept. 1. de. 9:05", "2026-09-01T09:05:00"),
        ("1 Μαΐου 2026 12:05 π.μ.", "2026-05-01T00:05:00"),
        ("28 Nov 2026 9 PM", "2026-11-28T21:00:00"),
        ("12:05 AM 28 Nov 2026", "2026-11-28T00:05:00"),
        ("9 Nov 2026 9 PM", "2026-11-09T21:00:00"),
        ("9 PM 28 Nov 2026", "2026-11-28T21:00:00"),
    ],
)
def test_months_by_name(text: str, iso: str) -> None:
    assert dates.parse(text, dates.WORDS) == int(datetime.fromisoformat(iso).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "text",
    ["28. února 2026 25:05", "Nov 31, 2026 9:05 PM", "28.11.2026 14:05 AM", "28 Foo 2026 9:05",
     "28 Nov 2026 to 29 Nov 2026", "Nov 2026", "28 November", "Nov 28, 2026 9:05 PM or so",
     "3 bottles please", "3 lahve prosím", "3 mugs in May", "9:05 to 9:30 28.11.2026", "21:05", "28.11. 21:05",
     "25:05 28.11.2026", "14:05 AM 28 Nov 2026", "9:05 28 Nov 2026 10:05", "12 28.11.2026", "1.10 2026"],
)  # fmt: skip
def test_what_cannot_be_is_not_read_as_something_near(text: str) -> None:
    assert all(dates.parse(text, form) is None for form in dates.FORMATS)


def test_a_column_of_one_order_takes_no_value_in_the_other() -> None:
    assert dates.parse_certain("11/28/2026", dates.DMY) is None
    assert dates.parse_certain("11/12/2026", dates.WORDS) is None  # either order: nobody knows
    assert dates.parse_certain("28.11.2026", dates.WORDS) is not None


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


def test_a_column_with_the_time_first_says_which_order_it_has() -> None:
    assert dates.decide(["21:05 3.11.2026", "9:00 4.11.2026"]).sure
    assert dates.decide(["9:05 PM 11/3/2026", "9:00 AM 11/4/2026"]) == dates.Dates(
        dates.MDY, sure=True, read=2, unread=0
    )
