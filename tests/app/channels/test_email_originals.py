"""A letter is read out of its mailbox as it came: where it lay, or wherever another program moved it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from app.base.message import Place
from app.channels.email.imap import PARTIAL
from app.channels.email.session import EmailSession
from app.mail.headers import APART
from app.mail.parse import parse
from tests.servers.mail import PASSWORD, MailServer

pytestmark = pytest.mark.servers("dovecot", "openssl")


@pytest.fixture
def name() -> str:
    """A mailbox of this test alone."""
    return f"orig{uuid.uuid4().hex[:10]}"


@pytest.fixture
def session(post: MailServer, name: str) -> Iterator[EmailSession]:
    made = EmailSession(post.fields(name, "none"), {"password": PASSWORD}, timeout=5)
    yield made
    made.close()


def letter(number: int, body: str = "Hæ! Frábært.", *, numbered: bool = True) -> bytes:
    mark = f"Message-ID: <{number}@example.is>\r\n" if numbered else ""
    head = f"From: Ada <ada@example.is>\r\nDate: Mon, 06 Jan 2025 10:11:1{number} +0100\r\n{mark}"
    return f"{head}Subject: Letter {number}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n".encode()


def taken(session: EmailSession) -> dict[str, Place]:
    """Where each letter lies, by remote id."""
    found = {item.remote_id: item.place for page in session.pull({}) for item in page.items}
    return {remote_id: place for remote_id, place in found.items() if place is not None}


def test_a_letter_comes_back_byte_for_byte(post: MailServer, name: str, session: EmailSession) -> None:
    long = "\r\n".join(f"line {number} Ελληνικά" for number in range(PARTIAL // 20))
    whole = {number: letter(number, long if number == 1 else "Hæ!", numbered=number != 2) for number in range(3)}
    for raw in whole.values():
        post.deliver(name, raw)
    places = taken(session)
    assert len(places) == len(whole)
    for raw in whole.values():
        remote_id = parse(raw).remote_id
        read = session.original([places[remote_id]], remote_id)
        assert read is not None
        assert read.endswith(raw) or read.replace(b"\r\n", b"\n").endswith(raw.replace(b"\r\n", b"\n"))


def test_a_letter_that_was_moved_is_found_and_another_with_its_number_is_not_it(
    post: MailServer, name: str, session: EmailSession
) -> None:
    post.deliver(name, letter(1))
    post.deliver(name, letter(2))
    places = taken(session)
    wrong = places["2@example.is"]
    read = session.original([wrong, Place("Gone", 1)], "1@example.is")
    assert read is not None
    assert parse(read).remote_id == "1@example.is"


def test_a_letter_that_is_gone_is_none(post: MailServer, name: str, session: EmailSession) -> None:
    post.deliver(name, letter(1))
    assert session.original([Place("INBOX", 99)], "9@example.is") is None
    assert session.original([], "made:0123") is None


def test_of_letters_that_share_a_message_id_the_one_that_is_meant_comes_back(
    post: MailServer, name: str, session: EmailSession
) -> None:
    first, second = letter(1, "The first"), letter(1, "The second")
    post.deliver(name, first)
    post.deliver(name, second)
    for raw in (first, second):
        read = session.original([], f"1@example.is{APART}{parse(raw).letter}")
        assert read is not None
        assert parse(read).text == parse(raw).text
    assert session.original([], f"1@example.is{APART}{'0' * 24}") is None


def test_a_letter_without_an_id_is_not_taken_for_one_that_has_none_either(
    post: MailServer, name: str, session: EmailSession
) -> None:
    post.deliver(name, letter(1, "The first", numbered=False))
    post.deliver(name, letter(1, "The second", numbered=False))
    places = taken(session)
    one, other = places
    assert session.original([places[other]], one) is None
    read = session.original([places[other], places[one]], one)
    assert read is not None
    assert parse(read).remote_id == one
