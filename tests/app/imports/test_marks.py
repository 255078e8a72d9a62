"""What mail programs write beside their letters is read as they mean it."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imports import left_out, marks

SEEN, ANSWERED, FLAGGED = "seen", "answered", "flagged"


@pytest.mark.parametrize(
    ("head", "why", "flags"),
    [
        ("X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000", "", {SEEN}),
        ("X-Mozilla-Status: 0003", "", {SEEN, ANSWERED}),
        ("X-Mozilla-Status: 0007", "", {SEEN, ANSWERED, FLAGGED}),
        ("X-Mozilla-Status: 0009", left_out.DELETED, {SEEN}),
        ("x-mozilla-status: 0008", left_out.DELETED, set()),
        ("X-Mozilla-Status: 0001\r\nX-Mozilla-Status2: 00200000\r", left_out.DELETED, {SEEN}),
        ("X-Mozilla-Status: 0001\nX-Mozilla-Status2: 01000000", left_out.TEMPLATES, {SEEN}),
        ("X-Mozilla-Status: 0801", left_out.UNSENT, {SEEN}),
        ("X-Mozilla-Status: zz", "", set()),
        ("Status: RO\nX-Status: A", "", {SEEN, ANSWERED}),
        ("Status: O\nX-Status: D", left_out.DELETED, set()),
        ("X-Status: T", left_out.DRAFTS, set()),
        ("X-Gmail-Labels: Inbox,Unread", "", set()),
        ("X-Gmail-Labels: Inbox,Opened,Starred", "", {SEEN, FLAGGED}),
        ("X-Gmail-Labels: Spam,Unread", left_out.SPAM, set()),
        ("X-Gmail-Labels: =?UTF-8?Q?Ko=C5=A1?=", left_out.TRASH, {SEEN}),
        ("X-Gmail-Labels: =?UTF-8?Q?Ko=C5=A1,Nep=C5=99e=C4=8Dten=C3=A9?=", left_out.TRASH, set()),
        ("X-Gmail-Labels: =?UTF-8?B?zpHOvc61z4DOuc64z43OvM63z4TOsQ==?=", left_out.SPAM, {SEEN}),
        ("X-Gmail-Labels: =?UTF-8?Q?R?=\n =?UTF-8?Q?usl?=", left_out.TRASH, {SEEN}),
        ("X-Gmail-Labels: Piszkozatok", left_out.DRAFTS, {SEEN}),
        ("X-Gmail-Labels: Chat", left_out.CHATS, {SEEN}),
        ('X-Gmail-Labels: "Spam, ham",Inbox', "", {SEEN}),
        ("Subject: Status: D\nTo: X-Status: D", "", set()),
    ],
)
def test_headers(head: str, why: str, flags: set[str]) -> None:
    said = marks.of_head(f"From: a@b.example\n{head}\nTo: x\n\nX-Mozilla-Status: 0008\nStatus: D\n".encode())
    assert said.left_out == why
    assert said.flags == flags


def test_a_label_of_ones_own_and_what_was_sent() -> None:
    said = marks.of_head(b'X-Gmail-Labels: Sent,"Garden, club",Category Updates\n\n')
    assert (said.sent, said.labels, said.left_out) == (True, ("Garden, club",), "")


@pytest.mark.parametrize(
    ("why", "names"),
    [
        (left_out.TRASH, "Ruslafata,Kuka,Törölt elemek,Koš,Odstraněná pošta,Κάδος,Διαγραμμένα,Trash,Bin,Deleted Items"),
        (left_out.SPAM, "Ruslpóstur,Levélszemét,Nevyžádaná pošta,Nevyžádaný e-mail,Ανεπιθύμητα,Junk E-mail,Junk Email"),
        (left_out.DRAFTS, "Drög,Uppköst,Piszkozatok,Koncepty,Rozepsané zprávy,Πρόχειρα,Drafts"),
        (left_out.UNSENT, "Úthólf,Útpósthólf,Postázandó üzenetek,Pošta k odeslání,Εξερχόμενα,Outbox"),
        (
            "sent",
            "Sendur póstur,Send atriði,Elküldött elemek,Elküldve,Odesláno,Odeslané položky,Απεσταλμένα,Sent Items",
        ),
        ("other", "Allur póstur,Összes levél,Archívum,Všechny zprávy,Archiv,Όλα τα μηνύματα,Αρχειοθήκη,Archives"),
        ("", "Ruslana,Bulk orders,Kukac,Koš s jahodami,Drafted players,Spamalot,Arkansas"),
    ],
)
def test_names_of_folders_in_five_languages(why: str, names: str) -> None:
    for name in names.split(","):
        assert marks.role_of(name) == why, name
        assert marks.role_of(name.upper()) == why, name


def test_a_folder_called_discussions_has_letters_in_it() -> None:
    assert marks.of_path("Lists/Discussions/1.eml").left_out == ""
    assert marks.of_path("[Gmail]/Chats/1.eml").left_out == left_out.CHATS


@pytest.mark.parametrize("name", ["Category Updates", "Kategória: Frissítések", "Kategorie Osobní", "Κατηγορία Φόρουμ"])
def test_the_tabs_of_gmail_are_nobodys_labels(name: str) -> None:
    coded = base64.b64encode(name.encode()).decode()
    assert marks.of_head(f"X-Gmail-Labels: =?UTF-8?B?{coded}?=\n\n".encode()).labels == ()


@pytest.mark.parametrize(
    ("name", "why", "flags"),
    [
        ("1.a.host:2,RS", "", {SEEN, ANSWERED}),
        ("1.a.host;2,S", "", {SEEN}),
        ("1.a.host!2,FS", "", {SEEN, FLAGGED}),
        ("1.a.host:2,ST", left_out.TRASH, {SEEN}),
        ("1.a.host:2,DS", left_out.DRAFTS, {SEEN}),
        ("1.a.host", "", set()),
        ("1.a.host:2,", "", set()),
    ],
)
def test_names_of_files_in_a_maildir(name: str, why: str, flags: set[str]) -> None:
    said = marks.of_file_name(name)
    assert (said.left_out, said.flags) == (why, frozenset(flags))


@pytest.mark.parametrize(
    ("name", "why", "sent"),
    [
        (".Trash/cur/1.a", left_out.TRASH, False),
        (".INBOX.Drafts/cur/1.a", left_out.DRAFTS, False),
        ("Deleted Messages.mbox/Messages/1.emlx", left_out.TRASH, False),
        ("INBOX.sbd/Ruslpóstur", left_out.SPAM, False),
        ("Local Folders/Unsent Messages", left_out.UNSENT, False),
        ("Sent Messages.mbox/Messages/1.emlx", "", True),
        ("Elküldött elemek/1.eml", "", True),
        ("Takeout/Mail/All mail Including Spam and Trash.mbox", "", False),
        ("Kukac/1.eml", "", False),
        ("trash.eml", "", False),
    ],
)
def test_folders_say_what_lies_in_them(name: str, why: str, sent: bool) -> None:  # noqa: FBT001  a table's column
    said = marks.of_path(name)
    assert (said.left_out, said.sent) == (why, sent)


@pytest.mark.parametrize(
    ("number", "why", "flags"),
    [
        (1, "", {SEEN}), (5, "", {SEEN, ANSWERED}), (16, "", {FLAGGED}), (3, left_out.DELETED, {SEEN}),
        (1 << 24, left_out.SPAM, set()), (1 << 6, left_out.DRAFTS, set()), (8_590_195_713, "", {SEEN}),
    ],
)  # fmt: skip
def test_apples_number(number: int, why: str, flags: set[str]) -> None:
    said = marks.of_emlx(number)
    assert (said.left_out, said.flags) == (why, frozenset(flags))


@given(st.binary(max_size=300))
def test_any_head_is_read(raw: bytes) -> None:
    marks.of_head(raw)
    marks.of_head(b"X-Gmail-Labels: " + raw)
    marks.of_head(b"X-Mozilla-Status: " + raw)
