from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from app.base.errors import UserError
from app.imports.recognise import EML, FOLDER, MAILDIR, MBOX, TABLE, NotAMailboxError, recognise
from app.store.store import Store
from tests.app.imports.conftest import Write, mail, mbox


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (mbox(mail(1)), MBOX),
        (mbox(mail(1)).replace(b"\n", b"\r\n"), MBOX),
        (b"\n\n" + mbox(mail(1)), MBOX),
        (b"From \n" + mail(1), MBOX),
        (b"From - Sat Mar  2 11:22:33 2024\r\nX-Mozilla-Status: 0001\r\n" + mail(1), MBOX),
        (mail(1), EML),
        (mail(1).replace(b"\n", b"\r\n"), EML),
        (b"Received: from a\n\tby b\nSubject: x\n\nbody", EML),
        (b"author,text,date\na,b,2024-01-01\n", TABLE),
        (b"From;Text;Datum\nx;y;z\n", TABLE),
        ("\ufeffNafn;Texti\nÁsta;Hæ\n".encode("utf-16"), TABLE),
        ("Jméno;Text\nJiří;Ahoj\n".encode("cp1250"), TABLE),
    ],
)
def test_a_file_is_known_by_its_content(write: Write, content: bytes, kind: str) -> None:
    assert recognise(write("anything.bin", content)).kind == kind


def test_folders_are_known_by_what_lies_in_them(tmp_path: Path) -> None:
    (tmp_path / "m" / "cur").mkdir(parents=True)
    (tmp_path / "nested" / ".Sent" / "cur").mkdir(parents=True)
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "one.eml").write_bytes(mail(1))
    assert recognise(tmp_path / "m").kind == MAILDIR
    assert recognise(tmp_path / "nested").kind == MAILDIR
    assert recognise(tmp_path / "e").kind == FOLDER


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"), (b" \n\n", "empty"), (b"PK\x03\x04rest", "damaged"), (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"\x00\x01\x02\x03", "neither"), (b'{"a": 1}', "neither"), (b"<html><body>x", "neither"),
    ],
)  # fmt: skip
def test_what_is_no_mailbox_is_said_in_one_sentence(write: Write, content: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as caught:
        recognise(write("file.mbox", content))
    assert "\n" not in str(caught.value)


def test_databases_and_our_own_file_are_named(tmp_path: Path, store: Store) -> None:
    other = sqlite3.connect(tmp_path / "other.mbox")
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()
    with pytest.raises(NotAMailboxError, match="a database"):
        recognise(tmp_path / "other.mbox")
    with store.write() as conn:
        conn.execute("INSERT INTO setting VALUES ('a', 'b')")
    store.close()
    with pytest.raises(NotAMailboxError, match="a Rapport file"):
        recognise(store.path)


def test_what_is_not_there_or_an_unknown_kind_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotAMailboxError, match="no file"):
        recognise(tmp_path / "none")
    with pytest.raises(NotAMailboxError, match="Maildir"):
        recognise(tmp_path)
    with pytest.raises(UserError, match="isn't a kind"):
        recognise(tmp_path, "pst")
