"""Typed dates in five languages, and what they trip over: Sundays, month ends, clocks that change, other orders."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.calendar.typed import Now, Reading, read, read_at
from app.calendar.words import KNOWN

PRAGUE, ATHENS, REYKJAVIK = ZoneInfo("Europe/Prague"), ZoneInfo("Europe/Athens"), ZoneInfo("Atlantic/Reykjavik")
ZONES = {"en": "Europe/London", "cs": "Europe/Prague", "hu": "Europe/Budapest", "is": "Atlantic/Reykjavik",
         "el": "Europe/Athens"}  # fmt: skip
SPOKEN = {
    "en": """
tomorrow = 2026-12-03
the day after tomorrow = 2026-12-04
friday = 2026-12-04
mon 9 = 2026-12-07 09:00
in 3 days = 2026-12-05
in a week = 2026-12-09
next tuesday at 2pm = 2026-12-08 14:00
monday morning = 2026-12-07
half two = 2026-12-02 14:30
11 Dec 15:30 = 2026-12-11 15:30
friday week = 2026-12-11
in a fortnight = 2026-12-16
""",
    "cs": """
zítra = 2026-12-03
pozítří = 2026-12-04
v pátek = 2026-12-04
po 9 = 2026-12-07 09:00
za 3 dny = 2026-12-05
za týden = 2026-12-09
příští úterý v 14 = 2026-12-08 14:00
pondělí ráno = 2026-12-07
v půl třetí = 2026-12-02 14:30
11. 12. v 15.30 = 2026-12-11 15:30
24.12. = 2026-12-24
za čtrnáct dní = 2026-12-16
""",
    "hu": """
holnap = 2026-12-03
holnapután = 2026-12-04
pénteken = 2026-12-04
h 9 = 2026-12-07 09:00
3 nap múlva = 2026-12-05
egy hét múlva = 2026-12-09
jövő kedden 14-kor = 2026-12-08 14:00
hétfő reggel = 2026-12-07
fél háromkor = 2026-12-02 14:30
dec. 11. 15.30 = 2026-12-11 15:30
12.24. = 2026-12-24
két hét múlva = 2026-12-16
""",
    "is": """
á morgun = 2026-12-03
á föstudaginn = 2026-12-04
mán kl. 9 = 2026-12-07 09:00
eftir 3 daga = 2026-12-05
eftir viku = 2026-12-09
næsta þriðjudag kl. 14 = 2026-12-08 14:00
á mánudagsmorgun = 2026-12-07
kl. hálf þrjú = 2026-12-02 14:30
11. des. kl. 15:30 = 2026-12-11 15:30
24.12. = 2026-12-24
eftir hálfan mánuð = 2026-12-16
á miðvikudaginn kemur = 2026-12-09
""",
    "el": """
