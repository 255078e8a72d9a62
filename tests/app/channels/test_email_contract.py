"""E-mail keeps the contract of all channels, on a real Dovecot and a real SMTP server."""

from __future__ import annotations

import email
import itertools
import uuid
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import pytest

from app.base import clock
from tests.app.channels.contract import Contract
from tests.servers import mail
from tests.servers.mail import DOMAIN, PASSWORD, MailServer

pytestmark = pytest.mark.servers("dovecot", "openssl")
_numbers = itertools.count()


class Peer:
    kind = "email"

    def __init__(self, post: MailServer) -> None:
        self.post, self.name = post, f"jana{uuid.uuid4().hex[:10]}"
        self.fields = post.fields(self.name)
        self.secrets, self.wrong = {"password": PASSWORD}, {"password": "wrong-9274"}
        self.members = {who: f"{who}{uuid.uuid4().hex[:8]}" for who in ("anna", "bela", "cyril", "dora")}

    def say(self, who: str, text: str, answering: str = "") -> str:
        letter = EmailMessage(SMTP)
        number = f"<{who}.{next(_numbers)}.{uuid.uuid4().hex}@{DOMAIN}>"
        letter["From"] = f"{who.capitalize()} <{self.members[who]}@{DOMAIN}>"
        letter["To"] = self.fields["address"]
        letter["Date"] = format_datetime(clock.local(clock.now()))
        letter["Message-ID"] = number
        letter["Subject"] = "A question"
        if answering:
            letter["In-Reply-To"] = letter["References"] = answering
        letter.set_content(text)
        self.post.deliver(self.name, letter.as_bytes())
        return number

    def heard(self) -> list[tuple[str, str]]:
        found = []
        for name in self.members.values():
            for raw in self.post.mails(name):
                letter = email.message_from_bytes(raw, policy=SMTP)
                assert isinstance(letter, EmailMessage)
                body = letter.get_body(("plain",))
                assert body is not None
                # what stands behind the answer is the mail that it answers
                said = body.get_content().replace("\r\n", "\n").split("\n\n")[0].replace(" \n", " ").strip()
                found.append((said, str(letter["In-Reply-To"])))
        return found

    def gone(self) -> dict[str, str]:
        return {**self.fields, "imap_port": str(mail.free_port())}


@pytest.fixture
def peer(post: MailServer) -> Peer:
    return Peer(post)


class TestEmail(Contract):
    certain = False  # that Sent holds no copy proves nothing
