"""Pulling and sending over a real Dovecot and SMTP server, into a real file."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from email import message_from_bytes
from email.utils import formatdate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.base import clock
from app.base.paths import Profile
from app.channels.base import AuthNeeded, Refused, TryLater
from app.sync import LATEST, SOONEST, outcome
from app.voice import Draft, clear
from app.workbench import Workbench
from tests.servers import mail
from tests.servers.mail import PASSWORD, Fault, MailServer
from tests.waiting import wait_until

pytestmark = pytest.mark.servers("dovecot", "openssl")


@pytest.fixture
def server(post: MailServer) -> Iterator[MailServer]:
    yield post
    post.fail(None)


@pytest.fixture
def name() -> str:
    return f"jana{uuid.uuid4().hex[:10]}"


def connect(bench: Workbench, server: MailServer, name: str, **more: str) -> int:
    made, _ = bench.accounts.add("email", "Post", server.fields(name, **more), {"password": PASSWORD})
    return made.id


def letter(sender: str, subject: str, text: str, number: str, **more: str) -> bytes:
    given = {"From": sender, "Subject": subject, "Date": formatdate(), "Message-ID": f"<{number}@x.is>"}
    given |= {key.replace("_", "-"): value for key, value in more.items()}
    head = "".join(f"{key}: {value}\r\n" for key, value in given.items())
    return f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()


def count(bench: Workbench, sql: str) -> int:
    return int(bench.store.read.execute(sql).fetchone()[0])


def test_new_mail_comes_in_once_and_in_its_threads(bench: Workbench, server: MailServer, name: str) -> None:
    connect(bench, server, name)
    server.deliver(name, letter("Ada <ada@x.is>", "Glass", "Hæ!", "1"))
    server.deliver(name, letter("Ada <ada@x.is>", "Re: Glass", "One more thing", "2", References="<1@x.is>"))
    server.deliver(name, letter("Bob <bob@x.is>", "Lid", "Szia!", "3"))
    first, again = bench.sync.pull("Post"), bench.sync.pull("post")
    assert (first.new, first.known, first.error) == (3, 0, "")
    assert (again.new, again.known, again.error) == (0, 0, "")
    assert count(bench, "SELECT count(*) FROM conversation") == 2
    assert count(bench, "SELECT count(*) FROM member") == 2
    account = bench.accounts.named("Post")
    assert account.ok_at
    assert account.next_at
    assert abs(account.next_at - clock.now() - 300) <= 35


def test_a_uidvalidity_that_changed_brings_nothing_twice(bench: Workbench, server: MailServer, name: str) -> None:
    number = connect(bench, server, name)
    server.deliver(name, letter("Ada <ada@x.is>", "Glass", "Hæ!", "1"))
    server.deliver(name, b"From: nobody\r\nSubject: without id\r\n\r\nx\r\n")
    assert bench.sync.pull("Post").new == 2
    with bench.store.write() as conn:
        conn.execute(
            "UPDATE cursor SET value = '99:' || substr(value, instr(value, ':') + 1) WHERE account_id = ?", (number,)
        )
    line = bench.sync.pull("Post")
    assert (line.new, line.known, line.changed) == (0, 2, 0)


@pytest.mark.slow
def test_a_second_mail_with_an_id_is_kept_and_changes_nothing(bench: Workbench, server: MailServer, name: str) -> None:
    connect(bench, server, name)
    server.deliver(name, letter("Ada <ada@x.is>", "Glass", "As it was", "1"))
    assert bench.sync.pull("Post").new == 1
    server.deliver(name, letter("Eve <eve@x.is>", "Glass", "Other words", "1"))
    line = bench.sync.pull("Post")
    assert (line.new, line.changed) == (1, 0)
    rows = bench.store.read.execute("SELECT text, edited_at FROM message ORDER BY text").fetchall()
    assert [tuple(row) for row in rows] == [("As it was", None), ("Other words", None)]


@pytest.mark.slow
def test_an_answer_goes_out_and_its_copy_is_met(bench: Workbench, server: MailServer, name: str) -> None:
    connect(bench, server, name)
    member = f"member{name}"
    server.deliver(name, letter(f"Ada <{member}@lemonade.test>", "Glass", "Hæ!", "1"))
    bench.sync.run()
    talk = count(bench, "SELECT id FROM conversation")
    number = bench.outbox.submit(clear(Draft("Takk!\n\n\n\n  Kveðja,  \nJana\n", "is"), ()), talk, hold_seconds=0)
    (line,) = bench.sync.run(["Post"])
    assert (line.sent, line.failed, line.error) == (1, 0, "")
    assert bench.outbox.get(number).state == "sent"
    (arrived,) = server.mails(member)
    assert message_from_bytes(arrived)["In-Reply-To"] == "<1@x.is>"
    bench.sync.run()
    assert count(bench, "SELECT count(*) FROM message WHERE out = 1") == 1
    assert count(bench, "SELECT count(*) FROM message WHERE edited_at IS NOT NULL") == 0
    assert count(bench, "SELECT count(*) FROM conversation WHERE state = 'waiting'") == 1


def test_an_answer_given_on_the_phone_ends_the_waiting(bench: Workbench, server: MailServer, name: str) -> None:
    connect(bench, server, name)
    server.deliver(name, letter("Ada <ada@x.is>", "Glass", "Hæ!", "1", Date=formatdate(time.time() - 60)))
    server.deliver(
        name, letter(f"Jana <{name}@lemonade.test>", "Re: Glass", "Takk!", "2", In_Reply_To="<1@x.is>"), "Sent"
    )
    assert bench.sync.pull("Post").new == 2
    assert count(bench, "SELECT count(*) FROM conversation") == 1
    assert count(bench, "SELECT count(*) FROM conversation WHERE state = 'waiting'") == 1


@pytest.mark.slow
def test_what_may_have_been_taken_is_undecided_and_then_found(bench: Workbench, server: MailServer, name: str) -> None:
    connect(bench, server, name)
    member = f"member{name}"
    server.deliver(name, letter(f"Ada <{member}@lemonade.test>", "Glass", "Hæ!", "1"))
    bench.sync.run()
    number = bench.outbox.submit(
        clear(Draft("Takk!", "is"), ()), count(bench, "SELECT id FROM conversation"), hold_seconds=0
    )
    server.fail(Fault("after", keep=True))
    (line,) = bench.sync.run()
    assert line.undecided == 1
    assert bench.outbox.get(number).state == "undecided"
    server.fail(None)
    assert bench.sync.run()[0].sent == 0
    assert len(server.mails(member)) == 1
    key = bench.outbox.get(number).key
    server.deliver(
        name, letter(f"{name}@lemonade.test", "Re: Glass", "Takk!", "x").replace(b"<x@x.is>", key.encode()), "Sent"
    )
    bench.sync.run()
    assert bench.outbox.get(number).state == "sent"


@pytest.mark.slow
def test_a_wrong_password_pauses_the_account_and_the_next_one_is_read(
    bench: Workbench, server: MailServer, name: str
) -> None:
    bench.accounts.add("email", "Wrong", server.fields(name), {"password": "no"})
    server.deliver(name, letter("Ada <ada@x.is>", "Glass", "Hæ!", "1"))
    connect(bench, server, name)
    lines = {line.account: line for line in bench.sync.run()}
    assert "didn't accept the name" in lines["Wrong"].error
    assert lines["Post"].new == 1
    wrong = bench.accounts.named("Wrong")
    assert wrong.state == "needs_login"
    assert "needs its password" in bench.sync.pull("Wrong").error
    bench.accounts.give(wrong.id, {"password": PASSWORD})
    assert bench.accounts.check(wrong.id).sentence.startswith(f"{name}@lemonade.test is connected")
    assert bench.sync.pull("Wrong").error == ""


def test_a_server_that_is_gone_is_said_and_tried_later(bench: Workbench, server: MailServer, name: str) -> None:
    number = connect(bench, server, name)
    fields = {**server.fields(name), "imap_port": str(mail.free_port())}
    bench.accounts.change(number, fields)
    line = bench.sync.pull("Post")
    assert line.error.startswith("No response from 127.0.0.1")
    account = bench.accounts.get(number)
    assert account.state == "on"
    assert account.error == line.error
    assert account.next_at
    assert 50 <= account.next_at - clock.now() <= 70


def wait_for(bench: Workbench, sql: str, wanted: int, seconds: float = 60) -> None:
    wait_until(lambda: count(bench, sql) == wanted, seconds, why=sql)


@pytest.mark.slow
def test_on_a_schedule_mail_comes_and_goes_by_itself(bench: Workbench, server: MailServer, name: str) -> None:
    connect(bench, server, name)
    member = f"member{name}"
    server.deliver(name, letter(f"Ada <{member}@lemonade.test>", "Glass", "Hæ!", "1"))
    bench.start()
    wait_for(bench, "SELECT count(*) FROM message", 1)
    bench.outbox.submit(clear(Draft("Takk!", "is"), ()), count(bench, "SELECT id FROM conversation"), hold_seconds=1)
    wait_for(bench, "SELECT count(*) FROM outbox WHERE state = 'sent'", 1)
    assert len(server.mails(member)) == 1
    server.deliver(name, letter(f"Ada <{member}@lemonade.test>", "Re: Glass", "Gott", "2", References="<1@x.is>"))
    bench.fetch()
    wait_for(bench, "SELECT count(*) FROM message", 3)


@pytest.mark.slow
def test_closing_in_the_middle_of_a_pull_loses_nothing(tmp_path: Path, server: MailServer, name: str) -> None:
    for number in range(900):
        server.deliver(name, letter(f"P{number % 9} <p{number % 9}@x.is>", f"Talk {number}", "Hello", str(number)))
    bench = Workbench(Profile(tmp_path / "profile"))
    connect(bench, server, name)
    bench.start()
    wait_for(bench, "SELECT count(*) > 0 FROM message", 1)
    begun = time.monotonic()
    bench.close()
    assert time.monotonic() - begun < 30
    again = Workbench(Profile(tmp_path / "profile"))
    before = count(again, "SELECT count(*) FROM message")
    account = again.accounts.named("Post")
    again.accounts.give(account.id, {"password": PASSWORD})
    line = again.sync.pull("Post")
    assert (before + line.new, line.known) == (900, 0)
    again.close()


@given(st.integers(0, 100_000), st.integers(1, 60), st.floats(0, 1))
def test_the_wait_grows_with_the_outage(outage: int, minutes: int, chance: float) -> None:
    now = 1_800_000_000
    well = outcome(None, None, now, minutes, chance)
    assert abs(well.next_at - now - minutes * 60) <= minutes * 6 + 1
    broken = outcome(TryLater("Nobody answers."), now - outage, now, minutes, chance)
    wait = min(LATEST, max(SOONEST, outage))
    assert abs(broken.next_at - now - wait) <= wait * 0.1 + 1
    assert outcome(TryLater("Busy.", 9000), now - outage, now, minutes, chance).next_at == now + 9000
    assert outcome(AuthNeeded("No."), None, now, minutes, chance).needs_login
    assert outcome(Refused("No."), None, now, minutes, chance).next_at >= now + LATEST * 0.9
    assert "log" in outcome(ValueError("secret"), None, now, minutes, chance).error
