"""Name days: well-known days of three calendars, days that move with Easter, and names in forms that people type."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base.text import fold
from app.calendar.holidays import orthodox_easter
from app.calendar.name_days import LANGUAGES, name_day, names_on

KNOWN = {
    "cs": (
        "Karina 01-02 Alice 01-15 Hana 08-15 Jana 05-24 Jan 06-24 Petr 06-29 Pavel 06-29 Josef 03-19 Jiří 04-24 "
        "Marie 09-12 Anna 07-26 Václav 09-28 Ludmila 09-16 Tomáš 03-07 Martin 11-11 Kateřina 11-25 Barbora 12-04 "
        "Mikuláš 12-06 Lucie 12-13 Adam 12-24 Eva 12-24 Štěpán 12-26 Silvestr 12-31 Michal 09-29 František 10-04 "
        "Lukáš 10-18 Karel 11-04 Tereza 10-15 Zuzana 08-11 Vladimír 05-23 Jakub 07-25 Markéta 07-13 Zdeněk 01-23 "
        "Dominik 08-04 Ondřej 11-30 Matěj 02-24 Valentýn 02-14 Alžběta 11-19 Vojtěch 04-23 Zdislava 01-29 "
        "Ladislav 06-27 Antonín 06-13 David 12-30 Ivana 04-04 Veronika 02-07 Petra 08-17 Žofie 05-15 Eliška 10-05"
    ),
    "hu": (
        "Ábel 01-02 Attila 01-07 Piroska 01-18 Ágnes 01-21 Pál 06-29 Ágota 02-05 Bálint 02-14 Zsuzsanna 02-19 "
        "Zoltán 03-08 Ildikó 03-10 Gergely 03-12 Sándor 03-18 József 03-19 Gábor 03-24 Zsolt 04-10 Gyula 04-12 "
        "György 04-24 Márk 04-25 Mónika 05-04 Zsófia 05-15 Ivett 05-06 Eszter 05-24 Margit 06-10 Antal 06-13 "
        "László 06-27 Péter 06-29 Ulrik 07-04 Magdolna 07-22 Kinga 07-24 Jakab 07-25 Anna 07-26 Márta 07-29 "
        "Domonkos 08-04 Klára 08-12 Ilona 08-18 Bernát 05-20 Rózsa 08-30 Mária 09-12 Mihály 09-29 Ferenc 10-04 "
        "Teréz 10-15 Hedvig 10-17 Lukács 10-18 Imre 11-05 Károly 11-04 Márton 11-11 Erzsébet 11-19 Katalin 11-25 "
        "András 11-30 Borbála 12-04 Miklós 12-06 Luca 12-13 Éva 12-24 István 12-26 János 12-27 Dávid 12-30"
    ),
    "el": (
        "Βασίλης 01-01 Φώτης 01-06 Γιάννης 01-07 Ιωάννα 01-07 Αντώνης 01-17 Θανάσης 01-18 Ευθύμιος 01-20 "
        "Γρηγόρης 01-25 Χαράλαμπος 02-10 Αλέξης 03-17 Ευαγγελία 03-25 Βαγγέλης 03-25 Ειρήνη 05-05 "
        "Κωνσταντίνος 05-21 Κώστας 05-21 Ελένη 05-21 Πέτρος 06-29 Παύλος 06-29 Απόστολος 06-30 Μαρίνα 07-17 "
        "Ηλίας 07-20 Παρασκευή 07-26 Παντελής 07-27 Σωτήρης 08-06 Μαρία 08-15 Παναγιώτης 08-15 Δέσποινα 08-15 "
        "Αλέξανδρος 08-30 Σταύρος 09-14 Σοφία 09-17 Λουκάς 10-18 Γεράσιμος 10-20 Δημήτρης 10-26 Δήμητρα 10-26 "
        "Μιχάλης 11-08 Άγγελος 11-08 Κατερίνα 11-25 Στέλιος 11-26 Ανδρέας 11-30 Βαρβάρα 12-04 Νίκος 12-06 "
        "Άννα 12-09 Σπύρος 12-12 Ελευθερία 12-15 Διονύσης 10-03 Αναστασία 12-22 Ευγενία 12-24 Χρήστος 12-25 "
        "Μανώλης 12-26 Στέφανος 12-27"
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_than_forty_well_known_days_of_each_calendar_are_right(language: str) -> None:
    words = KNOWN[language].split()
    known = dict(zip(words[::2], words[1::2], strict=True))
    assert len(known) > 40
    found = {name: name_day(name, language, 2026) for name in known}
    assert {name: f"{day.day:%m-%d}" for name, day in found.items() if day} == known


@pytest.mark.parametrize(("language", "least"), [("cs", 355), ("hu", 350), ("el", 290)])
def test_nearly_every_day_of_the_year_has_names(language: str, least: int) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    named = [day for day in days if names_on(day, language)]
    assert len(named) >= least
    for month in range(1, 13):
        assert sum(len(names_on(day, language)) for day in days if day.month == month) >= 30


def test_icelanders_and_the_english_keep_none() -> None:
    assert name_day("Anna", "is", 2026) is None
    assert name_day("John", "en", 2026) is None
    assert names_on(date(2026, 7, 26), "en") == ()


@pytest.mark.parametrize(
    ("year", "george", "mark"),
    [  # Orthodox Easter: 5 May 2024, 20 April 2025, 12 April 2026, 2 May 2027, 24 April 2011
        (2024, "05-06", "05-07"),
        (2025, "04-23", "04-25"),
        (2026, "04-23", "04-25"),
        (2027, "05-03", "05-04"),
        (2011, "04-25", "04-26"),
    ],
)
def test_saint_george_and_saint_mark_are_never_kept_in_lent(year: int, george: str, mark: str) -> None:
    for name, day in (("Γιώργος", george), ("Γεωργία", george), ("Μάρκος", mark)):
        found = name_day(name, "el", year)
        assert found is not None
        assert f"{found.day:%m-%d}" == day


@pytest.mark.parametrize(
    ("name", "away"), [("Λάζαρος", -8), ("Βάια", -7), ("Πασχάλης", 0), ("Ζωή", 5), ("Θωμάς", 7), ("Θόδωρος", -43)]
)
@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_greek_days_that_hang_on_easter_move_with_it(name: str, away: int, year: int) -> None:
    found = name_day(name, "el", year)
    assert found is not None
    assert found.day == orthodox_easter(year) + timedelta(days=away)


def test_adam_and_eve_of_the_greeks_are_kept_on_the_sunday_of_the_forefathers() -> None:
    found = name_day("Αδάμ", "el", 2026)
    assert found is not None
    assert found.day == date(2026, 12, 13)


def test_hungarian_names_of_the_end_of_february_move_in_leap_years() -> None:
    days = [name_day("Mátyás", "hu", year) for year in (2026, 2028)]
    assert [f"{day.day:%m-%d}" for day in days if day] == ["02-24", "02-25"]
    assert names_on(date(2028, 2, 24), "hu") == ()
    assert "Mátyás" in names_on(date(2028, 2, 25), "hu")
    valentine = name_day("Bálint", "hu", 2028)
    assert valentine is not None
    assert valentine.day == date(2028, 2, 14)


def test_the_name_of_the_leap_day_has_the_28th_in_other_years() -> None:
    days = [name_day("Horymír", "cs", year) for year in (2026, 2028)]
    assert [day.day for day in days if day] == [date(2026, 2, 28), date(2028, 2, 29)]


@pytest.mark.parametrize(
    ("typed", "language", "name"),
    [
        ("Petře", "cs", "Petr"), ("Petro", "cs", "Petra"), ("Honza", "cs", "Jan"), ("Honzo", "cs", "Jan"),
        ("Jirko", "cs", "Jiří"), ("Kačenka", "cs", None), ("žofie", "cs", "Žofie"), ("ZOFIE", "cs", "Žofie"),
        ("Kati", "hu", "Katalin"), ("Katalinnak", "hu", "Katalin"), ("Jóska", "hu", "József"),
        ("Zsuzsa", "hu", "Zsuzsanna"), ("Laci", "hu", "László"), ("ΓΙΩΡΓΟΣ", "el", "Γιώργος"),
        ("Γεώργιος", "el", "Γεώργιος"), ("Γιώργου", "el", "Γιώργος"), ("Giorgos", "el", "Γιώργος"),
        ("Katerina", "el", "Κατερίνα"), ("Xqzt", "hu", None), ("", "cs", None),
    ],
)  # fmt: skip
def test_a_name_is_known_in_its_forms(typed: str, language: str, name: str | None) -> None:
    found = name_day(typed, language, 2026)
    assert (found.name if found else None) == name


def test_a_name_that_the_calendar_has_twice_has_its_main_day_first() -> None:
    found = name_day("István", "hu", 2026)
    assert found == ("István", date(2026, 12, 26), (date(2026, 8, 20),))
    assert "István" not in names_on(date(2026, 8, 20), "hu")


@given(st.text(max_size=40), st.sampled_from((*LANGUAGES, "is", "")), st.integers(1950, 2090))
def test_whatever_is_typed_a_day_is_one_of_that_year_and_of_that_name(typed: str, language: str, year: int) -> None:
    found = name_day(typed, language, year)
    if found is not None:
        assert found.day.year == year
        assert any(fold(found.name) == fold(name) for name in names_on(found.day, language))
