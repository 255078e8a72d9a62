"""Ten conversations in one mailbox, each answered through the desks: every envelope, every header, every copy.

The mailbox is Dovecot's, the envelopes are what the SMTP server wrote down, and letters are read by Python's `email`,
not by our own parser.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate
from typing import NamedTuple

import pytest

from app.accounts.senders import put_signature
from app.base.message import Addressee
from app.base.paths import Profile
from app.inbox.addressing import BCC, CC, Addressing, letter, to_everybody, to_mailing_list
from app.inbox.rows import Opened
from app.outbox import Entry
from app.voice import Draft
from app.workbench import Workbench
from tests.servers.mail import DOMAIN, PASSWORD, MailServer

pytestmark = pytest.mark.servers("dovecot", "openssl")

LIST = f"garden@lists.{DOMAIN}"
ANSWERS_AT_LIST = (f"List-Id: <garden.lists.{DOMAIN}>", f"List-Post: <mailto:{LIST}>")
SIGNATURE, GREEK, OF_ALIAS = "Jana\nlímonaði.is", "Γιάνα\nlímonaði.is", "Aðstoð við límonaðið"
"""What stands under letters: from the account's own address, from it in Greek, and from the alias."""


class Letter(NamedTuple):
    """An answer of ours as it went out: its row, the envelope's receivers, and what Python's `email` reads in it."""

    outgoing: Entry
    envelope: list[str]
    read: EmailMessage

    def boxes(self, head: str) -> list[tuple[str, str]]:
        """Names and addresses in To, Cc or From; [] where there is no such line."""
        line = self.read[head]
        return [] if line is None else [(box.display_name, box.addr_spec) for box in line.addresses]

    @property
    def thread(self) -> tuple[str, list[str]]:
        """In-Reply-To and References, without brackets and domain."""
        bare = [ref.strip("<>").partition("@")[0] for ref in self.read["References"].split()]
        return self.read["In-Reply-To"].strip("<>").partition("@")[0], bare

    @property
    def text(self) -> str:
        return str(self.read.get_content()).replace("\r\n", "\n")


class Desk:
    """The mailbox, connected; nobody but us reads it."""

    def __init__(self, bench: Workbench, post: MailServer) -> None:
        self.bench, self.post = bench, post
        self.name = f"jana{uuid.uuid4().hex[:8]}"
        self.address, self.alias = f"{self.name}@{DOMAIN}", f"{self.name}@help.{DOMAIN}"
        fields = post.fields(self.name, aliases=f"Aðstoð <{self.alias}>")
        account, _ = bench.accounts.add("email", "Post", fields, {"password": PASSWORD})
        self.account = account.id
        with bench.store.write() as conn:
            for address, language, text in (
                (self.address, "", SIGNATURE), (self.address, "el", GREEK), (self.alias, "", OF_ALIAS),
            ):  # fmt: skip
                put_signature(conn, self.account, address, language, text)

    def comes(
        self, number: str, sender: str, *more: str, to: str = "", refs: Sequence[str] = (), ago: int = 600
    ) -> None:
        """A letter lies in the mailbox, with `more` lines in its head."""
        chain = [f"<{ref}@{self.name}.test>" for ref in refs]
        lines = [
            f"From: {sender}", f"To: {to or self.address}", f"Subject: {'Re: ' if refs else ''}About {number[0]}",
            f"Date: {formatdate(time.time() - ago)}", f"Message-ID: <{number}@{self.name}.test>", *more,
            *([f"In-Reply-To: {chain[-1]}", f"References: {' '.join(chain)}"] if chain else []),
            "Content-Type: text/plain; charset=utf-8", "", f"Words of {number}", "",
        ]  # fmt: skip
        self.post.deliver(self.name, "\r\n".join(lines).encode())

    def pull(self) -> tuple[int, int]:
        """Fetch; how many messages were new, and how many known."""
        outcome = self.bench.sync.pull("Post")
        assert not outcome.error, outcome.error
        return outcome.new, outcome.known

    def message(self, number: str) -> int:
        """The message whose letter has this number."""
        row = self.bench.store.read.execute(
            "SELECT id FROM message WHERE remote_id = ?", (f"{number}@{self.name}.test",)
        ).fetchone()
        return int(row[0])

    def talk(self, number: str) -> Opened:
        """The conversation of that letter."""
        return self.bench.inbox.open(self.bench.inbox.conversation_of(self.message(number)))

    def submit(self, number: str, words: str, chosen: Addressing | None = None, *, language: str = "is") -> Entry:
        """Answer that letter, as it goes to the outbox and on; the row afterwards."""
        cleared = self.bench.voice.clear(Draft(words, language), reason="as written")
        row = self.bench.outbox.submit(
            cleared, self.talk(number).row.id, hold_seconds=0, answers=self.message(number), addressing=chosen
        )
        self.bench.sync.send(self.account)
        return self.bench.outbox.get(row)

    def everybody(self, number: str) -> Addressing:
        """A reply to all whom that letter names."""
        receiver = self.bench.inbox.receiver(self.talk(number).row.id, self.message(number))
        assert receiver is not None
        return to_everybody(receiver, letter(self.bench.store.read, self.message(number)), (self.address, self.alias))

    def answers(self, number: str, words: str, chosen: Addressing | None = None, *, language: str = "is") -> Letter:
        """Answer that letter, and look at what went out: one envelope, the same letter for each receiver and in Sent.

        Read back from Sent, it is the message that is there already.
        """
        before = {own: len(self.post.envelopes(own)) for own in (self.address, self.alias)}
        outgoing = self.submit(number, words, chosen, language=language)
        assert outgoing.state == "sent", outgoing.error
        ((_, envelope),) = [
            (own, envelope) for own, known in before.items() for envelope in self.post.envelopes(own)[known:]
        ]
        (sent,) = self.copies(self.name, outgoing, "Sent")
        for receiver in envelope:
            assert self.copies(receiver.partition("@")[0], outgoing) == [sent]
        messages = self.count()
        assert self.pull() == (0, 1)
        assert self.count() == messages
        read = message_from_bytes(sent, policy=policy.default)
        assert isinstance(read, EmailMessage)
        assert not read.defects
        assert read["Message-ID"] == f"<{outgoing.remote_id}>"
        return Letter(outgoing, envelope, read)

    def copies(self, name: str, outgoing: Entry, folder: str = "") -> list[bytes]:
        """Each copy of that letter in somebody's folder."""
        key = (outgoing.remote_id or outgoing.key).strip("<>").encode()
        mails = [mail.replace(b"\r\n", b"\n") for mail in self.post.mails(name, folder)]
        return [mail for mail in mails if b"\nMessage-ID: <" + key + b">\n" in mail]

    def count(self) -> int:
        """All messages that are stored."""
        return int(self.bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0])


