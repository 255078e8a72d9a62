"""WhatsApp's exported chats, as phones of several languages write them."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.imports import Options, previews
from app.imports.bundle import open_bundle
from app.imports.desk import Imports
from app.imports.exports import chats, find
from app.imports.exports.entry import Entry, attached, key_of
from app.imports.notes import Notes
from app.imports.places import Place
from app.imports.recognise import EXPORT, SourceFile, recognise
from app.store.store import Store

EVENING = "2026-11-28 21:05"
# (name of the file, its lines); in each Anna asks on 28 November 2026 at 21:05 and the desk answers a day later
PHONES = [
    (
        "WhatsApp Chat with Anna.txt",
        (
            "28/11/2026, 9:05 pm - Messages and calls are end-to-end encrypted.\n28/11/2026, 9:05 pm - Anna: Open?\n"
            "29/11/2026, 9:10 am - Desk: At nine\n"
        ),
    ),
    ("WhatsApp Chat with Anna.txt", "11/28/26, 9:05\u202fPM - Anna: Open?\n11/29/26, 9:10\u202fAM - Desk: At nine\n"),
    ("WhatsApp spjall við Anna.txt", "28.11.2026, 21:05 - Anna: Opið?\n29.11.2026, 09:10 - Desk: Klukkan níu\n"),
    ("WhatsApp-beszélgetés Anna.txt", "2026. 11. 28. 21:05 - Anna: Nyitva?\n2026. 11. 29. 9:10 - Desk: Kilenckor\n"),
    ("WhatsApp chat s Anna.txt", "28.11.2026 21:05 - Anna: Otevřeno?\n29.11.2026 9:10 - Desk: V devět\n"),
    (
        "Συνομιλία WhatsApp με Anna.txt",
        "28/11/26, 9:05 μ.μ. - Anna: Ανοιχτά;\n29/11/26, 9:10 π.μ. - Desk: Στις εννιά\n",
    ),
    ("WhatsApp Chat - Anna.txt", "\ufeff[28/11/2026, 21:05:00] Anna: Open?\n[29/11/2026, 09:10:33] Desk: At nine\n"),
    ("WhatsApp Chat - Anna.txt", "[11/28/26, 9:05:00\u202fPM] Anna: Open?\n[11/29/26, 9:10:33\u202fAM] Desk: Nine\n"),
    ("WhatsApp Chat - Anna.txt", "[2026. 11. 28. 21:05:00] Anna: Nyitva?\n[2026. 11. 29. 9:10:33] Desk: Igen\n"),
    ("WhatsApp Chat - Anna.txt", "[28.11.2026 21:05:00] Anna: Otevřeno?\n[29.11.2026 9:10:33] Desk: Ano\n"),
    ("WhatsApp Chat - Anna.txt", "[28/11/26, 9:05:00 μ.μ.] Anna: Ανοιχτά;\n[29/11/26, 9:10:33 π.μ.] Desk: Ναι\n"),
    ("WhatsApp Chat mit Anna.txt", "28.11.26, 21:05 - Anna: Offen?\n29.11.26, 09:10 - Desk: Um neun\n"),
    ("Chat de WhatsApp con Anna.txt", "28/11/26, 9:05 p. m. - Anna: ¿Abierto?\n29/11/26, 9:10 a. m. - Desk: Sí\n"),
    ("WhatsApp Chat with Anna.txt", "28-11-2026 21:05 - Anna: Open?\n29-11-2026 09:10 - Desk: Om negen\n"),
    ("WhatsApp Chat - Anna.txt", "[28.11.2026 klo 21.05.00] Anna: Auki?\n[29.11.2026 klo 9.10.33] Desk: Joo\n"),
]


def read(path: Path, own: frozenset[str] = frozenset()) -> tuple[list[Entry], Notes]:
    """Everything in the chat."""
    notes = Notes()
    with open_bundle(path) as bundle:
        export = find(bundle, path.name)
        assert export is not None
        return list(export.entries(bundle, own, notes)), notes


@pytest.mark.parametrize(("name", "lines"), PHONES)
def test_phones(tmp_path: Path, name: str, lines: str) -> None:
    (tmp_path / name).write_text(lines, "utf-8")
    assert recognise(tmp_path / name).kind == EXPORT
    entries, notes = read(tmp_path / name)
    first, second = (entry.item for entry in entries if entry.item)
    assert f"{clock.local(first.at):%Y-%m-%d %H:%M}" == EVENING
    assert clock.local(second.at).date() == datetime(2026, 11, 29).date()  # noqa: DTZ001  a local day
    assert (first.author.name, first.out, second.author.name, second.out) == ("Anna", False, "Desk", True)
    assert first.title == second.title == "Anna"
    assert not notes.names


CHAT = """[2026. 11. 28. 21:05:33] Kert klub: \u200eAz üzenetek és hívások végpontok között titkosítottak.
[2026. 11. 28. 21:05:40] Kovács Anna: Mikor nyitnak?
És: lehet kutyával?

