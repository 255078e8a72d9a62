"""Letters to several people over a real SMTP server: each envelope, and each header as Python's library reads it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

import pytest

from app.accounts import Accounts
from app.base.message import Addressee
from app.channels.email.session import EmailSession
from app.inbox import Inbox
from app.inbox.addressing import BCC, CC, TO, Addressing
from app.intake import Intake
from app.outbox import Outbox, meet
from app.store.store import Store
from app.voice import Draft, clear
from tests.app.channels.contract import pulled
from tests.servers.mail import DOMAIN, PASSWORD, Fault, MailServer

pytestmark = pytest.mark.servers("dovecot", "openssl")


class Desk:
    """A mailbox with an alias, on the server and in the file."""

    def __init__(self, store: Store, post: MailServer) -> None:
        self.post, self.store = post, store
        self.name = f"desk{uuid.uuid4().hex[:8]}"
        self.address, self.alias = f"{self.name}@{DOMAIN}", f"jana.{self.name}@{DOMAIN}"
        fields = post.fields(self.name, aliases=f"Jana Þóra <{self.alias}>")
        self.session = EmailSession(fields, {"password": PASSWORD}, timeout=5)
        self.accounts = Accounts(store)
        self.accounts.add("email", "Post", fields, {})
        self.inbox, self.outbox = Inbox(store), Outbox(store, settle=0)
        self.intake, self.cursor = Intake(store, met=meet), dict[str, str]()

    def gets(self, number: str, *head: str) -> int:
        lines = [
            *head, "Subject: Lykill", "Date: Mon, 06 Jan 2025 10:00:00 +0000",
            f"Message-ID: <{number}.{self.name}@x.is>",
            "Content-Type: text/plain; charset=utf-8", "", f"Words of {number}", "",
        ]  # fmt: skip
        self.post.deliver(self.name, "\r\n".join(lines).encode())
        return min(self.intake.take(1, pulled(self.session, self.cursor)).conversation_ids)

    def sends(self, talk: int, chosen: Addressing | None, words: str = "Já!") -> tuple[str, Message]:
        """Deliver a reply; the outbox's state afterwards and the letter, as it arrived in the receiver's mailbox."""
        number = self.outbox.submit(clear(Draft(words, "is"), ()), talk, hold_seconds=0, addressing=chosen)
        state = self.outbox.deliver(number, self.session).state
        sent = self.post.mails(self.name, "Sent")
        return state, message_from_bytes(sent[-1]) if sent else Message()

    def envelope(self, sender: str = "") -> list[str]:
        return self.post.envelopes(sender or self.address)[-1]


@pytest.fixture
def desk(store: Store, post: MailServer) -> Iterator[Desk]:
    made = Desk(store, post)
    yield made
    post.fail(None)
    made.outbox.close()
    made.session.close()


def named(letter: Message, header: str) -> list[tuple[str, str]]:
    """The mailboxes of a header, with their names decoded."""
    boxes = getaddresses([str(value) for value in letter.get_all(header, [])])
    return [(str(make_header(decode_header(name))), address) for name, address in boxes]


def test_a_reply_to_all_names_each_in_the_head_and_the_blind_copy_in_the_envelope_alone(desk: Desk) -> None:
    talk = desk.gets(
        "o1", "From: Guðrún <gudrun@example.org>", f'To: {desk.address}, "Nováková, Jana" <jana@example.org>',
        "Cc: =?utf-8?Q?B=C3=A9la?= <bela@example.org>",
    )  # fmt: skip
    (speaker,) = desk.inbox.open(talk).speakers
    chosen = desk.inbox.letters.to_everybody(speaker)._replace(bcc=(Addressee(BCC, "Eve", "eve@example.org"),))
    state, letter = desk.sends(talk, chosen)
    assert state == "sent"
    assert desk.envelope() == ["gudrun@example.org", "jana@example.org", "bela@example.org", "eve@example.org"]
    assert named(letter, "To") == [("Guðrún", "gudrun@example.org")]
    assert named(letter, "Cc") == [("Nováková, Jana", "jana@example.org"), ("Béla", "bela@example.org")]
    assert letter["Bcc"] is None
    assert b"eve@" not in desk.post.mails("gudrun")[-1]
    assert letter["Subject"] == "Re: Lykill"
    assert letter["In-Reply-To"] == f"<o1.{desk.name}@x.is>"
    back = desk.intake.take(1, pulled(desk.session, desk.cursor))
    assert back.new == 0
    (line,) = [line for line in desk.inbox.open(talk).lines if line.out]
    assert [box.address for box in (*line.letter.cc, *line.letter.bcc)] == [
        "jana@example.org", "bela@example.org", "eve@example.org",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "goes_to"),
    [
        ("From: Anna <anna@work.example>\r\nReply-To: anna@home.example", [("anna@home.example")]),
        (
            "From: Shop <info@shop.example>\r\nReply-To: Jana <jana@x.example>, halla@x.example",
            ["jana@x.example", "halla@x.example"],
        ),
        ("From: Béla <bela@x.example>\r\nReply-To: Béla <bela@x.example>", ["bela@x.example"]),
    ],
)
def test_reply_to_is_always_heeded(desk: Desk, line: str, goes_to: list[str]) -> None:
    talk = desk.gets("o1", line, f"To: {desk.address}")
    assert desk.sends(talk, None)[0] == "sent"
    assert desk.envelope() == goes_to


def test_a_list_that_rewrites_from_is_answered_to_the_writer_or_by_choice_to_the_list(desk: Desk) -> None:
    talk = desk.gets(
        "o1", f"From: Anna Weiss via Garden <garden@lists.{DOMAIN}>",
        "X-Original-From: Anna Weiss <anna@home.example.net>",
        "Reply-To: Anna Weiss <anna@home.example.net>", f"To: garden@lists.{DOMAIN}", f"Cc: {desk.address}",
        f"List-Id: Garden <garden.lists.{DOMAIN}>", f"List-Post: <mailto:garden@lists.{DOMAIN}>",
    )  # fmt: skip
    (speaker,) = desk.inbox.open(talk).speakers
    assert (speaker.name, speaker.address) == ("Anna Weiss", "anna@home.example.net")
    desk.sends(talk, None)
    assert desk.envelope() == ["anna@home.example.net"]
    desk.sends(talk, desk.inbox.letters.to_mailing_list(speaker), "To all of you")
    assert desk.envelope() == [f"garden@lists.{DOMAIN}"]
    assert desk.outbox.entries(("sent",))[-1].public


def test_it_comes_from_the_alias_that_was_written_to(desk: Desk) -> None:
    desk.accounts.signatures.change(1, {("", ""): "Sítróna", (desk.alias, "is"): "Bestu kveðjur,\nJana"})
    talk = desk.gets("o1", "From: Guðrún <gudrun@example.org>", f"To: {desk.alias}")
    state, letter = desk.sends(talk, Addressing(cc=(Addressee(CC, "", "bela@example.org"),)))
    assert state == "sent"
    assert named(letter, "From") == [("Jana Þóra", desk.alias)]
    assert desk.envelope(desk.alias) == ["gudrun@example.org", "bela@example.org"]
    content = letter.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert content.decode() == "Já!\n\n-- \nBestu kveðjur,\nJana\n"


@pytest.mark.parametrize(
    ("fault", "chosen", "sentence"),
    [
        (Fault("mail", "553 5.7.1 not yours"), Addressing(), "didn't accept {alias} as the sender"),
        (None, Addressing(cc=(Addressee(CC, "", f"nobody@{DOMAIN}"),)), f"doesn't accept mail for nobody@{DOMAIN}"),
    ],
)
def test_a_server_that_refuses_the_alias_or_one_receiver_sends_it_to_nobody(
    desk: Desk, fault: Fault | None, chosen: Addressing, sentence: str
) -> None:
    talk = desk.gets("o1", f"From: Guðrún <gudrun.{desk.name}@example.org>", f"To: {desk.alias}")
    desk.post.fail(fault)
    state, _ = desk.sends(talk, chosen)
    assert state == "failed"
    (entry,) = desk.outbox.entries(("failed",))
    assert sentence.format(alias=desk.alias) in entry.error
    assert desk.post.mails(f"gudrun.{desk.name}") == []
    assert desk.outbox.discard(entry.id)
    opened = desk.inbox.open(talk)
    assert (opened.draft, opened.addressing.cc) == ("Já!", chosen.cc)


def test_to_with_names_in_any_script_are_read_back_as_they_are(desk: Desk) -> None:
    talk = desk.gets("o1", "From: Guðrún <gudrun@example.org>", f"To: {desk.address}")
    to = (
        Addressee(TO, "Ελένη Παπαδοπούλου-Κωνσταντινοπούλου", "eleni@example.org"),
        Addressee(TO, 'Béla "B" <x>', "b@example.hu"),
    )
    _, letter = desk.sends(talk, Addressing(to=to))
    assert named(letter, "To") == [(box.name, box.address) for box in to]
