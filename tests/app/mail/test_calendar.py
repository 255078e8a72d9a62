"""Invitations in words: what, when by our clock and by theirs, how often, where and from whom."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail import calendar


@pytest.fixture(autouse=True)
def _in_athens(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Athens")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def event(body: str, method: str = "REQUEST", before: str = "") -> bytes:
    lines = body.replace("\n", "\r\n")
    head = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{f'METHOD:{method}' if method else 'X-NOTE:none'}\r\n{before}"
    return f"{head}BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Fundur\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()


def lines(content: bytes, method: str = "") -> list[str]:
    return calendar.read(content, method).text.split("\n")


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("DTSTART:20261205T180000Z", "Saturday, 5 December 2026, 20:00 (your time, EET)"),
        ("DTSTART;TZID=Atlantic/Reykjavik:20260705T180000\nDTEND;TZID=Atlantic/Reykjavik:20260705T193000",
         ("Sunday, 5 July 2026, 21:00 to 22:30 (your time, EEST);"
         " Sunday, 5 July 2026, 18:00 to 19:30 in Atlantic/Reykjavik")),
        ("DTSTART;TZID=Europe/Helsinki:20261205T180000", "Saturday, 5 December 2026, 18:00 (your time, EET)"),
        ('DTSTART;TZID="Central Europe Standard Time":20260105T230000\nDURATION:PT90M',
         ("Tuesday, 6 January 2026, 00:00 to 01:30 (your time, EET);"
         " Monday, 5 January 2026, 23:00, to Tuesday, 6 January 2026, 00:30 in Central Europe Standard Time")),
        ("DTSTART:20261205T180000", "Saturday, 5 December 2026, 18:00 (the place's own time)"),
        ("DTSTART;TZID=Nowhere/Land:20261205T180000",
         "Saturday, 5 December 2026, 18:00 (time zone “Nowhere/Land”, which isn't known here)"),
        ("DTSTART;VALUE=DATE:20261224", "Thursday, 24 December 2026, all day"),
        ("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261225", "Thursday, 24 December 2026, all day"),
        ("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227",
         "Thursday, 24 December 2026 to Saturday, 26 December 2026, all day"),
        ("DTSTART;VALUE=DATE:20261224\nDURATION:P2D",
         "Thursday, 24 December 2026 to Friday, 25 December 2026, all day"),
    ],
)  # fmt: skip
def test_when_it_is(when: str, said: str) -> None:
    assert lines(event(when))[1] == f"When: {said}"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;COUNT=10",
         "every 2 weeks on Monday, Wednesday and Friday, 10 times in all"),
        ("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231T000000Z",
         "every month on the last Friday, until Friday, 31 December 2027"),
        ("FREQ=MONTHLY;BYDAY=2TU", "every month on the second Tuesday"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on day 1 and 15"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day of the month"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "every year on day 24 in December"),
        ("FREQ=DAILY", "every day"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "by a rule that's in the calendar file"),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", "by a rule that's in the calendar file"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,-1", "by a rule that's in the calendar file"),
        ("FREQ=MONTHLY;BYDAY=-3FR", "by a rule that's in the calendar file"),
        ("FREQ=SECONDLY", "by a rule that's in the calendar file"),
        ("FREQ=DAILY\nEXDATE:20261206T180000Z,20261207T180000Z\nRDATE:20270101T180000Z",
         "every day, and on 1 more date, except 2 dates"),
    ],
)  # fmt: skip
def test_how_often_it_is(rule: str, said: str) -> None:
    assert f"Repeats: {said}" in lines(event(f"DTSTART:20261205T180000Z\nRRULE:{rule}"))


@pytest.mark.parametrize(
    ("method", "more", "said"),
    [
        ("REQUEST", "", "Invitation: Fundur"), ("CANCEL", "", "Cancelled: Fundur"), ("PUBLISH", "", "Event: Fundur"),
        ("", "", "Event: Fundur"), ("REQUEST", "STATUS:CANCELLED", "Cancelled: Fundur"),
        ("REPLY", "ATTENDEE;PARTSTAT=DECLINED;CN=Bob:mailto:b@x.is", "Bob <b@x.is> declined: Fundur"),
        ("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:b@x.is", "b@x.is accepted: Fundur"),
        ("REPLY", "", "Somebody answered: Fundur"), ("COUNTER", "", "Another time is proposed: Fundur"),
    ],
)  # fmt: skip
def test_what_it_is(method: str, more: str, said: str) -> None:
    assert lines(event(f"DTSTART:20261205T180000Z\n{more or 'X-A:b'}", method))[0] == said


def test_where_it_is_from_whom_and_what_else() -> None:
    more = "LOCATION:Kjarvalsstaðir\\, Reykjavík\nORGANIZER;CN=Anna:mailto:anna@x.is\nATTENDEE:mailto:a@x.is"
    said = lines(event(f"DTSTART:20261205T180000Z\n{more}\nATTENDEE:mailto:b@x.is\nDESCRIPTION:Kaffi\\nog kökur"))
    assert said[2:] == [
        "Where: Kjarvalsstaðir, Reykjavík", "From: Anna <anna@x.is>", "Invited: 2 people", "", "Kaffi", "og kökur",
    ]  # fmt: skip
    assert calendar.read(event("DTSTART:20261205T180000Z")).name == "Fundur.ics"
    assert lines(event("DTSTART:20261205T180000Z", ""), "request")[0] == "Invitation: Fundur"


def test_many_events_are_counted() -> None:
    more = (
        "DTSTART:20261205T180000Z\nEND:VEVENT\n" + "BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n" * 20 + "BEGIN:VEVENT\nX-A:b"
    )
    assert lines(event(more))[-1] == "[17 more events are in the calendar file.]"


@pytest.mark.parametrize(
    "content",
    [
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        b"<html>",
        b"",
        b"BEGIN:VCALENDAR" + b"x" * 1_100_000,
        event("END:VEVENT"),
    ],
)
def test_what_cannot_be_read_says_so(content: bytes) -> None:
    shown = calendar.read(content)
    assert shown.text == "[A calendar file came with this letter, but it can't be read. It can be saved.]"


def test_values_beyond_sense_hide_only_themselves() -> None:
    assert lines(event("DTSTART:99991231T235959Z\nRRULE:FREQ=DAILY;BYDAY=99XX\nLOCATION:Hér")) == [
        "Invitation: Fundur", "Repeats: by a rule that's in the calendar file", "Where: Hér",
    ]  # fmt: skip


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_text_breaks_the_reader(name: str, value: str) -> None:
    calendar.read(event(f"DTSTART:{value}\n{name}:{value}\nRRULE:{value}"))


SPOKEN = "DTSTART;TZID=Atlantic/Reykjavik:20260705T180000\nDTEND;TZID=Atlantic/Reykjavik:20260705T193000"


@pytest.mark.parametrize(
    ("when", "in_new_york"),
    [
        (SPOKEN, ("Sunday, 5 July 2026, 14:00 to 15:30 (your time, EDT); Sunday, 5 July 2026, 18:00 to 19:30 in "
                  "Atlantic/Reykjavik")),
        ("DTSTART:20261205T030000Z", "Friday, 4 December 2026, 22:00 (your time, EST)"),
        ('DTSTART;TZID="Eastern Standard Time":20261205T180000\nDURATION:PT1H',
         "Saturday, 5 December 2026, 18:00 to 19:00 (your time, EST)"),
        # the clocks are set back meanwhile
        ("DTSTART;TZID=Europe/Prague:20261025T013000\nDTEND;TZID=Europe/Prague:20261025T033000",
         ("Saturday, 24 October 2026, 19:30 to 22:30 (your time, EDT); Sunday, 25 October 2026, 01:30 to 03:30 in "
          "Europe/Prague")),
    ],
)  # fmt: skip
def test_the_time_is_that_of_the_readers_clock_when_it_is_shown(
    when: str, in_new_york: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = calendar.read(event(f"{when}\nLOCATION:Kaffi")).text
    known = calendar.times(event(when))
    assert calendar.at_our_clock(stored, known) == stored
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    shown = calendar.at_our_clock(stored, known).split("\n")
    assert shown[1] == f"When: {in_new_york}"
    assert [shown[0], *shown[2:]] == [line for line in stored.split("\n") if not line.startswith("When")]


@pytest.mark.parametrize("when", ["DTSTART:20261205T180000", "DTSTART;VALUE=DATE:20261224", "SUMMARY:x", "DTSTART:no"])
def test_a_time_that_is_nobodys_clock_stays(when: str) -> None:
    assert calendar.times(event(when)) == []


@given(st.text(), st.integers(-(10**11), 10**11))
def test_words_that_look_like_a_time_are_left_alone(text: str, at: int) -> None:
    other = calendar.Time("When: never", at, None, "", 0, 0)
    assert calendar.at_our_clock(text, [other]) == text
