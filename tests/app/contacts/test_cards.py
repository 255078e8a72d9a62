"""vCards of three versions become members."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.contacts import cards
from app.contacts.person import Person
from app.imports.desk import Imports
from app.imports.recognise import CARDS, recognise
from app.store.store import Store
from tests.app.imports.conftest import Write

THREE = """BEGIN:VCARD\r
VERSION:3.0\r
PRODID:-//Apple Inc.//macOS 14//EN\r
N:Kovács;Éva;Mária;Dr.;\r
FN:Dr. Éva Mária Kovács\r
ORG:Kert\\, klub;Board\r
TITLE:Chair\r
EMAIL;type=INTERNET;type=WORK:eva@work.example.org\r
item1.EMAIL;type=INTERNET;type=pref:eva@example.org\r
TEL;type=WORK;type=FAX:+36 1 555 0000\r
TEL;type=HOME:+36 1 555 0100\r
TEL;type=CELL;type=VOICE:+36 30 123 4567\r
item2.ADR;type=HOME:;;Fő utca 1.\\, 2. em.;Budapest;;1011;Hungary\r
NOTE:likes tea\\, nuts\\nand a dog that is\r
  very large\r
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\r
 AAAQABAAD/2wBDAA\r
X-SOCIALPROFILE;type=mastodon;x-user=eva:https://m.example/@eva\r
END:VCARD\r
"""
TWO = b"""BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=A0=C5=A5astn=C3=A1;Jana;;;\r
TEL;CELL:123\r
EMAIL;INTERNET;PREF:jana@example.org\r
NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:m=C3=A1 r=C3=A1da =\r
=C4=8Daj, a p=C3=A1r slov=\r
END:VCARD\r
"""
FOUR = """BEGIN:VCARD
VERSION:4.0
FN;PREF=1:Νίκος Παπαδόπουλος
EMAIL;TYPE="work,home":nikos@example.org
TEL;VALUE=uri;TYPE="voice,cell":tel:+30-210-555-0100
ADR;LABEL="Οδός: 1":;;Οδός 1;Αθήνα;;10431;Ελλάδα
LANG:el
END:VCARD
BEGIN:VCARD
VERSION:4.0
TEL:tel:+1
END:VCARD
"""


def persons(raw: bytes) -> list[Person | None]:
    """Whom the cards are about; None for who is nobody."""
    return [one if isinstance(one, Person) else None for one in cards.persons(io.BytesIO(raw))]


def test_version_3() -> None:
    (eva,) = persons(THREE.encode())
    assert eva is not None
    assert eva.columns == {
        "name": "Dr. Éva Mária Kovács", "email": "eva@example.org", "phone": "+36 30 123 4567", "company": "Kert, klub",
        "job_title": "Chair", "address_1": "Fő utca 1., 2. em.", "city": "Budapest", "postal_code": "1011",
        "country": "Hungary",
    }  # fmt: skip
    assert eva.addresses == ("eva@example.org", "eva@work.example.org")
    assert eva.note == "likes tea, nuts\nand a dog that is very large"
    assert eva.handles == {"mastodon": "eva"}


def test_version_2_1() -> None:
    (jana,) = persons(TWO)
    assert jana is not None
    assert (jana.columns["name"], jana.columns["phone"], jana.note) == (
        "Jana Šťastná",
        "123",
        "má ráda čaj, a pár slov",
    )


def test_version_4_and_a_card_of_nobody() -> None:
    nikos, nobody = persons(FOUR.encode())
    assert nobody is None
    assert nikos is not None
    assert (nikos.columns["name"], nikos.columns["phone"]) == ("Νίκος Παπαδόπουλος", "+30-210-555-0100")
    assert (nikos.columns["city"], nikos.columns["language"]) == ("Αθήνα", "el")


@pytest.mark.parametrize(
    ("charset", "name"), [("WINDOWS-1250", "Jiří Dvořák"), ("ISO-8859-7", "Νίκος"), ("WINDOWS-1252", "Ásta Þóra")]
)
def test_the_charset_that_a_line_names(charset: str, name: str) -> None:
    codec = charset.replace("WINDOWS-", "cp")
    raw = f"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET={charset}:".encode() + name.encode(codec) + b"\nEND:VCARD\n"
    (one,) = persons(raw)
    assert one is not None
    assert one.columns["name"] == name


def test_they_come_in_once_and_are_counted(store: Store, imports: Imports, write: Write) -> None:
    path = write("people.vcf", THREE.encode() + TWO + FOUR.encode())
    assert recognise(path).kind == CARDS
    seen = imports.preview(path)
    assert (seen.holds, seen.new, seen.left_out) == ("members", 3, {"nameless": 1})
    assert seen.rows[0][:2] == ("Dr. Éva Mária Kovács", "eva@example.org")
    done = imports.run(path)
    assert (done.new, done.known) == (3, 0)
    again = imports.run(path)
    assert (again.new, again.known, again.changed) == (0, 3, 0)
    imports.undo_batch(int(done.batch_id or 0))
    assert store.read.execute("SELECT count(*) FROM member").fetchone()[0] == 0


@given(st.binary(max_size=300))
def test_any_card_is_read(raw: bytes) -> None:
    persons(raw)
    persons(b"BEGIN:VCARD\r\n" + raw + b"\r\nEND:VCARD\r\n")
    persons(b"BEGIN:VCARD\r\nFN;" + raw)


def test_an_archive_of_them(imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "takeout.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Takeout/Contacts/All Contacts/All Contacts.vcf", THREE.encode() + TWO)
        archive.writestr("Takeout/Contacts/Kert/Kert.vcf", TWO)
        archive.writestr("Takeout/archive_browser.html", "<html></html>")
    done = imports.run(path)
    assert (done.holds, done.new, done.known) == ("members", 2, 1)


PLAIN = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Éva Kovács\r\nNOTE:tea\r\nEMAIL:eva@exam\r\n ple.org\r\nEND:VCARD\r\n"


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(), PLAIN.replace("\r\n", "\r").encode(), PLAIN.replace("\r\n", "\n").encode(),
        PLAIN.encode("utf-16"), b"\xfe\xff" + PLAIN.encode("utf-16-be"), b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.replace("\r\n", "\r\r\n").encode(), b"\n" + PLAIN.encode(), b"\r\n\r\n" + PLAIN.encode(),
    ],
)  # fmt: skip
def test_line_ends_and_wide_letters_of_any_system(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(content)
    assert recognise(path).kind == CARDS
    (eva,) = cards.persons(io.BytesIO(content))
    assert isinstance(eva, Person)
    assert (eva.columns, eva.note) == ({"name": "Éva Kovács", "email": "eva@example.org"}, "tea")


def test_control_characters_stay_out_and_lines_of_a_note_end_in_one_way() -> None:
    card = b"BEGIN:VCARD\nFN:\x00\xc3\x89va\x07\nNOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0Atwo=00=0Dthree\nEND:VCARD\n"
    (eva,) = cards.persons(io.BytesIO(card))
    assert isinstance(eva, Person)
    assert (eva.columns["name"], eva.note) == ("Éva", "one\ntwo\nthree")


@pytest.mark.parametrize(
    ("written", "note"),
    [("05/04/1980", "Birthday: 05/04/1980"), ("circa 1800", "Birthday: circa 1800"), ("--0229", ""), ("0/0/00", "")],
)
def test_a_birthday_that_is_no_day_for_certain_is_kept_in_the_note(written: str, note: str) -> None:
    (eva,) = cards.persons(io.BytesIO(f"BEGIN:VCARD\nFN:Éva\nBDAY:{written}\nEND:VCARD\n".encode()))
    assert isinstance(eva, Person)
    assert eva.note == note
