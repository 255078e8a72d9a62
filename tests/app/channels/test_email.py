"""The e-mail channel against a real Dovecot and an SMTP server that fails on demand."""

from __future__ import annotations

import imaplib
import itertools
import uuid
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from app.base.errors import UserError
from app.base.message import Author, Reply
from app.channels.base import AuthNeeded, Page, Refused, TryLater, UnknownOutcome
from app.channels.email import CHANNEL
from app.channels.email import open as open_channel
from app.channels.email.answers import coded
from app.channels.email.session import EmailSession
from tests.app.channels.contract import pulled
from tests.servers import certificates, mail
from tests.servers.mail import PASSWORD, Fault, MailServer

pytestmark = pytest.mark.servers("dovecot", "openssl")


_OPEN: list[EmailSession] = []


@pytest.fixture
def server(post: MailServer) -> Iterator[MailServer]:
    yield post
    post.fail(None)
    while _OPEN:
        _OPEN.pop().close()


@pytest.fixture
def name() -> str:
    """A mailbox of this test alone."""
    return f"jana{uuid.uuid4().hex[:10]}"


def letter(subject: str, number: int = 0, **more: str) -> bytes:
    given = {
        "From": "Guðrún Þórðardóttir <Gudrun@Example.is>",
        "Date": "Mon, 06 Jan 2025 10:11:12 +0100",
        "Message-ID": f"<{subject.replace(' ', '.')}.{number}@example.is>",
        **{key.replace("_", "-"): value for key, value in more.items()},
    }
    head = "".join(f"{key}: {value}\r\n" for key, value in given.items() if value)
    return f"{head}Subject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHæ! Frábært.\r\n".encode()


def session(
    server: MailServer, name: str, security: str = "none", password: str = PASSWORD, **more: str
) -> EmailSession:
    """A session that is closed after the test."""
    _OPEN.append(EmailSession(server.fields(name, security, **more), {"password": password}, timeout=1))
    return _OPEN[-1]


def reply(**more: object) -> Reply:
    given = {
        "key": f"{uuid.uuid4().hex}@rapport.local", "text": "Takk, Guðrún!\n.\n..lína með punktum\n", "thread": "",
        "parent": "Hello.0@example.is", "title": "Frábær límonaði", "refs": ("first@example.is", "Hello.0@example.is"),
        "to": Author("gudrun@example.is", "Gudrun@Example.is", "Guðrún Þórðardóttir"), "at": 1_736_200_000,
    }  # fmt: skip
    return Reply(**{**given, **more})  # type: ignore[arg-type]


def to(name: str) -> Author:
    return Author(f"{name}@lemonade.test", f"{name}@lemonade.test", "Őrsi Árvíztűrő")


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_mail_comes_in_and_an_answer_goes_out_in_its_thread(server: MailServer, name: str, security: str) -> None:
    server.deliver(name, letter("Hello"))
    here = session(server, name, security)
    assert "is connected: 1 mail in INBOX" in here.check().sentence
    cursor: dict[str, str] = {}
    (item,) = pulled(here, cursor)
    assert (item.remote_id, item.title, item.author.key, item.out) == (
        "Hello.0@example.is",
        "Hello",
        "gudrun@example.is",
        False,
    )
    assert pulled(here, cursor) == []

    wanted = reply(to=to(f"member{name}"))
    sent = here.send(wanted)
    (arrived,) = server.mails(f"member{name}")
    parsed = message_from_bytes(arrived)
    assert parsed["Message-ID"] == f"<{sent.remote_id}>" == f"<{wanted.key}>"
    assert parsed["In-Reply-To"] == "<Hello.0@example.is>"
    assert parsed["References"].split() == ["<first@example.is>", "<Hello.0@example.is>"]
    assert str(make_header(decode_header(parsed["Subject"]))) == "Re: Frábær límonaði"
    body = parsed.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert body.decode().replace("\r\n", "\n") == wanted.text

    (copy,) = server.mails(name, "Sent")
    assert message_from_bytes(copy)["Message-ID"] == f"<{wanted.key}>"
    assert here.find_sent(wanted) is not None
    (ours,) = pulled(here, cursor)
    assert ours.out
    assert (ours.remote_id, ours.text) == (wanted.key, wanted.text.strip())


