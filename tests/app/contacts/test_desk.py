"""Members out: what a phone, HubSpot, Google and a calendar take, and what comes in from there is the same."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.base import clock
from app.base.errors import UserError
from app.base.message import Author
from app.base.paths import Profile
from app.contacts import cards
from app.contacts.card_writing import FOUR, THREE, card, folded
from app.contacts.desk import PRIVATE
from app.contacts.outgoing import Entry, Handle
from app.contacts.person import Person
from app.csvfile import ExistsError
from app.members import identities
from app.workbench import Workbench

EVA = {
    "language": "hu", "email": "eva@example.org", "phone": "+36301234567", "company": "Kert, klub; egy",
    "job_title": "Elnök",
    "website": "https://eva.example.org", "birthday": "02-29", "pronouns": "ő", "time_zone": "Europe/Budapest",
    "note": "likes tea, nuts;\nand a dog", "address_1": "Fő utca 1.", "address_2": "2. em.", "city": "Pécs",
    "postal_code": "7621", "country": "HU", "languages": "cs,en", "do_not_contact": True, "do_not_gift": True,
    "do_not_why": "-asked in May", "minor": True,
}  # fmt: skip


@pytest.fixture
def eva(bench: Workbench) -> int:
    """A member of whom much is known."""
    number = bench.members.add("Kovács Éva Mária", **EVA)
    bench.members.own.label(number, ["Kert, nagy", "Baker"])
    return number


@pytest.fixture
def greeted(bench: Workbench, eva: int) -> int:
    """The same, who may be written to: in a calendar are those whom somebody greets."""
    bench.members.edit(eva, {"do_not_contact": False})
    return eva


def text(path: Path) -> str:
    return path.read_bytes().decode()


@pytest.mark.parametrize("form", ["vcard", "vcard3", "rapport"])
@pytest.mark.usefixtures("eva")
def test_what_went_out_comes_in_as_it_was(bench: Workbench, tmp_path: Path, form: str) -> None:
    path = tmp_path / ("a.csv" if form == "rapport" else "a.vcf")
    sent = bench.contacts.export(path, form, private=tuple(PRIVATE))
    assert sent.count == 1
    again = bench.imports.run(path)
    assert (again.new, again.known, again.changes) == (0, 1, ())
    other = Workbench(type(bench.profile)(tmp_path / "other"))
    other.imports.run(path)
    kept = ", ".join(key for key in EVA)
    first, second = (
        dict(one.store.read.execute(f"SELECT name, {kept} FROM member").fetchone()) for one in (bench, other)
    )
    labels = other.members.own.labels(1)
    other.close()
    assert second == first
    assert labels == ("Baker", "Kert, nagy")


@pytest.mark.usefixtures("eva")
def test_our_table_saved_as_a_workbook_changes_nothing(bench: Workbench, tmp_path: Path) -> None:
    table, book = tmp_path / "a.csv", openpyxl.Workbook()
    bench.contacts.export(table, "rapport", private=tuple(PRIVATE))
    for line in csv.reader(io.StringIO(table.read_bytes().decode("utf-8-sig"))):
        book.active.append(line)
    assert any(cell.value and str(cell.value).startswith("'") for row in book.active.iter_rows() for cell in row)
    book.save(tmp_path / "a.xlsx")
    again = bench.imports.run(tmp_path / "a.xlsx")
    assert (again.new, again.known, again.changes, again.rejected) == (0, 1, (), 0)


def test_what_is_private_stays_here_unless_it_is_ticked(bench: Workbench, eva: int, tmp_path: Path) -> None:
    bench.members.edit(eva, {"do_not_contact": True, "do_not_why": "asked in May"})
    for form in ("vcard", "vcard3", "rapport", "hubspot", "google"):
        path = tmp_path / form
        bench.contacts.export(path, form)
        for word in ("tea", "utca", "7621", "asked in May", "Pécs"):
            assert word not in text(path), form
        bench.contacts.export(path, form, private=["note"], replace=True)
        assert "likes tea" in text(path)
        assert "utca" not in text(path)
    bench.contacts.export(tmp_path / "all", "vcard", private=["wishes"])
    assert "X-RAPPORT-DO-NOT-CONTACT:yes" in text(tmp_path / "all")


def test_hubspot_and_google_take_their_own_columns(bench: Workbench, eva: int, tmp_path: Path) -> None:
    bench.imports.run(_file(tmp_path, "name,email,e mail 2\nKovács Éva Mária,eva@example.org,eva@work.example.org\n"))
    bench.contacts.export(tmp_path / "h.csv", "hubspot", [eva], ["address"])
    (row,) = csv.DictReader(io.StringIO((tmp_path / "h.csv").read_text(encoding="utf-8-sig")))
    assert (row["First Name"], row["Last Name"], row["Phone Number"]) == ("Éva Mária", "Kovács", "+36301234567")
    assert (row["Additional email addresses"], row["Postal Code"]) == ("eva@work.example.org", "7621")
    sent = bench.contacts.export(tmp_path / "g.csv", "google", [eva])
    assert "guarded" in sent.notes[0]
    (row,) = csv.DictReader(io.StringIO((tmp_path / "g.csv").read_text(encoding="utf-8-sig")))
    assert (row["Birthday"], row["Phone 1 - Value"], row["E-mail 2 - Value"]) == (
        "--02-29", "+36301234567", "eva@work.example.org",
    )  # fmt: skip
    assert row["Labels"].endswith(" ::: * myContacts")


def _file(folder: Path, content: str) -> Path:
    path = folder / "in.csv"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_merged_member_goes_out_once_and_a_file_is_never_written_over(
    bench: Workbench, eva: int, tmp_path: Path
) -> None:
    other = bench.members.add("Éva K.")
    bench.members.merge(eva, other)
    path = tmp_path / "a.vcf"
    assert bench.contacts.export(path, "vcard").count == 1
    with pytest.raises(ExistsError):
        bench.contacts.export(path, "vcard")
    with pytest.raises(UserError, match="isn't a format"):
        bench.contacts.export(path, "ldif")


# --- the cards themselves

WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cf", "Zl", "Zp")), min_size=1, max_size=60).map(
    lambda typed: " ".join(typed.split())
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Members with all sorts of words in them."""
    word = WORDS.filter(bool)
    return Entry(
        draw(st.integers(1, 10**9)), draw(word), draw(WORDS), draw(WORDS), tuple(draw(st.sets(st.sampled_from(
            ["a@x.example", "b@y.example", "c@z.example"])))), tuple(draw(st.sets(st.sampled_from(
                ["+3615550100", "+420601234567", "555 0100"])))), (Handle("mastodon", "Mastodon", "@a@m.example", ""),),
        draw(WORDS), draw(WORDS), "https://x.example/a,b;c", ("hu", "cs"), "customer",
        draw(st.sampled_from(["", "02-29", "12-01"])), draw(WORDS), "Europe/Prague",
        tuple(draw(st.sets(word, max_size=3))),
        tuple(draw(st.lists(word, max_size=2))), draw(WORDS), draw(WORDS), draw(WORDS), draw(WORDS), (), 1_700_000_000,
    )  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(entries(), st.sampled_from([FOUR, THREE]))
