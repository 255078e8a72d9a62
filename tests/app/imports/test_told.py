"""Notices in a mailbox file: who spoke, what they said, and where, as when they are pulled."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.accounts import Accounts
from app.imports.desk import Imports
from app.store.store import Store
from tests.app.imports.conftest import OWN, Write, counts, mail, mbox

LINK = "https://www.facebook.com/stand/posts/1?comment_id=7"


def notice(number: int, who: str, said: str, sender: str = "notification@facebookmail.com") -> bytes:
    """A notice as Facebook sends it."""
    return (
        f"From: Facebook <{sender}>\nTo: {OWN}\nMessage-ID: <n{number}@facebookmail.com>\n"
        f"Date: Mon, 1 Jan 2024 11:{number:02d}:00 +0000\nSubject: {who} commented on your post.\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{who} commented on your post.\n\n“{said}”\n\n{LINK}{number}\n"
    ).encode()


BOX = mbox(mail(1), notice(1, "Anna Bell", "3 bottles please"), notice(2, "Jiří Čapek", "Kde to mám koupit?"))


def stored(store: Store) -> list[tuple[str | None, ...]]:
    """(account, author, words, link) of every message."""
    rows = store.read.execute(
        "SELECT a.name, i.name, m.text, m.url FROM message m JOIN account a ON a.id = m.account_id"
        " LEFT JOIN identity i ON i.id = m.identity_id ORDER BY m.at"
    )
    return [tuple(row) for row in rows]


@pytest.fixture
def facebook(store: Store) -> int:
    return Accounts(store).add("facebook", "Our page", {}, {})[0].id


def put(tmp_path: Path, form: str) -> Path:
    """The same letters as an mbox, a Maildir or a folder of .eml."""
    path = tmp_path / form
    if form == "mbox":
        path.write_bytes(BOX)
        return path
    folder = path / "cur" if form == "maildir" else path
    folder.mkdir(parents=True)
    for number, one in enumerate((mail(1), notice(1, "Anna Bell", "3 bottles please"),
                                  notice(2, "Jiří Čapek", "Kde to mám koupit?"))):  # fmt: skip
        (folder / (f"{number}.x:2,S" if form == "maildir" else f"{number}.eml")).write_bytes(one)
    return path


@pytest.mark.parametrize("form", ["mbox", "maildir", "eml"])
@pytest.mark.usefixtures("facebook")
def test_what_notices_tell_goes_to_their_place(imports: Imports, store: Store, tmp_path: Path, form: str) -> None:
    path, before = put(tmp_path, form), counts(store)
    seen = imports.preview(path)
    said = "2 notification e-mails are read as messages on “Our page”."
    assert said in seen.sentence
    assert {row[1] for row in seen.rows} == {"Anna", "Anna Bell", "Jiří Čapek"}
    assert counts(store) == before
    done = imports.run(path)
    assert (done.new, said in done.sentence) == (3, True)
    assert stored(store) == [
        ("Imported mail", "Anna", "Góðan dag", ""),
        ("Our page", "Anna Bell", "3 bottles please", f"{LINK}1"),
        ("Our page", "Jiří Čapek", "Kde to mám koupit?", f"{LINK}2"),
    ]
    assert imports.run(path).new == 0
    imports.undo_batch(int(done.batch_id or 0))
    assert counts(store)["message"] == 0
    assert [account.name for account in Accounts(store).all()] == ["Our page"]


def test_our_own_addresses_are_no_names_at_the_place(
    imports: Imports, store: Store, write: Write, facebook: int
) -> None:
    from app.imports import Options  # noqa: PLC0415  beside its only use

    imports.run(write("box", BOX), Options(own=(OWN,)))
    assert Accounts(store).get(facebook).own == ()


def test_without_an_account_they_are_letters_and_it_is_said_what_to_do(
    imports: Imports, store: Store, write: Write
) -> None:
    path = write("box", BOX)
    assert "2 notification e-mails from Facebook come in as letters: add Facebook" in imports.preview(path).sentence
    imports.run(path)
    assert {row[0] for row in stored(store)} == {"Imported mail"}
    Accounts(store).add("facebook", "Our page", {}, {})
    assert imports.run(path).new == 0  # what is stored as a letter is not stored once more
    assert len(stored(store)) == 3


@pytest.mark.usefixtures("facebook")
def test_a_login_or_a_letter_of_somebody_elses_stays_a_letter(imports: Imports, store: Store, write: Write) -> None:
    login = notice(3, "x", "y").replace(b"Subject: x commented on your post.", b"Subject: New login to Facebook")
    path = write("box", mbox(login, notice(4, "Anna Bell", "Hello there", "anna@example.org")))
    imports.run(path)
    assert {row[0] for row in stored(store)} == {"Imported mail"}