def test_the_answered_mail_is_marked_and_stays_where_it_is(server: MailServer, name: str) -> None:
    server.deliver(name, letter("Hello"))
    here = session(server, name)
    here.send(reply(to=to("bob")))
    box = imaplib.IMAP4("127.0.0.1", server.imap)
    box.login(name, PASSWORD)
    box.select(readonly=True)
    flags = box.fetch("1", "(FLAGS)")[1][0]
    assert isinstance(flags, bytes)
    assert b"\\Answered" in flags
    assert b"\\Seen" not in flags
    box.logout()


def test_a_mail_whose_id_ends_in_the_answered_ones_is_not_marked(server: MailServer, name: str) -> None:
    for number in ("10-2", "2"):
        server.deliver(name, letter("Hello", Message_ID=f"<{number}@x.test>"))
    session(server, name).send(reply(to=to("bob"))._replace(parent="2@x.test", refs=("2@x.test",)))
    box = imaplib.IMAP4("127.0.0.1", server.imap)
    box.login(name, PASSWORD)
    box.select(readonly=True)
    assert [b"\\Answered" in flags for flags in box.fetch("1:2", "(FLAGS)")[1]] == [False, True]  # type: ignore[operator]
    box.logout()


def test_a_second_sending_of_the_same_leaves_one_copy(server: MailServer, name: str) -> None:
    here, wanted = session(server, name), reply(to=to("bob"))
    here.send(wanted)
    here.send(wanted)
    assert len(server.mails(name, "Sent")) == 1


def test_folders_with_greek_names_are_read(server: MailServer, name: str) -> None:
    box = imaplib.IMAP4("127.0.0.1", server.imap)
    box.login(name, PASSWORD)
    for folder in ("Πελάτες", "Přátelé & spol", 'A "quoted" one'):
        assert box.create(coded(folder))[0] == "OK"
        assert box.append(coded(folder), "", None, letter(f"In {len(folder)}"))[0] == "OK"
    box.logout()
    here = session(server, name, folders='Πελάτες\nPřátelé & spol\nA "quoted" one')
    assert {"Πελάτες", "Přátelé & spol", 'A "quoted" one', "INBOX"} <= set(here.check().offers["folders"])
    assert "3 mails in 3 folders" in here.check().sentence
    assert {item.title for item in pulled(here)} == {"In 7", "In 14"} or len(pulled(here)) == 3


def test_a_folder_that_is_not_there_is_named(server: MailServer, name: str) -> None:
    here = session(server, name, folders="Ξένοι")
    with pytest.raises(Refused, match="no folder “Ξένοι”"):
        here.check()


@pytest.mark.slow
def test_the_newest_page_comes_first_and_the_cursor_moves_with_each(server: MailServer, name: str) -> None:
    for number in range(450):
        server.deliver(name, letter("Many", number))
    here = session(server, name)
    got = [page for page in here.pull({}) if page.items]
    assert [len(page.items) for page in got] == [200, 200, 50]
    after = itertools.accumulate(got, lambda a, b: Page(b.items, {**a.cursor, **b.cursor}))
    cursor = next(after).cursor
    assert len(pulled(here, cursor)) == 250
    assert pulled(here, cursor) == []
    server.deliver(name, letter("Late"))
    assert [item.title for item in pulled(here, cursor)] == ["Late"]


def test_another_uidvalidity_reads_all_again_under_the_same_ids(server: MailServer, name: str) -> None:
    server.deliver(name, letter("Hello"))
    here = session(server, name)
    cursor: dict[str, str] = {}
    first = pulled(here, cursor)
    place = "folder:INBOX"
    cursor[place] = "7:" + cursor[place].partition(":")[2]
    assert [item.remote_id for item in pulled(here, cursor)] == [item.remote_id for item in first]