Köszi
\u200e[2026. 11. 28. 21:06:40] ~\u202fTamás: \u200ekép kihagyva
[2026. 11. 28. 21:07:00] \u202a+36\xa030\xa0123\xa04567\u202c: Holnap
\u200e[2026. 11. 28. 21:08:00] Kovács Anna: \u200e<csatolva: 00000007-PHOTO.jpg>
\u200e[2026. 11. 28. 21:08:10] Kovács Anna: \u200eÜzenet törölve
[2026. 11. 28. 21:08:20] ~\u202fTamás: Jó \u200e<Üzenet szerkesztve>
\u200e[2026. 11. 28. 21:08:30] Kert klub: \u200eKovács Anna meghívó hivatkozással csatlakozott a csoporthoz, 12 fő.
"""


def group(folder: Path) -> Path:
    """A group's chat, zipped as iOS does it."""
    path = folder / "WhatsApp Chat - Kert klub.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_chat.txt", CHAT)
        archive.writestr("00000007-PHOTO.jpg", b"\xff\xd8\xff")
    return path


def test_a_group_with_its_pictures(tmp_path: Path) -> None:
    entries, notes = read(group(tmp_path))
    said = [entry.item for entry in entries if entry.item]
    assert [(one.author.name, one.text) for one in said] == [
        ("Kovács Anna", "Mikor nyitnak?\nÉs: lehet kutyával?\n\nKöszi"),
        ("+36 30 123 4567", "Holnap"), ("Kovács Anna", "[Attachments only.]"), ("Tamás", "Jó"),
    ]  # fmt: skip
    assert [(file.name, file.type) for file in said[2].attached] == [("00000007-PHOTO.jpg", "image/jpeg")]
    assert [entry.left_out for entry in entries if entry.left_out] == ["system", "media", "deleted", "system"]
    assert said[1].author.key == "+36301234567"
    assert {one.title for one in said} == {"Kert klub"}
    assert notes.names == ("Kovács Anna", "Tamás", "+36 30 123 4567")


def test_who_is_us_in_a_group_is_asked_and_can_be_said(store: Store, imports: Imports, tmp_path: Path) -> None:
    path = group(tmp_path)
    seen = imports.preview(path)
    assert "Which of these is you: Kovács Anna, Tamás, +36 30 123 4567?" in seen.sentence
    done = imports.run(path, Options(own=("Kovács Anna",)))
    assert done.new == 4
    assert not done.remarks
    assert store.read.execute("SELECT count(*) FROM message WHERE out = 1").fetchone()[0] == 2
    names = {row["name"] for row in store.read.execute("SELECT name FROM member")}
    assert names == {"+36 30 123 4567", "Tamás"}
    again = imports.run(path, Options(own=("Kovács Anna",)))
    assert (again.new, again.known) == (0, 4)
    # "Kovács" and "Anna" alone are other people
    assert not store.read.execute("SELECT own FROM account").fetchone()["own"]


