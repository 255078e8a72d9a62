"""Files of mail programs: what they call deleted, spam or a draft is left out and told, the rest comes in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.base.errors import UserError
from app.imports import Options
from app.imports.desk import Imports
from app.imports.recognise import ARCHIVE, EMLX, FOLDER, MAILDIR, recognise
from app.store.store import Store
from tests.app.imports.conftest import OWN, Write, mail, mbox

MINE = Options(own=(OWN,))


def marked(number: int, head: str, sender: str = "anna@example.is") -> bytes:
    """A mail with a mail program's header before its own."""
    return f"{head}\n".encode() + mail(number, sender=sender)


def emlx(raw: bytes, flags: int) -> bytes:
    """The mail as Apple Mail stores it."""
    return (
        f"{len(raw):<10}\n".encode() + raw + b'<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0">\n<dict>\n'
        b"\t<key>flags</key>\n\t<integer>" + str(flags).encode() + b"</integer>\n</dict>\n</plist>\n"
    )


def waiting(store: Store) -> int:
    """How many conversations need a reply."""
    count: int = store.read.execute("SELECT count(*) FROM conversation WHERE state = 'needs_me'").fetchone()[0]
    return count


def recent(raw: bytes) -> bytes:
    """The mail with today's date, so that it asks for a reply."""
    from email.utils import formatdate  # noqa: PLC0415  one test needs it

    return raw.replace(b"Date: Mon, 1 Jan 2024", b"Date: " + formatdate()[:16].encode())


def test_thunderbird(store: Store, imports: Imports, write: Write) -> None:
    letters = [
        recent(marked(n, f"X-Mozilla-Status: {status}")) for n, status in ((1, "0009"), (2, "0003"), (3, "0001"))
    ]
    done = imports.run(write("Inbox", mbox(*letters)), MINE)
    assert (done.new, done.left_out) == (2, {"deleted": 1})
    assert "Left out: 1 deleted." in done.sentence
    assert waiting(store) == 1  # the one that was read but not answered


def test_thunderbirds_folders(store: Store, imports: Imports, tmp_path: Path) -> None:
    top = tmp_path / "Mail/Local Folders"
    (top / "Archives.sbd").mkdir(parents=True)
    for name, number in (("Inbox", 1), ("Trash", 2), ("Drafts", 3), ("Sent", 4), ("Archives.sbd/2024", 5), ("Junk", 6)):
        (top / name).write_bytes(mbox(marked(number, "X-Mozilla-Status: 0001")))
    (top / "Inbox.msf").write_text("// <!-- <mdb:mork:z -->")
    (top / "Unsent Messages").write_bytes(b"")
    (top / "msgFilterRules.dat").write_text("version=9")
    done = imports.run(tmp_path / "Mail", MINE)
    assert (done.new, done.left_out) == (3, {"trash": 1, "spam": 1, "drafts": 1})
    assert store.read.execute("SELECT count(*) FROM message WHERE out = 1").fetchone()[0] == 1


def test_gmail_takeout_in_its_archive(store: Store, imports: Imports, tmp_path: Path) -> None:
    labels = (
        (1, "Inbox,Opened", "anna@example.is"), (2, "Spam,Unread", "s@bad.example"), (3, "Kuka", "o@example.is"),
        (4, "=?UTF-8?Q?Dr=C3=B6g?=", OWN), (5, "Chat", "c@example.is"), (6, "=?UTF-8?Q?Odesl=C3=A1no?=", OWN),
        (7, "=?UTF-8?Q?Odeslan=C3=A1_po=C5=A1ta?=", "other@brand.example"),
    )  # fmt: skip
    box = mbox(*(marked(n, f"X-Gmail-Labels: {label}", who) for n, label, who in labels))
    with zipfile.ZipFile(tmp_path / "takeout.zip", "w") as archive:
        archive.writestr("Takeout/Mail/All mail.mbox", box)
        archive.writestr("Takeout/archive_browser.html", "<html></html>")
    assert recognise(tmp_path / "takeout.zip").kind == ARCHIVE
    seen = imports.preview(tmp_path / "takeout.zip", MINE)
    assert seen.left_out == {"trash": 1, "spam": 1, "drafts": 1, "chats": 1}
    assert (seen.new, len(seen.rows)) == (3, 3)
    assert "Left out: 1 in the trash, 1 in spam, 1 draft, 1 chat." in seen.sentence
    done = imports.run(tmp_path / "takeout.zip", MINE)
    assert (done.new, done.left_out) == (3, seen.left_out)
    assert store.read.execute("SELECT count(*) FROM message WHERE out = 1").fetchone()[0] == 2