def test_halving_finds_the_new_ones_in_a_large_folder(
    server: MailServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.channels.email.imap.SLICE", 8)
    for number in range(60):
        server.deliver(name, letter("Many", number))
    here = session(server, name)
    box = here._box()
    count = box.open("INBOX").count
    uids = [uid for uid, _ in box.newer(0, count)]
    assert len(uids) == 60
    for last in (0, uids[0], uids[30], uids[58], uids[59]):
        assert [uid for uid, _ in box.newer(last, count)] == [uid for uid in uids if uid > last]


def test_a_mail_that_cannot_be_read_blocks_nothing(server: MailServer, name: str) -> None:
    server.deliver(name, letter("First"))
    server.deliver(name, b"\xff\xfe not a mail at all")
    server.deliver(name, b"From: a@b.cz\r\nContent-Type: text/plain; charset=x-klingon\r\n\r\n\x81\x8d\x8f\x90\x9d" * 3)
    server.deliver(name, letter("Last"))
    here = session(server, name)
    items = pulled(here)
    assert len(items) == 4
    assert {"First", "Last"} <= {item.title for item in items}
    assert any(item.kind == "unreadable" and item.raw and b"not a mail" in item.raw for item in items)


def test_a_mail_too_large_is_read_at_its_beginning(
    server: MailServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.channels.email.session.WHOLE_MAX", 3000)
    monkeypatch.setattr("app.channels.email.imap.PARTIAL", 500)
    server.deliver(name, letter("Large") + b"x" * 9000)
    server.deliver(name, letter("Small"))
    here = session(server, name)
    large, small = pulled(here)
    assert "Only its beginning is here" in large.text
    assert len(large.text) < 700
    assert small.title == "Small"


@pytest.mark.slow
def test_a_wrong_password_asks_for_an_app_password(server: MailServer, name: str) -> None:
    here = session(server, name, password="wrong")
    with pytest.raises(AuthNeeded, match="didn't accept the name"):
        here.check()
    gmail = session(server, name, password="wrong", address="someone@gmail.com")
    with pytest.raises(AuthNeeded, match="app password"):
        gmail.check()
    with pytest.raises(AuthNeeded):
        here.send(reply(to=to("bob")))


@pytest.mark.slow
def test_a_password_beyond_ascii_is_a_wrong_password_and_no_crash(server: MailServer, name: str) -> None:
    here = session(server, name, password="heslíčko")
    with pytest.raises(AuthNeeded):
        here.check()
    with pytest.raises(AuthNeeded):
        here.send(reply(to=to("bob")))


def test_certificates_are_verified(server: MailServer, name: str, tmp_path: Path) -> None:
    stranger = certificates.make(tmp_path / "other").ca
    for security in ("tls", "starttls"):
        for file in ("", str(stranger)):
            here = session(server, name, security, ca_file=file)
            with pytest.raises(Refused, match=r"certificate of localhost.* isn't trusted"):
                here.check()
            with pytest.raises(Refused, match="isn't trusted"):
                here.send(reply(to=to("bob")))
    wrong_name = session(server, name, "tls", imap_host="127.0.0.2")
    with pytest.raises(UserError):
        wrong_name.check()
    with pytest.raises(Refused, match="Can't read the certificate file"):
        session(server, name, "tls", ca_file=str(tmp_path / "none.pem")).check()


def test_servers_that_are_not_there_or_something_else(server: MailServer, name: str) -> None:
    with pytest.raises(TryLater, match="No response from 127"):
        session(server, name, imap_port=str(mail.free_port())).check()
    with pytest.raises(TryLater, match="no-such-host"):
        session(server, name, "tls", imap_host="no-such-host.invalid").check()
    with pytest.raises(Refused, match="didn't use IMAP"):
        session(server, name, imap_port=str(server.smtp)).check()
    with pytest.raises(Refused, match="didn't use TLS"):
        session(server, name, "tls", imap_port=str(server.smtp)).check()
    with pytest.raises(UserError):
        session(server, name, smtp_port=str(server.imap)).check()


def test_nothing_goes_unencrypted_to_another_machine(server: MailServer, name: str) -> None:
    with pytest.raises(Refused, match="Without encryption"):
        session(server, name, imap_host="mail.example.com").check()
    with pytest.raises(Refused, match="Without encryption"):
        session(server, name, smtp_host="mail.example.com").send(reply(to=to("bob")))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("mail"), TryLater),
        (Fault("rcpt"), TryLater),
        (Fault("rcpt", "451 greylisted"), TryLater),
        (Fault("rcpt", "550 no"), Refused),
        (Fault("mail", "530 log in first"), AuthNeeded),
        (Fault("after", "554 spam"), Refused),
        (Fault("mail", "550 5.4.5 Daily user sending limit exceeded"), TryLater),
        (Fault("rcpt", "550 Hourly sending quota exceeded"), TryLater),
        (Fault("after", "554 5.7.0 Too many messages in a short time"), TryLater),
        (Fault("rcpt", "550 5.2.1 This user is receiving mail at a rate that prevents more"), TryLater),
        (Fault("mail", "552 5.3.4 Message size exceeds the limit"), Refused),
        (Fault("rcpt", "552 5.2.2 The mailbox is over quota"), Refused),
        (Fault("after", "452 full"), TryLater),
        (Fault("after", "421 closing"), TryLater),
        (Fault("after"), UnknownOutcome),
        (Fault("after", keep=True), UnknownOutcome),
        (Fault("after", "250 late", keep=True, wait=2.5), UnknownOutcome),
    ],
    ids=str,
)
def test_how_a_sending_failed_is_known(server: MailServer, name: str, fault: Fault, error: type[UserError]) -> None:
    receiver = f"member{name}"
    here = session(server, name)
    server.fail(fault)
    wanted = reply(to=to(receiver))
    with pytest.raises(error) as caught:
        here.send(wanted)
    assert str(caught.value).endswith(".")
    assert len(server.mails(receiver)) == int(fault.keep)
    server.fail(None)
    with pytest.raises(UnknownOutcome):
        here.find_sent(wanted)
    assert server.mails(name, "Sent") == []


