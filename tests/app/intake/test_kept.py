"""Guesses are marked, and can be mended: a letter's character set, and its date."""

from __future__ import annotations

import time

import pytest

from app.actions import Actions
from app.base.errors import NotFoundError, UserError
from app.base.text import fold
from app.imports.desk import Imports
from app.inbox import Inbox, Line
from app.inbox.quiet import read_in
from app.intake import Intake
from app.intake.kept import kept_letter
from app.store.store import Store
from tests.app.imports.conftest import Write, mbox
from tests.app.imports.conftest import imports as imports  # noqa: PLC0414  a fixture
from tests.app.imports.conftest import write as write  # noqa: PLC0414  a fixture
from tests.app.saying import is_consistent, rows

CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy"


def letter(
    octets: bytes, charset: str = "", *, date: str = "Sat, 28 Nov 2026 10:00:00 +0000", received: str = ""
) -> bytes:
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    head = f"From: Anna <anna@example.org>\nTo: desk@x.org\nSubject: x\nMessage-ID: <1@x.org>\nContent-Type: {kind}\n"
    head += f"Date: {date}\n" if date else ""
    head += f"Received: from a by b; {received}\n" if received else ""
    return head.encode() + b"\n" + octets + b"\n"


def line(store: Store) -> Line:
    (found,) = Inbox(store).open(1).lines
    return found


@pytest.mark.parametrize(
    ("text", "page", "label"),
    [
        (CZECH, "cp1250", ""), (CZECH, "cp1250", "x-unknown"), (CZECH, "cp852", "utf-8"),
        ("Καλημέρα σε όλους", "cp737", ""),
        ("Erdős Előd", "iso-8859-2", "us-ascii"), ("Kveðja, Þóra", "cp1252", "foo"), ("Žofie šla", "mac_latin2", ""),
    ],
)  # fmt: skip
def test_a_guessed_letter_can_be_read_in_what_it_is_in(
    text: str, page: str, label: str, store: Store, imports: Imports, write: Write
) -> None:
    imports.run(write("box", mbox(letter(text.encode(page), label))))
    guessed = line(store)
    assert guessed.charset
    assert guessed.charset in read_in(guessed)
    before = rows(store)
    Intake(store).read_as(guessed.id, page)
    assert line(store).text == text
    assert not line(store).edited
    first = fold(text.split(maxsplit=1)[0]).strip(",")
    assert store.read.execute("SELECT rowid FROM message_index WHERE message_index MATCH ?", (first,)).fetchall()
    is_consistent(store)
    Actions(store).undo(Actions(store).last()[0].id)
    assert rows(store) == before
    assert line(store).text == guessed.text
    is_consistent(store)


@pytest.mark.parametrize(
    ("text", "page", "label"),
    [(CZECH, "cp1250", "windows-1250"), (CZECH, "utf-8", "utf-8"), (CZECH, "utf-8", ""), ("Hi", "ascii", "")],
)
def test_a_letter_that_says_what_it_is_in_keeps_no_bytes(
    text: str, page: str, label: str, store: Store, imports: Imports, write: Write
) -> None:
    imports.run(write("box", mbox(letter(text.encode(page), label))))
    assert line(store).text == text
    assert line(store).charset == read_in(line(store)) == ""
    assert not store.read.execute("SELECT * FROM raw").fetchall()
    with pytest.raises(UserError, match="names its character set"):
        Intake(store).read_as(line(store).id, "windows-1250")


def test_a_guessed_letter_again_is_the_same(store: Store, imports: Imports, write: Write) -> None:
    path = write("box", mbox(letter(CZECH.encode("cp1250"))))
    imports.run(path)
    Intake(store).read_as(line(store).id, "windows-1252")
    again = imports.run(path)
    assert (again.new, again.known) == (0, 1)
    assert len(Inbox(store).open(1).lines) == 1
    assert store.read.execute("SELECT why FROM raw").fetchone()[0] == "charset windows-1250"


def test_what_cannot_be_done_is_said(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("box", mbox(letter(CZECH.encode("cp1250")))))
    for charset in ("", "klingon", "idna"):
        with pytest.raises(UserError, match="doesn't know"):
            Intake(store).read_as(line(store).id, charset)
    with pytest.raises(NotFoundError):
        Intake(store).read_as(7, "windows-1250")


def test_an_unreadable_letter_becomes_readable(store: Store, imports: Imports, write: Write) -> None:
    imports.run(write("box", mbox(letter("Kveðja".encode("utf-16-le") + b"\0\xff\xfe", "nobody-knows"))))
    assert Inbox(store).open(1).lines[0].kind == "unreadable"
    Intake(store).read_as(line(store).id, "utf-16-le")
    assert line(store).kind == "said"
    assert line(store).text.startswith("Kveðja")


@pytest.mark.parametrize(
    ("date", "guessed"),
    [
        ("Sat, 28 Nov 2026 10:00:00 +0000", False),
        ("", True),
        ("Sat, 32 Nov 2026 10:00:00 +0000", True),
        ("Sat, 28 Nov 2026 27:61:00 +0000", True),
        ("Thu, 1 Jan 1970 00:00:00 +0000", True),
        ("Sat, 28 Nov 2099 10:00:00 +0000", True),
        ("yesterday", True),
    ],
)
def test_a_guessed_date_is_marked(date: str, guessed: bool, store: Store, imports: Imports, write: Write) -> None:  # noqa: FBT001
    imports.run(write("box", mbox(letter(b"Hi", date=date, received="Sat, 28 Nov 2026 10:00:00 +0000"))))
    assert line(store).undated is guessed
    assert line(store).at <= time.time()


def test_an_entry_of_a_feed_without_a_date_is_marked(store: Store, imports: Imports, write: Write) -> None:
    feed = (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title><item><title>A</title><guid>1</guid>'
        "<description>Hello</description></item></channel></rss>"
    )
    imports.run(write("feed.xml", feed))
    assert line(store).undated


def test_an_original_is_kept_compressed_and_one_of_an_earlier_rapport_stays_readable(
    store: Store, imports: Imports, write: Write
) -> None:
    body = (CZECH + "\n").encode("cp1250") * 200
    imports.run(write("box", mbox(letter(body))))
    octets, packed = store.read.execute("SELECT bytes, packed FROM raw").fetchone()
    (found,) = Inbox(store).open(1).lines
    kept = kept_letter(store.read, found.id)
    assert kept is not None
    assert body.strip() in kept.octets
    assert (packed, len(octets) < len(kept.octets) / 10) == (1, True)
    with store.write() as conn:
        conn.execute("UPDATE raw SET bytes = ?, packed = 0", (kept.octets,))
    assert kept_letter(store.read, found.id) == kept
    Intake(store).read_as(found.id, "cp1250")
    assert line(store).text.startswith(CZECH)