def test_a_card_says_what_it_was_given(entry: Entry, version: str) -> None:
    written = card(entry, version)
    assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
    (found,) = cards.persons(io.BytesIO(written.encode()))
    assert isinstance(found, Person)
    assert found.columns["name"] == entry.name
    assert found.addresses == entry.emails
    assert set(found.phones) == set(entry.phones)
    assert found.columns.get("birthday", "") == entry.birthday
    assert found.columns.get("company", "") == entry.company
    assert found.columns.get("city", "") == entry.city
    assert found.columns["website"] == entry.website
    assert (found.columns["language"], found.columns["languages"]) == ("hu", "cs")
    assert set(found.labels) == {
        label for label in entry.labels if label.casefold() not in ("mycontacts", "my contacts")
    }
    assert found.note == entry.note
    assert found.handles == {"mastodon": "@a@m.example"}
    assert found.number == entry.id


@given(st.text(max_size=300))
def test_a_folded_line_is_whole_again(line: str) -> None:
    line = line.replace("\r", "").replace("\n", "").encode("utf-8", "ignore").decode()
    assert folded(line).replace("\r\n ", "") == line


# --- calendars


def calendar(bench: Workbench, path: Path, *what: str) -> list[dict[str, Any]]:
    """The entries of a calendar that is written anew, as `icalendar` reads them."""
    bench.contacts.calendar(path, what, replace=True)
    found: Any = Calendar.from_ical(path.read_bytes(), multiple=True)
    (read,) = found
    assert read.get("METHOD") == "PUBLISH"
    return [
        {
            "title": str(one["SUMMARY"]), "uid": str(one["UID"]), "from": one["DTSTART"].dt, "to": one["DTEND"].dt,
            "rule": {key: value[0] for key, value in one.get("RRULE", {}).items()}, "sequence": int(one["SEQUENCE"]),
        }
        for one in read.walk("VEVENT")
    ]  # fmt: skip