def test_android_says_what_is_missing_in_words(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Anna (2).txt"
    path.write_text(
        "28/11/2026, 21:05 - Anna: <Media omitted>\n28/11/2026, 21:06 - Anna: This message was deleted\n"
        "28/11/2026, 21:07 - Anna: IMG-20261128-WA0001.jpg (file attached)\nLook at this\n"
        "28/11/2026, 21:08 - Anna: 👍\n28/11/2026, 21:08 - Anna: 👍\n28/11/2026, 21:09 - Anna: null\n"
        '28/11/2026, 21:10 - Anna changed the subject to "Tea: when?"\n'
        "28/11/2026, 21:11 - Anna: Thanks <This message was edited>\n28/11/2026, 21:12 - Anna: x <y z>\n"
        "28/11/2026, 21:13 - Desk: https://example.org/a: b\n",
        "utf-8",
    )
    entries, _ = read(path)
    said = [entry.item for entry in entries if entry.item]
    assert [one.text for one in said] == ["Look at this", "👍", "👍", "Thanks", "x <y z>", "https://example.org/a: b"]
    assert len({one.remote_id for one in said}) == len(said)
    assert [entry.left_out for entry in entries if entry.left_out] == ["media", "deleted", "media", "system"]
    assert {one.title for one in said} == {"Anna"}


def test_the_order_of_day_and_month_is_the_one_by_which_time_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "WhatsApp Chat with Anna.txt"
    days = ["1/2/26", "2/2/26", "3/2/26", "1/3/26"]
    path.write_text("".join(f"{day}, 9:05 am - Anna: {n}\n" for n, day in enumerate(days)), "utf-8")
    entries, _ = read(path)
    assert [clock.local(one.item.at).month for one in entries if one.item] == [2, 2, 2, 3]


def test_other_texts_are_no_chats() -> None:
    for head in (b"author,text,date\nAnna,Hi: you,2026-01-01 10:00\n", b"[section]\nkey: value 10:00\n", b"\x00\x01"):
        assert not chats.looks_so(head)


@given(st.text(alphabet=st.sampled_from("[]0123456789/.,: -\n\u200e<>apm"), max_size=200))
def test_any_text_is_read_without_a_word_lost_or_a_fault(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("c") / "WhatsApp Chat with Anna.txt"
    path.write_text(f"28/11/2026, 21:05 - Anna: Open?\n{text}\n", "utf-8")
    entries, _ = read(path)
    assert entries
    assert all((entry.item is None) != (entry.left_out == "") for entry in entries)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("+354 555 1234", "+3545551234"), ("00354 555-1234", "+3545551234"),
        ("\u202a+36 20 123 4567\u202c", "+36201234567"), ("555 1234", "5551234"),
        ("~Anna Bell", "anna bell"), ("Anna 2", "anna 2"),
    ],
)  # fmt: skip
def test_a_number_is_known_by_the_form_that_messages_written_down_have(name: str, key: str) -> None:
    assert key_of(name) == key


def test_names_with_braces_are_shown_as_they_are(tmp_path: Path) -> None:
    notes = Notes(names=("Anna {heart}", "Desk {}"))
    file = SourceFile(tmp_path / "{chat}.txt", EXPORT, 1)
    seen = previews.of_export("WhatsApp", (), file, Place(None, "Chat", "whatsapp", frozenset()), None, notes)
    assert "{chat}.txt is an export from WhatsApp" in seen.sentence
    assert "Which of these is you: Anna {heart}, Desk {}?" in seen.sentence


def test_a_file_that_is_too_large_to_be_kept_is_named(tmp_path: Path) -> None:
    with (tmp_path / "VID-1.mp4").open("wb") as film:
        film.truncate(10_000_001)
    with open_bundle(tmp_path) as bundle:
        file = attached(bundle, bundle.parts[0])
    assert file is not None
    assert (file.name, file.type, file.content, file.left) == ("VID-1.mp4", "video/mp4", b"", 10_000_001)