def test_somebody_who_cannot_be_written_to(server: MailServer, name: str) -> None:
    here = session(server, name)
    with pytest.raises(Refused, match="no such mailbox here"):
        here.send(reply(to=to("nobody")))
    for nobody in (None, Author("", ""), Author("þór@x.is", "þór@x.is")):
        with pytest.raises(Refused, match="no e-mail address to send this to"):
            here.send(reply(to=nobody))


def test_headers_cannot_be_smuggled_in(server: MailServer, name: str) -> None:
    receiver = f"member{name}"
    here = session(server, name)
    evil = Author(f"{receiver}@lemonade.test", f"{receiver}@lemonade.test", "Eve\r\nBcc: all@example.is")
    here.send(reply(to=evil, title="Hi\r\nBcc: all@example.is", parent="a\r\nBcc:x@y", refs=("b\r\nBcc: q@y",)))
    (arrived,) = server.mails(receiver)
    assert message_from_bytes(arrived)["Bcc"] is None


def test_a_connection_that_went_away_is_made_again(server: MailServer, name: str) -> None:
    server.deliver(name, letter("Hello"))
    here = session(server, name)
    assert here.check().sentence
    assert here._mailbox is not None
    here._mailbox._imap.shutdown()
    assert len(pulled(here)) == 1
    here.close()
    here.close()


def test_the_form_asks_for_a_password_as_a_secret() -> None:
    assert [field.key for field in CHANNEL.fields if field.secret] == ["password", "client_secret"]
    open_channel({"address": "a@b.is"}, {}).close()


def test_our_own_words_are_read_before_what_answers_them(server: MailServer, name: str) -> None:
    server.deliver(name, letter("Hello", 1))
    server.deliver(name, letter("Sent", 2), "Sent")
    here = session(server, name)
    assert [item.out for item in pulled(here, {})] == [True, False]
    server.deliver(name, letter("Again", 3))
    server.deliver(name, letter("Sent again", 4), "Sent")
    assert [item.title for page in here.pull({}) for item in page.items][:2] == ["Sent", "Sent again"]