def _letters(desk: Desk) -> None:
    """The mailbox in the morning."""
    desk.comes("1", f"Ann Bell <ann@{DOMAIN}>")
    desk.comes("2", f"Bob <bob@{DOMAIN}>", f"Reply-To: Bob heima <bob.home@{DOMAIN}>, Félagið <team@{DOMAIN}>")
    desk.comes("3", f"Eleni <eleni@{DOMAIN}>", to=f"Help <{desk.alias}>")
    desk.comes(
        "4", f"Zsofi <zsofi@{DOMAIN}>", f"Cc: Thora <thora@{DOMAIN}>, {desk.alias}",
        to=f"{desk.address}, Ann Bell <ann@{DOMAIN}>",
    )  # fmt: skip
    desk.comes("5", f"Carl <carl@{DOMAIN}>")
    desk.comes("6", f"Kopekan <wordpress@{DOMAIN}>", f"Reply-To: Dora <dora@{DOMAIN}>")
    desk.comes("7", f"Anna via Garden <{LIST}>", f"Reply-To: Anna <anna.home@{DOMAIN}>", *ANSWERS_AT_LIST, to=LIST)
    desk.comes("7b", f"Egil via Garden <{LIST}>", f"Reply-To: Egil <egil@{DOMAIN}>", *ANSWERS_AT_LIST, to=LIST)
    for step in range(5):
        refs = [f"8-{earlier}" for earlier in range(step)]
        desk.comes(f"8-{step}", f"Finn <finn@{DOMAIN}>", refs=refs, ago=6000 - step * 60)
    desk.comes("9", f"Gunna <gunna@{DOMAIN}>")
    desk.comes("0-1", f"Helgi <helgi@{DOMAIN}>", to=f"{desk.address}, ida@{DOMAIN}", ago=900)
    desk.comes("0-2", f"Ida <ida@{DOMAIN}>", refs=["0-1"], to=f"{desk.address}, helgi@{DOMAIN}", ago=800)
    desk.comes("x", f"Karl <karl@{DOMAIN}>", f"Cc: nobody@{DOMAIN}, lena@{DOMAIN}")


