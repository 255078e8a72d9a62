"""A shared mailbox from the shell: what was done elsewhere, a folder that is gone, the history's progress."""

from __future__ import annotations

import uuid
from email.utils import formatdate

import pytest

from tests.app.cli.shell import Shell
from tests.servers.mail import PASSWORD, MailServer
from tests.servers.phone import Phone

pytestmark = pytest.mark.servers("dovecot", "openssl")


@pytest.fixture
def name() -> str:
    return f"jana{uuid.uuid4().hex[:10]}"


def letter(number: int) -> bytes:
    head = f"From: Ada <ada@x.is>\r\nSubject: Letter {number}\r\nDate: {formatdate()}\r\nMessage-ID: <{number}@x.is>"
    return f"{head}\r\n\r\nHello\r\n".encode()


def connect(shell: Shell, server: MailServer, name: str, **more: str) -> None:
    fields = [f"--set={key}={value}" for key, value in server.fields(name, **more).items() if value]
    shell.told("account", "add", "email", "Post", *fields, "--secret-from-stdin", given=PASSWORD)


def sync(shell: Shell, status: int = 0) -> tuple[dict[str, object], str]:
    """What `sync` tells of the account, and what it said beside; a test has no keyring, so the password comes along."""
    (line,) = shell.told("sync", "Post", "--secret-from-stdin", given=PASSWORD, status=status)
    return line, str(line["error"])


@pytest.mark.slow
def test_what_was_done_elsewhere_is_shown(empty: Shell, post: MailServer, name: str) -> None:
    connect(empty, post, name)
    post.deliver(name, letter(1))
    assert sync(empty)[0]["new"] == 1
    with Phone(post, name) as phone:
        phone.mark("1@x.is", r"\Flagged")
        phone.move("1@x.is", "Archive")
    assert sync(empty)[0]["changed"] == 1
    (row,) = empty.told("list", "--state", "all")
    assert row["state"] == "done"
    (line,) = empty.told("show", row["id"])["lines"]
    assert [each["what"] for each in line["elsewhere"]] == ["Archived in another mail program"]
    assert line["elsewhere"][0]["at"]
    assert "Archived in another mail program (" in empty.run("show", row["id"]).out


@pytest.mark.slow
def test_a_folder_that_is_gone_is_named_and_the_others_are_read(empty: Shell, post: MailServer, name: str) -> None:
    connect(empty, post, name, folders="INBOX, Renamed")
    post.deliver(name, letter(1))
    line, error = sync(empty, status=1)
    assert (line["new"], "“Renamed”" in error) == (1, True)
    (account,) = empty.told("account", "list")
    assert "“Renamed”" in account["error"]
    assert account["ok_at"]
    with Phone(post, name) as phone:
        phone.create("Renamed")
        post.deliver(name, letter(2), "Renamed")
    line, error = sync(empty)
    assert (line["new"], line["error"]) == (1, None)
    assert empty.told("account", "list")[0]["error"] is None


@pytest.mark.slow
def test_the_history_says_how_far_it_is_and_can_be_stopped(empty: Shell, post: MailServer, name: str) -> None:
    connect(empty, post, name)
    for number in range(450):
        post.deliver(name, letter(number))
    assert empty.told("account", "stop", "Post")["history"] is None
    assert (sync(empty)[0]["new"], sync(empty)[0]["new"]) == (200, 0)
    said = empty.run("account", "continue", "Post")
    assert "next sync" in said.out
    run = empty.run("sync", "Post", "--secret-from-stdin", given=PASSWORD)
    assert "Post: 450 of 450 letters" in run.err
    assert "250 new" in run.out
    assert empty.told("account", "list")[0]["history"] is None