αύριο = 2026-12-03
μεθαύριο = 2026-12-04
την Παρασκευή = 2026-12-04
Δευ 9 = 2026-12-07 09:00
σε 3 μέρες = 2026-12-05
σε μια εβδομάδα = 2026-12-09
την επόμενη Τρίτη στις 2 μ.μ. = 2026-12-08 14:00
Δευτέρα πρωί = 2026-12-07
στις δυόμισι = 2026-12-02 14:30
11/12 στις 15:30 = 2026-12-11 15:30
24/12 = 2026-12-24
σε δύο εβδομάδες = 2026-12-16
""",
}
"""What careful speakers of each language say on Wednesday 2 December 2026 at 10, and what they mean by it."""
CASES = [(language, *line.split(" = ")) for language, lines in SPOKEN.items() for line in lines.strip().splitlines()]
WEDNESDAY = "2026-12-02 10:00"


def _at(written: str, zone: ZoneInfo = PRAGUE) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=zone).timestamp())


def _said(reading: Reading | None) -> str:
    """A reading as the tables here write it: the day, and the time if one was said."""
    assert reading is not None
    assert reading.unread == ()
    return f"{reading.day} {reading.hour:%H:%M}" if reading.hour else str(reading.day)


def _read(typed: str, now: str = WEDNESDAY) -> str:
    found = read(typed, _at(now), PRAGUE)
    said = _said(found)
    assert found is not None
    return f"{said} or {found.other}" if found.other else said


@pytest.mark.parametrize(("language", "typed", "meant"), CASES)
def test_what_is_said_in_five_languages_is_understood(language: str, typed: str, meant: str) -> None:
    zone = ZoneInfo(ZONES[language])
    found = read(typed, _at(WEDNESDAY, zone), zone)
    assert _said(found) == meant
    assert found is not None
    assert found.other is None


@pytest.mark.parametrize(("language", "typed", "meant"), CASES)
def test_it_is_understood_in_capitals_too(language: str, typed: str, meant: str) -> None:
    zone = ZoneInfo(ZONES[language])
    assert _said(read(typed.upper(), _at(WEDNESDAY, zone), zone)) == meant


@pytest.mark.parametrize(("typed", "meant"), [
    # without accents
    ("zitra", "2026-12-03"), ("pozitri", "2026-12-04"), ("v pul treti", "2026-12-02 14:30"),
    ("pristi utery v 14", "2026-12-08 14:00"), ("hetfo 9", "2026-12-07 09:00"), ("fel harom", "2026-12-02 14:30"),
    ("holnaputan", "2026-12-04"), ("a morgun", "2026-12-03"), ("man kl 9", "2026-12-07 09:00"),
    ("kl. halfthrju", "2026-12-02 14:30"), ("fos", "2026-12-04"), ("αυριο το πρωι", "2026-12-03"),
    ("στις τρεις και μιση", "2026-12-02 15:30"), ("παρασκευη", "2026-12-04"),
    # hours
    ("9", "2026-12-03 09:00"), ("15", "2026-12-02 15:00"), ("15:30", "2026-12-02 15:30"), ("9:59", "2026-12-03 09:59"),
    ("tomorrow 9.30", "2026-12-03 09:30"), ("mon 2", "2026-12-07 14:00"), ("mon 02:00", "2026-12-07 02:00"),
    ("mon 2 am", "2026-12-07 02:00"), ("5pm friday", "2026-12-04 17:00"), ("12am", "2026-12-03 00:00"),
    ("quarter to three", "2026-12-02 14:45"), ("ten past two tomorrow", "2026-12-03 14:10"),
    ("half eight", "2026-12-02 20:30"), ("čtvrt na tři", "2026-12-02 14:15"), ("tři čtvrtě na tři", "2026-12-02 14:45"),
    ("negyed három", "2026-12-02 14:15"), ("háromnegyed három", "2026-12-02 14:45"), ("fél hétkor", "2026-12-02 18:30"),
    ("korter yfir þrjú", "2026-12-02 15:15"), ("korter í þrjú", "2026-12-02 14:45"), ("hálfþrjú", "2026-12-02 14:30"),
    ("στις 3 και μισή", "2026-12-02 15:30"), ("στις 3 παρά τέταρτο", "2026-12-02 14:45"),
    ("αύριο στις τρεις και τέταρτο", "2026-12-03 15:15"), ("zítra v 8 ráno", "2026-12-03 08:00"),
    ("pátek 3 odpoledne", "2026-12-04 15:00"), ("délután 3-kor", "2026-12-02 15:00"), ("po obědě", "2026-12-02 14:00"),
    ("holnap este 8-kor", "2026-12-03 20:00"), ("á mánudagskvöld", "2026-12-07 18:00"), ("í kvöld", "2026-12-02 18:00"),
    ("απόψε", "2026-12-02 18:00"), ("noon", "2026-12-02 12:00"), ("friday midnight", "2026-12-05 00:00"),
    ("v pátek po 9", "2026-12-04 09:00"), ("zítra 14 hodin", "2026-12-03 14:00"), ("14 órakor", "2026-12-02 14:00"),
    # letters that mean two things
    ("v 9", "2026-12-06 09:00"), ("v", "2026-12-06"), ("v pátek v 9", "2026-12-04 09:00"), ("p 9", "2026-12-04 09:00"),
    ("k 10", "2026-12-08 10:00"), ("h", "2026-12-07"), ("po", "2026-12-07"), ("st", "2026-12-09"),
    ("ne 10", "2026-12-06 10:00"),
    ("hét nap múlva", "2026-12-09"), ("hét óra múlva", "2026-12-02 17:00"),
    # spans
    ("3 days", "2026-12-05"), ("3d", "2026-12-05"), ("2 w", "2026-12-16"), ("in 2 hours", "2026-12-02 12:00"),
    ("3h", "2026-12-02 13:00"), ("za 3 dny v 9", "2026-12-05 09:00"), ("za tři dny", "2026-12-05"),
    ("in half an hour", "2026-12-02 10:30"), ("fél óra múlva", "2026-12-02 10:30"),
    ("eftir hálftíma", "2026-12-02 10:30"),
    ("σε μισή ώρα", "2026-12-02 10:30"), ("in a month", "2027-01-02"), ("egy hónap múlva", "2027-01-02"),
    ("a week on friday", "2026-12-11"), ("friday next week", "2026-12-11"), ("příští týden v pátek", "2026-12-11"),
    ("jövő héten pénteken", "2026-12-11"), ("next week", "2026-12-07"), ("í næstu viku", "2026-12-07"),
    ("την επόμενη εβδομάδα", "2026-12-07"), ("příští pátek", "2026-12-11"), ("next month", "2027-01-01"),
    ("do pátku", "2026-12-04"), ("péntekig", "2026-12-04"), ("fyrir föstudag", "2026-12-04"),
    ("μέχρι την Παρασκευή", "2026-12-04"), ("by friday", "2026-12-04"), ("weekend", "2026-12-05"),
    # figures
    ("2026-12-24", "2026-12-24"), ("2026-12-24 15:00", "2026-12-24 15:00"),
    ("2026-12-24T15:00:00Z", "2026-12-24 16:00"),
    ("24/12/2026", "2026-12-24"), ("24.12.26", "2026-12-24"), ("24. 12. 2026 v 9", "2026-12-24 09:00"),
    ("2026. 12. 24. 9:30", "2026-12-24 09:30"), ("2026. december 24.", "2026-12-24"), ("1/2", "2027-02-01"),
    ("dec. 11-én 9-kor", "2026-12-11 09:00"), ("11 Δεκεμβρίου", "2026-12-11"), ("11. prosince v 9", "2026-12-11 09:00"),
    ("po 9.10", "2026-12-07 09:10"), ("11.12", "2026-12-11"), ("12.12. v 10.12", "2026-12-12 10:12"),
    ("15.30", "2026-12-02 15:30"), ("at 9.10", "2026-12-03 09:10"), ("the 31st", "2026-12-31"), ("31.", "2026-12-31"),
    ("mon 7th", "2026-12-07"), ("Mon 7 December, 09:00", "2026-12-07 09:00"), ("today", "2026-12-02"),
    ("2.12.", "2026-12-02"), ("1.12.", "2027-12-01"), ("29 feb", "2028-02-29"), ("29.2.", "2028-02-29"),
    ("end of the month", "2026-12-31"), ("konec měsíce", "2026-12-31"),
])  # fmt: skip
def test_other_ways_to_say_it(typed: str, meant: str) -> None:
    assert _read(typed) == meant


@pytest.mark.parametrize(("typed", "meant"), [
    ("next friday", "2026-12-11 or 2026-12-04"), ("næsta föstudag", "2026-12-11 or 2026-12-04"),
    ("την επόμενη Παρασκευή", "2026-12-11 or 2026-12-04"), ("την άλλη Τρίτη", "2026-12-08 or 2026-12-15"),
    ("wed 15:00", "2026-12-09 15:00 or 2026-12-02"), ("wed 9:00", "2026-12-09 09:00"), ("wednesday", "2026-12-09"),
    ("next wednesday", "2026-12-09"), ("this friday", "2026-12-04"),
])  # fmt: skip
def test_what_may_be_one_of_two_days_says_so(typed: str, meant: str) -> None:
    assert _read(typed) == meant


@pytest.mark.parametrize(("now", "typed", "meant"), [
    ("2026-12-06 10:00", "sunday", "2026-12-13"), ("2026-12-06 10:00", "monday", "2026-12-07"),
    ("2026-12-06 10:00", "next sunday", "2026-12-13"), ("2026-12-06 10:00", "next monday", "2026-12-07"),
    ("2026-12-06 10:00", "next week", "2026-12-07"), ("2026-12-06 10:00", "v", "2026-12-13"),
    ("2026-12-06 10:00", "monday next week", "2026-12-07"), ("2026-12-07 10:00", "monday", "2026-12-14"),
    ("2026-12-07 00:05", "next week", "2026-12-14"), ("2026-12-31 10:00", "tomorrow", "2027-01-01"),
    ("2027-01-31 10:00", "in a month", "2027-02-28"), ("2028-01-31 10:00", "in a month", "2028-02-29"),
    ("2027-02-01 10:00", "31.", "2027-03-31"), ("2027-01-31 10:00", "the 31st", "2027-01-31"),
    ("2028-02-29 10:00", "in a year", "2029-02-28"), ("2027-02-10 10:00", "end of the month", "2027-02-28"),
    ("2026-12-31 10:00", "1.1.", "2027-01-01"), ("2026-12-31 23:30", "9", "2027-01-01 09:00"),
    ("2026-12-05 10:00", "weekend", "2026-12-12"), ("2026-12-02 15:00", "half two", "2026-12-03 14:30"),
    ("2026-12-02 05:00", "in the morning", "2026-12-02"), ("2026-12-02 10:00", "in the morning", "2026-12-03"),
    ("2026-12-04 10:00", "next working day", "2026-12-07"),
])  # fmt: skip
def test_sundays_and_the_ends_of_months_and_years(now: str, typed: str, meant: str) -> None:
    assert _read(typed, now) == meant


@pytest.mark.parametrize(("zone", "now", "typed", "at"), [
    # spring: the clocks go from 2 to 3 in Prague, from 3 to 4 in Athens, and nowhere in Reykjavik
    (PRAGUE, "2027-03-27 10:00", "tomorrow 02:30", "2027-03-28T01:30:00+00:00"),
    (ATHENS, "2027-03-27 10:00", "αύριο 03:30", "2027-03-28T01:30:00+00:00"),
    (REYKJAVIK, "2027-03-27 10:00", "á morgun kl. 02:30", "2027-03-28T02:30:00+00:00"),
    (PRAGUE, "2027-03-27 10:00", "zítra v 9", "2027-03-28T07:00:00+00:00"),
    (PRAGUE, "2027-03-27 10:00", "in 24 hours", "2027-03-28T09:00:00+00:00"),
    (PRAGUE, "2027-03-27 10:00", "2027-03-28 02:30", "2027-03-28T01:30:00+00:00"),
    (PRAGUE, "2027-03-28 01:30", "in 1 hour", "2027-03-28T01:30:00+00:00"),
    # autumn: 2 to 3 comes twice in Prague, 3 to 4 in Athens
    (PRAGUE, "2027-10-30 10:00", "zítra 02:30", "2027-10-31T00:30:00+00:00"),
    (ATHENS, "2027-10-30 10:00", "αύριο 03:30", "2027-10-31T00:30:00+00:00"),
    (REYKJAVIK, "2027-10-30 10:00", "á morgun kl. 02:30", "2027-10-31T02:30:00+00:00"),
    (PRAGUE, "2027-10-30 10:00", "zítra v 9", "2027-10-31T08:00:00+00:00"),
    (ZoneInfo("America/New_York"), "2026-12-02 10:00", "mon 9", "2026-12-07T14:00:00+00:00"),
    (ZoneInfo("Asia/Tokyo"), "2026-12-02 10:00", "mon 9", "2026-12-07T00:00:00+00:00"),
    (ZoneInfo("Asia/Kolkata"), "2026-12-02 00:10", "today 9", "2026-12-02T03:30:00+00:00"),
])  # fmt: skip
def test_the_moment_is_right_where_clocks_change_and_in_other_zones(
    zone: ZoneInfo, now: str, typed: str, at: str
) -> None:
    found = read(typed, _at(now, zone), zone)
    assert found is not None
    assert found.moment(zone=zone) == int(datetime.fromisoformat(at).timestamp())


def test_an_hour_that_the_clocks_skip_is_read_as_they_show_it() -> None:
    assert _read("tomorrow 02:30", "2027-03-27 10:00") == "2027-03-28 03:30"


def test_the_next_block_is_the_one_given_or_the_next_working_day_at_nine() -> None:
    saturday = _at("2026-12-05 10:00")
    for typed in ("next block", "block", "další blok", "következő blokk", "næsta lota", "επόμενο μπλοκ"):
        given = read(typed, saturday, PRAGUE, saturday + 3_600)
        assert given is not None
        assert (given.moment(), given.unread) == (saturday + 3_600, ())
        assert _read(typed, "2026-12-05 10:00") == "2026-12-07 09:00"
    assert _read("next block", "2026-12-02 08:00") == "2026-12-02 09:00"
    assert _read("next block", "2026-12-04 18:00") == "2026-12-07 09:00"


@pytest.mark.parametrize("typed", ["", "   ", "blah", "31 june", "30.2.", "2026-02-30", "24:30", "99", "9999999999",
    "the",
                                   "0.0.", "9999-12-31", "in 99999999 days", "?", "2026-13-01 10:00"])  # fmt: skip
def test_what_is_no_date_is_none(typed: str) -> None:
    assert read(typed, _at(WEDNESDAY), PRAGUE) is None


@pytest.mark.parametrize(("typed", "unread"), [
    ("monday blah", ("blah",)), ("Blåh friday 9", ("Blåh",)), ("Tue 7 December", ("Tue",)),
    ("tomorrow monday", ("monday",)),
    ("friday 9 10", ("10",)), ("tomorrow week", ("week",)),
])  # fmt: skip
def test_words_that_were_not_understood_are_told_as_they_were_typed(typed: str, unread: tuple[str, ...]) -> None:
    found = read(typed, _at(WEDNESDAY), PRAGUE)
    assert found is not None
    assert found.unread == unread


@pytest.mark.parametrize(("typed", "meant"), [
    ("friday", "2026-11-27"), ("24.11.", "2026-11-24"), ("24.12.", "2025-12-24"), ("yesterday", "2026-12-01"),
    ("včera", "2026-12-01"), ("tegnap", "2026-12-01"), ("í gær", "2026-12-01"), ("χθες", "2026-12-01"),
    ("last friday", "2026-11-27"), ("3 days ago", "2026-11-29"), ("před 3 dny", "2026-11-29"),
    ("3 napja", "2026-11-29"),
    ("fyrir 3 dögum", "2026-11-29"), ("πριν 3 μέρες", "2026-11-29"), ("wed", "2026-11-25"), ("the 30th", "2026-11-30"),
    ("9:00", "2026-12-02 09:00"), ("11:00", "2026-12-01 11:00"), ("29 feb", "2024-02-29"), ("today", "2026-12-02"),
])  # fmt: skip
def test_looking_back_the_latest_such_day_is_meant(typed: str, meant: str) -> None:
    assert _said(read_at(typed, Now(_at(WEDNESDAY), PRAGUE, back=True))) == meant


def test_the_language_settles_what_figures_and_one_letter_mean() -> None:
    now = Now(_at(WEDNESDAY), PRAGUE)
    assert _said(read_at("12.11.", now._replace(language="hu"))) == "2026-12-11"
    assert _said(read_at("12.11.", now)) == "2027-11-12"
    assert _said(read_at("v 9", now._replace(language="cs"))) == "2026-12-03 09:00"


_PIECES = st.one_of(st.sampled_from(sorted(KNOWN)), st.integers(0, 3000).map(str), st.text(max_size=4),
                    st.sampled_from([".", ":", "/", "-", "9:30", "24.12.", "3-kor", "11th"]))  # fmt: skip


@given(st.lists(_PIECES, max_size=6).map(" ".join), st.integers(0, 4_000_000_000))
def test_whatever_is_typed_is_read_or_not_and_never_fails(typed: str, now: int) -> None:
    found = read(typed, now, PRAGUE)
    assert found is None or found.moment(zone=PRAGUE) is not None