def test_maildir_with_flags_and_folders(imports: Imports, tmp_path: Path) -> None:
    top = tmp_path / "Maildir"
    for folder in ("cur", "new", "tmp", ".Trash/cur", ".Sent/cur"):
        (top / folder).mkdir(parents=True)
    for name, number in (
        ("cur/1.a:2,RS", 1), ("cur/2.b:2,ST", 2), ("cur/3.c;2,S", 3), ("cur/4.d:2,DS", 4), ("new/5.e", 5),
        ("tmp/6.f", 6), (".Trash/cur/7.g:2,S", 7), (".Sent/cur/8.h:2,S", 8),
    ):  # fmt: skip
        (top / name).write_bytes(mail(number))
    assert recognise(top).kind == MAILDIR
    done = imports.run(top, MINE)
    assert (done.new, done.left_out) == (4, {"trash": 2, "drafts": 1})


def test_apple_mail(imports: Imports, tmp_path: Path) -> None:
    inbox, trash = tmp_path / "V10/INBOX.mbox/Messages", tmp_path / "V10/Deleted Messages.mbox/Messages"
    inbox.mkdir(parents=True)
    trash.mkdir(parents=True)
    for path, number, flags in (
        (inbox / "1.emlx", 1, 1), (inbox / "2.partial.emlx", 2, 5), (inbox / "3.emlx", 3, 2),
        (inbox / "4.emlx", 4, 1 << 24), (inbox / "5.emlx", 5, 1 << 6), (trash / "6.emlx", 6, 1),
    ):  # fmt: skip
        path.write_bytes(emlx(mail(number), flags))
    (inbox / "2.emlxpart").write_bytes(b"x")
    assert recognise(inbox / "1.emlx").kind == EMLX
    assert recognise(tmp_path / "V10").kind == FOLDER
    done = imports.run(tmp_path / "V10", MINE)
    assert (done.new, done.left_out) == (2, {"deleted": 1, "trash": 1, "spam": 1, "drafts": 1})
    assert done.remarks == ("1 letter came without its attachments: Apple Mail hadn't downloaded them.",)
    assert imports.run(inbox / "1.emlx", MINE).known == 1


def test_apples_package_is_a_folder_with_an_mbox(imports: Imports, tmp_path: Path) -> None:
    (tmp_path / "Kert.mbox").mkdir()
    (tmp_path / "Kert.mbox/mbox").write_bytes(mbox(mail(1), mail(2)))
    (tmp_path / "Kert.mbox/table_of_contents").write_bytes(b"\0\1\2")
    done = imports.run(tmp_path / "Kert.mbox", MINE)
    assert (done.new, dict(done.left_out)) == (2, {})


def test_a_length_that_is_wrong_is_not_believed(store: Store, imports: Imports, write: Write) -> None:
    raw = emlx(mail(1, "Góðan daginn, þið öll"), 1).replace(b"\n", b"\n", 1)
    imports.run(write("1.emlx", b"12        " + raw[raw.index(b"\n") :]), MINE)
    assert store.read.execute("SELECT text FROM message").fetchone()[0] == "Góðan daginn, þið öll"


def test_mails_in_an_archive_twice_and_with_names_that_lead_out(imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "letters.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in (
            ("a/1.eml", mail(1)), ("../../out.eml", mail(2)), ("Spam/3.eml", mail(3)), ("copy.eml", mail(1)),
            ("a/photo.jpg", b"\xff\xd8\xff" + b"x" * 90_000),
        ):  # fmt: skip
            archive.writestr(name, raw)
        archive.writestr("bomb.eml", b"From: a@b.example\n\n" + b"\0" * (40 << 20))
    done = imports.run(path, MINE)
    assert (done.new, done.known, done.doubles) == (2, 1, 1)
    assert done.left_out == {"spam": 1, "files": 1}
    assert done.remarks == ("bomb.eml was skipped: unpacked, it would be hundreds of times as large.",)
    assert not list(tmp_path.rglob("*.eml"))
    assert not (tmp_path.parent / "out.eml").exists()


def test_half_an_archive_is_said(imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "half.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.eml", mail(1))
        archive.writestr("2.eml", mail(2, "Hvenær opnið þið? " * 200))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match="damaged"):
        imports.preview(path)
    at = whole.index(b"2.eml") + 30
    path.write_bytes(whole[:at] + b"\xff" * 40 + whole[at + 40 :])
    done = imports.run(path, MINE)
    assert (done.new, done.remarks) == (1, ("2.eml couldn't be read. Everything else was.",))


def test_a_password_is_said(imports: Imports, tmp_path: Path) -> None:
    path = tmp_path / "secret.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("1.eml", mail(1))
    whole = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(mark) + offset] |= 1
    path.write_bytes(whole)
    with pytest.raises(UserError, match="password"):
        imports.run(path)
