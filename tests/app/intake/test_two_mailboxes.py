"""One letter that lies in two mailboxes of ours is one message, whichever is read first: against a real Dovecot."""

from __future__ import annotations

import uuid
from email.utils import formatdate

import pytest

from app.base import clock
from app.workbench import Workbench
from tests.servers.mail import PASSWORD, MailServer
from tests.servers.phone import Phone

pytestmark = pytest.mark.servers("dovecot", "openssl")


@pytest.fixture
def server(post: MailServer) -> MailServer:
    return post


@pytest.fixture
def names(bench: Workbench, server: MailServer) -> tuple[str, str]:
    """Two mailboxes, connected as First and Second."""
    names = (f"jana{uuid.uuid4().hex[:10]}", f"help{uuid.uuid4().hex[:10]}")
    for title, name in zip(("First", "Second"), names, strict=True):
        bench.accounts.add("email", title, server.fields(name), {"password": PASSWORD})
    return names


def letter(number: str, text: str = "Hæ!", sender: str = "Ada <ada@x.is>", ago: int = 0, answers: str = "") -> bytes:
    refs = f"In-Reply-To: <{answers}@x.is>\r\n" if answers else ""
    return (
        f"From: {sender}\r\nSubject: Glass\r\nDate: {formatdate(clock.now() - ago)}\r\nMessage-ID: <{number}@x.is>\r\n"
        f"{refs}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n"
    ).encode()


def both(server: MailServer, names: tuple[str, str], mail: bytes) -> None:
    for name in names:
        server.deliver(name, mail)


def pull(bench: Workbench, *accounts: str) -> list[int]:
    """Pull them in this order; how many new messages each brought."""
    lines = [bench.sync.pull(account) for account in accounts]
    assert [line.error for line in lines] == [""] * len(lines)
    return [line.new for line in lines]


def stored(bench: Workbench) -> list[tuple[str, str, int]]:
    """Account, text and conversation of each message, in order of time."""
    rows = bench.store.read.execute(
        "SELECT a.name, m.text, m.conversation_id FROM message m JOIN account a ON a.id = m.account_id"
        " ORDER BY m.at, m.id"
    )
    return [tuple(row) for row in rows]


@pytest.mark.slow
def test_one_letter_in_two_mailboxes_is_one_and_the_head_says_so(
    bench: Workbench, server: MailServer, names: tuple[str, str]
) -> None:
    both(server, names, letter("1"))
    assert pull(bench, "Second", "First") == [1, 0]
    ((account, _, talk),) = stored(bench)
    assert account == "Second"  # it is answered from the one that it came in by first
    assert bench.inbox.open(talk).also_in == ("First",)
    assert pull(bench, "Second", "First") == [0, 0]


@pytest.mark.slow
def test_the_conversation_goes_on_where_it_began(bench: Workbench, server: MailServer, names: tuple[str, str]) -> None:
    both(server, names, letter("1", ago=60))
    pull(bench, "First", "Second")
    both(server, names, letter("2", "And a lid", answers="1"))
    assert pull(bench, "Second", "First") == [1, 0]
    assert [(account, text) for account, text, _ in stored(bench)] == [("First", "Hæ!"), ("First", "And a lid")]
    assert len({talk for _, _, talk in stored(bench)}) == 1


def test_two_letters_of_one_thread_that_come_at_once(
    bench: Workbench, server: MailServer, names: tuple[str, str]
) -> None:
    first = letter("1", ago=60)
    server.deliver(names[0], first)
    pull(bench, "First")
    server.deliver(names[1], first)
    server.deliver(names[1], letter("2", "And a lid", answers="1"))
    assert pull(bench, "Second") == [1]
    assert {account for account, _, _ in stored(bench)} == {"First"}


def test_an_id_that_two_senders_use_is_two_letters(
    bench: Workbench, server: MailServer, names: tuple[str, str]
) -> None:
    server.deliver(names[0], letter("1"))
    server.deliver(names[1], letter("1", "Szia!", "Bob <bob@x.is>"))
    assert pull(bench, "First", "Second") == [1, 1]
    assert {(account, text) for account, text, _ in stored(bench)} == {("First", "Hæ!"), ("Second", "Szia!")}


@pytest.mark.slow
def test_it_is_done_only_when_it_is_gone_from_both(
    bench: Workbench, server: MailServer, names: tuple[str, str]
) -> None:
    both(server, names, letter("1"))
    pull(bench, "First", "Second")
    ((_, _, talk),) = stored(bench)
    for name, expected in zip(names, ("needs_me", "done"), strict=True):
        with Phone(server, name) as phone:
            phone.move("1@x.is", "Archive")
        pull(bench, "First", "Second", "First")
        assert bench.inbox.row(talk).state == expected


def test_a_letter_of_ours_to_our_other_mailbox_is_received_there(
    bench: Workbench, server: MailServer, names: tuple[str, str]
) -> None:
    mail = letter("1", sender=f"Jana <{names[0]}@lemonade.test>")
    server.deliver(names[0], mail, "Sent")
    server.deliver(names[1], mail)
    assert pull(bench, "First", "Second") == [1, 1]
    assert sorted(
        tuple(row) for row in bench.store.read.execute("SELECT account_id, out FROM message")
    ) == [(1, 1), (2, 0)]  # fmt: skip