@pytest.fixture(scope="module")
def desk(post: MailServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    bench = Workbench(Profile(tmp_path_factory.mktemp("letters") / "profile"))
    made = Desk(bench, post)
    _letters(made)
    made.pull()
    yield made
    bench.close()


def test_the_mailbox_holds_a_conversation_for_each(desk: Desk) -> None:
    begun = ("1", "2", "3", "4", "5", "6", "7", "7b", "8-0", "9", "0-1", "x")
    assert len({desk.talk(number).row.id for number in begun}) == len(begun)
    assert {desk.talk(f"8-{step}").row.id for step in range(5)} == {desk.talk("8-0").row.id}


def test_1_a_plain_answer_goes_to_its_writer(desk: Desk) -> None:
    sent = desk.answers("1", "Góðan dag, Ann!\n.Já — á morgun")
    assert sent.envelope == [f"ann@{DOMAIN}"]
    assert sent.boxes("From") == [("Jana from Lemonade", desk.address)]
    assert (sent.boxes("To"), sent.boxes("Cc")) == ([("Ann Bell", f"ann@{DOMAIN}")], [])
    assert sent.read["Subject"] == "Re: About 1"
    assert sent.thread == ("1", ["1"])
    assert sent.text == f"Góðan dag, Ann!\n.Já — á morgun\n\n-- \n{SIGNATURE}\n"
    assert abs(sent.read["Date"].datetime.timestamp() - time.time()) < 60
    assert desk.talk("1").row.state == "waiting"


def test_2_where_answers_are_asked_for_they_go(desk: Desk) -> None:
    sent = desk.answers("2", "Καλημέρα!", language="el")
    asked = [("Bob heima", f"bob.home@{DOMAIN}"), ("Félagið", f"team@{DOMAIN}")]
    assert sent.envelope == [address for _, address in asked]
    assert (sent.boxes("To"), sent.boxes("Cc")) == (asked, [])
    assert sent.text == f"Καλημέρα!\n\n-- \n{GREEK}\n"
    assert not desk.copies("bob", sent.outgoing)


def test_3_who_wrote_to_the_alias_hears_from_the_alias(desk: Desk) -> None:
    sent = desk.answers("3", "Γεια σου, Ελένη!", language="el")
    assert sent.boxes("From") == [("Aðstoð", desk.alias)]
    assert desk.post.envelopes(desk.alias)[-1] == sent.envelope == [f"eleni@{DOMAIN}"]
    assert sent.text.endswith(f"\n\n-- \n{OF_ALIAS}\n")  # that of the address, whatever the language
    assert sent.outgoing.sender == desk.alias


def test_4_a_reply_to_all_names_all_but_us(desk: Desk) -> None:
    chosen = desk.everybody("4")
    sent = desk.answers("4", "Sziasztok!", chosen)
    assert sorted(sent.envelope) == [f"{name}@{DOMAIN}" for name in ("ann", "thora", "zsofi")]
    assert sent.boxes("To") == [("Zsofi", f"zsofi@{DOMAIN}")]
    assert sent.boxes("Cc") == [("Ann Bell", f"ann@{DOMAIN}"), ("Thora", f"thora@{DOMAIN}")]
    assert desk.talk("4").row.state == "waiting"


def test_5_a_blind_copy_is_in_the_envelope_alone(desk: Desk) -> None:
    hidden = Addressee(BCC, "Boss", f"boss@{DOMAIN}")
    sent = desk.answers("5", "Sæll!", Addressing(cc=(Addressee(CC, "", f"olga@{DOMAIN}"),), bcc=(hidden,)))
    assert sent.envelope == [f"{name}@{DOMAIN}" for name in ("carl", "olga", "boss")]
    assert (sent.boxes("To"), sent.boxes("Cc")) == ([("Carl", f"carl@{DOMAIN}")], [("", f"olga@{DOMAIN}")])
    assert "boss" not in sent.read.as_string().lower()
    assert [box.address for box in sent.outgoing.boxes] == sent.envelope


def test_6_a_form_is_answered_to_its_visitor(desk: Desk) -> None:
    assert desk.talk("6").row.member == "Dora"
    sent = desk.answers("6", "Halló, Dóra!")
    assert sent.envelope == [f"dora@{DOMAIN}"]
    assert sent.boxes("To") == [("Dora", f"dora@{DOMAIN}")]
    assert not desk.copies("wordpress", sent.outgoing)


def test_7_a_lists_letter_is_answered_to_its_writer(desk: Desk) -> None:
    assert desk.talk("7").row.member == "Anna"
    sent = desk.answers("7", "Takk, Anna!")
    assert sent.envelope == [f"anna.home@{DOMAIN}"]
    assert (sent.boxes("To"), sent.boxes("Cc")) == ([("Anna", f"anna.home@{DOMAIN}")], [])
    assert not sent.outgoing.public


def test_7_to_the_list_by_choice_and_its_copy_is_known(desk: Desk) -> None:
    chosen = to_mailing_list(letter(desk.bench.store.read, desk.message("7b")))
    sent = desk.answers("7b", "Góðan dag, öll!", chosen)
    assert sent.envelope == [LIST]
    assert (sent.boxes("To"), sent.boxes("Cc")) == ([("", LIST)], [])
    assert sent.outgoing.public
    messages = desk.count()
    (copy,) = desk.copies("garden", sent.outgoing)
    desk.post.deliver(desk.name, "\n".join(ANSWERS_AT_LIST).encode() + b"\n" + copy)
    assert desk.pull() == (0, 1)
    assert desk.count() == messages


@pytest.mark.slow
def test_8_a_thread_of_five_is_gone_on_with(desk: Desk) -> None:
    sent = desk.answers("8-4", "Komið!")
    assert sent.envelope == [f"finn@{DOMAIN}"]
    assert sent.thread == ("8-4", [f"8-{step}" for step in range(5)])
    assert sent.read["Subject"] == "Re: About 8"
    ours = str(sent.outgoing.remote_id)
    raw = (
        f"From: Finn <finn@{DOMAIN}>\r\nTo: {desk.address}\r\nSubject: Re: About 8\r\nDate: {formatdate()}\r\n"
        f"Message-ID: <8-5@{desk.name}.test>\r\nIn-Reply-To: <{ours}>\r\n\r\nWhen is the next one?\r\n"
    )
    desk.post.deliver(desk.name, raw.encode())
    assert desk.pull() == (1, 0)
    opened = desk.talk("8-5")
    assert opened.row.id == desk.talk("8-0").row.id
    assert opened.row.state == "needs_me"
    assert [line.out for line in opened.lines] == [False] * 5 + [True, False]
    again = desk.answers("8-5", "Velkomin!")
    assert again.thread == ("8-5", [*(f"8-{step}" for step in range(5)), ours.partition("@")[0], "8-5"])


def test_9_a_bounce_marks_the_letter(desk: Desk) -> None:
    sent = desk.answers("9", "Jæja, Gunna!")
    assert desk.talk("9").row.state == "waiting"
    address = f"gunna@{DOMAIN}"
    lines = (
        f"From: Mail Delivery <MAILER-DAEMON@{DOMAIN}>", f"To: {desk.address}", "Subject: Undelivered Mail",
        f"Date: {formatdate()}", f"Message-ID: <bounce@{desk.name}.test>", "Auto-Submitted: auto-replied",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="r"', "", "--r",
        "Content-Type: text/plain", "", "It could not be delivered.", "--r",
        "Content-Type: message/delivery-status", "", f"Reporting-MTA: dns; {DOMAIN}", "",
        f"Final-Recipient: rfc822; {address}", "Action: failed", "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown", "", "--r", "Content-Type: text/rfc822-headers", "",
        f"Message-ID: <{sent.outgoing.remote_id}>", f"To: {address}", "", "--r--", "",
    )  # fmt: skip
    desk.post.deliver(desk.name, "\r\n".join(lines).encode())
    assert desk.pull() == (1, 0)
    opened = desk.talk("9")
    assert opened.row.state == "needs_me"
    assert [line.failed for line in opened.lines if line.out] == [f"{address}\n550 5.1.1 User unknown"]
    assert opened.row.member == "Gunna"


@pytest.mark.slow
def test_10_two_on_a_thread_are_answered_each_alone(desk: Desk) -> None:
    talk = desk.talk("0-1").row.id
    assert desk.talk("0-2").row.id == talk
    first = desk.answers("0-2", "Til þín, Ída")
    assert first.envelope == [f"ida@{DOMAIN}"]
    assert first.thread == ("0-2", ["0-1", "0-2"])
    assert desk.talk("0-1").row.state == "needs_me"
    second = desk.answers("0-1", "Til þín, Helgi")
    assert second.envelope == [f"helgi@{DOMAIN}"]
    assert (second.boxes("To"), second.boxes("Cc")) == ([("Helgi", f"helgi@{DOMAIN}")], [])
    assert second.thread == ("0-1", ["0-1"])
    assert desk.talk("0-1").row.state == "waiting"


def test_where_one_receiver_is_refused_nobody_gets_it(desk: Desk) -> None:
    known = len(desk.post.envelopes(desk.address))
    failed = desk.submit("x", "Hæ!", desk.everybody("x"))
    assert failed.state == "failed"
    assert f"nobody@{DOMAIN}" in failed.error
    assert len(desk.post.envelopes(desk.address)) == known
    assert not [copy for name in ("karl", "lena") for copy in desk.copies(name, failed)]
    assert not desk.copies(desk.name, failed, "Sent")
    assert desk.talk("x").row.state == "needs_me"