@pytest.mark.usefixtures("greeted")
def test_a_birthday_on_29_february_is_every_year(bench: Workbench, tmp_path: Path) -> None:
    (born,) = calendar(bench, tmp_path / "a.ics", "birthdays")
    assert born["title"] == "Kovács Éva Mária: birthday"
    assert born["rule"] == {"FREQ": "YEARLY", "BYMONTH": 2, "BYMONTHDAY": -1}


def test_name_days_are_yearly_or_move_with_easter(bench: Workbench, tmp_path: Path) -> None:
    bench.members.add("Petr Novák", language="cs")
    bench.members.add("Γιώργος Παππάς", language="el")
    bench.members.add("Jón Jónsson", language="is")
    bench.members.add("Anna Nagy", language="hu", name_day="none")
    bench.members.add("Ida", name_day="04-01")
    days = calendar(bench, tmp_path / "a.ics", "name-days")
    yearly = {one["title"]: one["from"] for one in days if one["rule"]}
    assert {title: f"{day:%m-%d}" for title, day in yearly.items()} == {
        "Petr Novák: name day": "06-29", "Ida: name day": "04-01",
    }  # fmt: skip
    moving = [one for one in days if not one["rule"]]
    assert {one["title"] for one in moving} == {"Γιώργος Παππάς: name day"}
    assert len({one["uid"] for one in moving}) == len(moving) == 5


def test_promises_on_their_day_and_blocks_of_the_week(bench: Workbench, eva: int, tmp_path: Path) -> None:
    bench.promises.add(eva, "the recipe", due_on="2026-12-24")
    bench.promises.add(eva, "some day")
    done = bench.promises.add(eva, "kept", due_on="2026-12-25")
    bench.promises.keep(done)
    bench.blocks.add("Tue 17-19, Sat 22-24")
    entries = calendar(bench, tmp_path / "a.ics", "promises", "blocks")
    assert [one["title"] for one in entries] == [
        "Promised to Kovács Éva Mária: the recipe", "Community work", "Community work",
    ]  # fmt: skip
    assert (entries[0]["from"], entries[0]["to"]) == (date(2026, 12, 24), date(2026, 12, 25))
    tuesday, saturday = entries[1:]
    assert (tuesday["rule"], saturday["rule"]) == (
        {"FREQ": "WEEKLY", "BYDAY": "TU"}, {"FREQ": "WEEKLY", "BYDAY": "SA"},
    )  # fmt: skip
    for block, weekday, hours in ((tuesday, 1, 2), (saturday, 5, 2)):
        begins, ends = block["from"], block["to"]
        assert isinstance(begins, datetime)
        assert isinstance(ends, datetime)
        assert begins.weekday() == weekday
        assert ends - begins == timedelta(hours=hours)
        assert begins.tzinfo is None


def test_the_same_calendar_again_changes_and_doubles_nothing(bench: Workbench, greeted: int, tmp_path: Path) -> None:
    bench.blocks.add("Tue 17-19")
    first = calendar(bench, tmp_path / "a.ics", "birthdays", "blocks")
    bench.members.edit(greeted, {"name": "Kovács Éva", "birthday": "03-05"})
    bench.blocks.put("Tue 18-20")
    again = calendar(bench, tmp_path / "a.ics", "birthdays", "blocks")
    assert [one["uid"] for one in again] == [one["uid"] for one in first]
    assert again[0]["title"] == "Kovács Éva: birthday"


def test_only_those_who_were_chosen_and_an_empty_one_says_so(bench: Workbench, greeted: int, tmp_path: Path) -> None:
    ida = bench.members.add("Ida")
    assert bench.contacts.calendar(tmp_path / "a.ics", ["birthdays"], [greeted]).count == 1
    sent = bench.contacts.calendar(tmp_path / "b.ics", ["birthdays"], [ida])
    assert (sent.count, sent.notes) == (0, ("There are no such dates yet, so the calendar is empty.",))
    with pytest.raises(UserError, match="doesn't go into a calendar"):
        bench.contacts.calendar(tmp_path / "c.ics", ["moons"])


