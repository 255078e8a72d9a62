"""What arrives wakes the schedule of an open window at once, where the server says it: against a real Dovecot."""

from __future__ import annotations

import threading
import time
import uuid
from email.utils import formatdate
from pathlib import Path

import pytest

from app.base.paths import Profile
from app.workbench import Workbench
from tests.servers.mail import PASSWORD, MailServer
from tests.servers.phone import Phone
from tests.waiting import wait_until

pytestmark = pytest.mark.servers("dovecot", "openssl")


def letter(number: int) -> bytes:
    head = f"From: Ada <ada@x.is>\r\nSubject: Glass\r\nDate: {formatdate()}\r\nMessage-ID: <{number}@x.is>\r\n"
    return f"{head}\r\nLetter {number}\r\n".encode()


def ears() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("listening")]


def messages(bench: Workbench) -> int:
    return int(bench.store.read.execute("SELECT count(*) FROM message").fetchone()[0])


@pytest.fixture
def name() -> str:
    return f"jana{uuid.uuid4().hex[:10]}"


def opened(tmp_path: Path, post: MailServer, name: str) -> Workbench:
    """A workbench as the window opens it, with one account that has been read."""
    bench = Workbench(Profile(tmp_path / "profile"))
    bench.accounts.add("email", "Post", post.fields(name), {"password": PASSWORD})
    assert bench.sync.pull("Post").error == ""
    bench.start()
    wait_until(lambda: bool(ears()))
    return bench


@pytest.mark.slow
def test_what_arrives_comes_in_within_seconds(tmp_path: Path, post: MailServer, name: str) -> None:
    bench = opened(tmp_path, post, name)
    try:
        time.sleep(1)  # until the server has been asked to say what is new
        with Phone(post, name) as phone:
            phone.put(letter(1), "INBOX", 3)
        wait_until(lambda: messages(bench) == 1)
        with Phone(post, name) as phone:
            phone.mark("1@x.is", r"\Answered")
        wait_until(lambda: bench.inbox.counts()["waiting"] == 1)
    finally:
        begun = time.monotonic()
        bench.close()
    assert time.monotonic() - begun < 2
    wait_until(lambda: not ears())


@pytest.mark.slow
def test_nobody_listens_for_a_paused_account_nor_without_a_schedule(
    tmp_path: Path, post: MailServer, name: str
) -> None:
    bench = opened(tmp_path, post, name)
    try:
        bench.accounts.pause(1)
        wait_until(lambda: not ears())
        bench.accounts.resume(1)
        wait_until(lambda: bool(ears()))
        bench.settings.put("pull_minutes", 0)
        bench.jobs.wake()
        wait_until(lambda: not ears())
    finally:
        bench.close()


def test_a_single_command_listens_to_nobody(tmp_path: Path, post: MailServer, name: str) -> None:
    bench = Workbench(Profile(tmp_path / "profile"))
    bench.accounts.add("email", "Post", post.fields(name), {"password": PASSWORD})
    bench.sync.run()
    assert not ears()
    bench.close()
