"""Mails that share a Message-ID over IMAP, from the server into the file and back out as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes

import pytest

from app.channels.email.session import EmailSession
from app.intake import Intake
from app.outbox import Outbox, meet
from app.store.store import Store
from app.voice import Draft, clear
from tests.app.channels.contract import pulled
from tests.servers.mail import PASSWORD, MailServer

pytestmark = pytest.mark.servers("dovecot", "openssl")
NAME = "desk"


@pytest.fixture
def here(post: MailServer) -> Iterator[EmailSession]:
    session = EmailSession(post.fields(NAME, folders="INBOX\nArchive"), {"password": PASSWORD}, timeout=5)
    yield session
    session.close()


def order(words: str, sender: str, minute: int) -> bytes:
    head = f"From: {sender}\r\nDate: Mon, 06 Jan 2025 10:{minute:02d}:00 +0000\r\nMessage-ID: <form@example.is>\r\n"
    return f"{head}Subject: Order\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n".encode()


def test_each_is_kept_answered_and_never_seen_twice(store: Store, post: MailServer, here: EmailSession) -> None:
    with store.write() as conn:
        conn.execute(
            "INSERT INTO account (id, kind, name, own, created_at) VALUES (1, 'email', 'Mail', ?, 0)",
            ("\n".join(here.own),),
        )
    intake, outbox, cursor = Intake(store, met=meet), Outbox(store, settle=0), dict[str, str]()
    ada, bea = order("Two tickets.", "Ada <ada@example.is>", 1), order("Ring me up.", "Bea <bea@example.is>", 2)
    post.deliver(NAME, ada)
    assert intake.take(1, pulled(here, cursor)).new == 1
    post.deliver(NAME, bea)
    post.deliver(NAME, ada, "Archive")
    taken = intake.take(1, pulled(here, cursor))
    assert (taken.new, taken.known) == (1, 1)
    assert intake.take(1, pulled(here)).new == 0  # as after another UIDVALIDITY: everything again

    talk = store.read.execute("SELECT conversation_id FROM message WHERE text = 'Ring me up.'").fetchone()[0]
    words = "Gladly!\n>> quoted twice, which readers fold\nWhen?"
    number = outbox.submit(clear(Draft(words, "en"), ()), talk, hold_seconds=0)
    sent = outbox.deliver(number, here)
    (arrived,) = post.mails("bea")
    written = message_from_bytes(arrived)
    assert (written["In-Reply-To"], written["References"]) == ("<form@example.is>", "<form@example.is>")
    back = intake.take(1, pulled(here, cursor))
    assert (back.new, back.known) == (0, 1)
    assert store.read.execute("SELECT count(*) FROM message WHERE out").fetchone()[0] == 1
    assert outbox.get(number).message_id == sent.message_id
    post.deliver(NAME, arrived.replace(b"Gladly!", b"Never!").replace(b"From: ", b"From: Eve <eve@x.is>\r\nX-Was: "))
    assert intake.take(1, pulled(here, cursor)).new == 1
    outbox.close()