def test_who_asked_not_to_be_written_to_is_counted_and_not_greeted(bench: Workbench, eva: int, tmp_path: Path) -> None:
    bench.members.edit(eva, {"birthday": "03-05", "do_not_contact": True})
    bench.members.add("Ida", birthday="04-06")
    mailed = "1 of them asked not to be written to: leave them out of mailings."
    for form in ("vcard", "vcard3", "rapport", "hubspot", "google"):
        assert mailed in bench.contacts.export(tmp_path / f"{form}.x", form).notes
    wishes = [bench.contacts.export(tmp_path / f"{form}.y", form, private=["wishes"]) for form in ("vcard", "hubspot")]
    assert [mailed in sent.notes for sent in wishes] == [False, True]  # HubSpot has no column for it
    titles = [one["title"] for one in calendar(bench, tmp_path / "a.ics", "birthdays", "name-days")]
    assert titles == ["Ida: birthday"]
    sent = bench.contacts.calendar(tmp_path / "b.ics", ["birthdays"])
    assert sent.notes == ("1 member asked not to be written to, so their birthday and name day are left out.",)


@pytest.mark.parametrize("form", ["vcard", "vcard3", "rapport"])
def test_what_somebody_refused_goes_out_and_comes_in_again(bench: Workbench, tmp_path: Path, form: str) -> None:
    said = {"do_not_contact": True, "do_not_gift": True, "do_not_why": "moved; away", "minor": True, "consent": "no"}
    bench.members.add("Éva Kovács", email="eva@example.org", **said)
    bench.contacts.export(tmp_path / "a", form, private=["wishes"])
    for old in ({}, {"consent": "offers"}):
        with closing(Workbench(Profile(tmp_path / f"other{len(old)}"))) as other:
            other.imports.run(_file(tmp_path, "name,email\nÉva Kovács,eva@example.org\n"))
            if old:  # not by hand
                with other.store.write() as conn:
                    conn.execute(
                        "UPDATE member SET consent = 'offers', consent_on = '2020-01-01', consent_how = 'mail'"
                    )
            seen = {one.field: (one.before, one.after) for one in other.imports.preview(tmp_path / "a").changes}
            assert seen["do_not_contact"] == ("", "yes")
            other.imports.run(tmp_path / "a")
            eva = other.members.get(1)._asdict()
            assert {key: eva[key] for key in said} == said
            assert (eva["consent_on"], eva["consent_how"]) == (clock.local(clock.now()).date().isoformat(), "")
            assert not other.imports.preview(tmp_path / "a").changes


def test_no_file_takes_back_what_somebody_refused(bench: Workbench, tmp_path: Path) -> None:
    header = "name,email,Unsubscribed from all email,do_not_gift,minor,do_not_why,consent\n"
    bench.imports.run(
        _file(tmp_path, f"{header}Éva,eva@example.org,TRUE,x,ano,busy,no\nIda,ida@example.org,false,no,0,,\n")
    )
    eva, ida = bench.members.get(1), bench.members.get(2)
    assert (eva.do_not_contact, eva.do_not_gift, eva.minor) == (True, True, True)
    assert (eva.do_not_why, eva.consent) == ("busy", "no")
    assert (ida.do_not_contact, ida.do_not_gift, ida.minor, ida.do_not_why) == (False, False, False, "")
    bench.imports.run(_file(tmp_path, f"{header}Éva,eva@example.org,no,no,no,,offers\n"))
    assert bench.members.get(1) == eva
    bench.imports.run(_file(tmp_path, f"{header}Ida,ida@example.org,,,,,offers\n"))
    assert bench.members.get(2).consent == ""  # a permission is written by hand


def test_a_page_keeps_its_commas_and_a_time_zone_of_3_0_says_that_it_is_a_name(
    bench: Workbench, tmp_path: Path
) -> None:
    bench.members.add("Éva", website="https://a.example/b,c;d", time_zone="Europe/Prague", company="A, B")
    for form, zone in (("vcard", "TZ:"), ("vcard3", "TZ;VALUE=TEXT:")):
        path = bench.contacts.export(tmp_path / form, form).path
        lines = path.read_text("utf-8").splitlines()
        assert {"URL:https://a.example/b,c;d", f"{zone}Europe/Prague", "ORG:A\\, B"} <= set(lines)
        with path.open("rb") as file:
            (eva,) = cards.persons(file)
        assert isinstance(eva, Person)
        assert (eva.columns["website"], eva.columns["time_zone"]) == ("https://a.example/b,c;d", "Europe/Prague")


def test_an_address_in_two_spellings_goes_out_once(bench: Workbench, tmp_path: Path) -> None:
    number = bench.members.add("Éva", email="\u200bEVA@Példa.example")
    with bench.store.write() as conn:
        identities.add(conn, "email", Author("eva@xn--plda-bpa.example", "eva@xn--plda-bpa.example", "Éva"), number)
    bench.contacts.export(tmp_path / "a.vcf", "vcard")
    assert text(tmp_path / "a.vcf").count("EMAIL") == 1
