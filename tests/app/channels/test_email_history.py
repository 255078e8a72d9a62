"""The newest letters come first and the history after, against a real Dovecot; folders that are gone are named."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator

import pytest

from app.channels.base import HISTORY, HISTORY_STOPPED, Page, Refused
from app.channels.email import reading
from app.channels.email.session import EmailSession
from tests.app.channels.contract import pulled
from tests.servers.mail import PASSWORD, MailServer
from tests.servers.phone import Phone

pytestmark = pytest.mark.servers("dovecot", "openssl")


@pytest.fixture
def name() -> str:
    return f"jana{uuid.uuid4().hex[:10]}"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small pages and slices, so that a few letters make a history."""
    monkeypatch.setattr(reading, "PAGE", 5)
    monkeypatch.setattr("app.channels.email.imap.SLICE", 8)
    monkeypatch.setattr(reading, "SLICE", 8)


@pytest.fixture
def sessions() -> Iterator[list[EmailSession]]:
    opened: list[EmailSession] = []
    yield opened
    for session in opened:
        session.close()


@pytest.fixture
def connect(server: MailServer, name: str, sessions: list[EmailSession]) -> EmailSession:
    sessions.append(EmailSession(server.fields(name), {"password": PASSWORD}, timeout=5))
    return sessions[-1]


@pytest.fixture
def server(post: MailServer) -> MailServer:
    return post


def letter(number: int, day: int = 0, sender: str = "Ada <ada@x.is>") -> bytes:
    return (
        f"From: {sender}\r\nSubject: Letter {number}\r\nMessage-ID: <{number}@x.is>\r\n"
        f"Date: {1 + (day or number) % 28:02} Jan 2026 10:00:00 +0000\r\n\r\nLetter number {number}\r\n"
    ).encode()


def deliver(server: MailServer, name: str, numbers: range, folder: str = "") -> None:
    for number in numbers:
        server.deliver(name, letter(number), folder)


def numbers(page: Page) -> list[int]:
    return [int(item.remote_id.partition("@")[0]) for item in page.items]


def test_the_newest_come_first_and_the_history_back_in_time(
    server: MailServer, name: str, connect: EmailSession
) -> None:
    deliver(server, name, range(1, 24))
    pages = [page for page in connect.pull({}) if page.items]
    each = [numbers(page) for page in pages]
    assert each[0] == [19, 20, 21, 22, 23]
    assert [number for page in reversed(each) for number in page] == [*range(1, 24)]
    read = [23 - page[0] + 1 for page in each]
    assert [page.history for page in pages] == [None, *((count, 23) for count in read[1:])]
    windows = [page.cursor["folder:INBOX"].partition(":")[2] for page in pages]
    assert windows == [*(f"{page[0]}:23" for page in each[:-1]), "23"]


@pytest.mark.parametrize("seed", range(6))
def test_a_pull_cut_anywhere_goes_on_without_a_gap_or_a_double(
    server: MailServer, name: str, connect: EmailSession, seed: int
) -> None:
    chance = random.Random(seed)
    deliver(server, name, range(1, 38))
    deliver(server, name, range(101, 119), "Sent")
    cursor: dict[str, str] = {}
    read: list[int] = []
    delivered = 37
    for _ in range(100):
        left = chance.randint(0, 3)
        cut = False
        for page in connect.pull(dict(cursor)):
            read += numbers(page)
            cursor.update(page.cursor)
            left -= 1
            if left < 0:
                cut = True
                break  # as if killed: what was yielded is stored, the rest is not
        if chance.random() < 0.3 and delivered < 60:  # letters arrive while the history is read
            delivered += 3
            deliver(server, name, range(delivered - 2, delivered + 1))
        elif not cut:
            break
    assert sorted(read) == [*range(1, delivered + 1), *range(101, 119)]
    assert cursor["folder:INBOX"].count(":") == 1
    assert pulled(connect, cursor) == []


def test_a_cursor_of_before_stays_valid(server: MailServer, name: str, connect: EmailSession) -> None:
    deliver(server, name, range(1, 13))
    cursor: dict[str, str] = {}
    pulled(connect, cursor)
    validity = cursor["folder:INBOX"].partition(":")[0]
    old = {"folder:INBOX": f"{validity}:9"}
    assert [item.title for item in pulled(connect, old)] == ["Letter 10", "Letter 11", "Letter 12"]
    assert old["folder:INBOX"] == f"{validity}:12"


def test_both_sides_of_the_history_come_together(server: MailServer, name: str, connect: EmailSession) -> None:
    """The folder that has been read least far back is next, however many letters each has."""
    with Phone(server, name) as phone:
        for day in range(1, 21):
            phone.put(letter(day, day), "INBOX", day)
            if day % 4 == 0:
                phone.put(letter(100 + day, day, f"{name}@lemonade.test"), "Sent", day)
    pages = list(connect.pull({}))
    oldest = [min(number % 100 for number in numbers(page)) for page in pages[2:]]
    assert oldest == sorted(oldest, reverse=True)
    assert sum(len(page.items) for page in pages) == 25


def test_the_person_can_stop_the_history_and_what_is_new_still_comes(
    server: MailServer, name: str, connect: EmailSession
) -> None:
    deliver(server, name, range(1, 24))
    cursor: dict[str, str] = {}
    read = 0
    for page in connect.pull({}):
        cursor.update(page.cursor)
        read += len(page.items)
        if page.history:
            break
    cursor[HISTORY_STOPPED] = "yes"
    deliver(server, name, range(24, 26))
    assert [item.title for item in pulled(connect, cursor)] == ["Letter 24", "Letter 25"]
    cursor[HISTORY_STOPPED] = ""
    assert len(pulled(connect, cursor)) == 23 - read > 0
    assert cursor[HISTORY] == "25:25"


def test_letters_deleted_meanwhile_leave_no_gap(server: MailServer, name: str, connect: EmailSession) -> None:
    deliver(server, name, range(1, 31))
    cursor: dict[str, str] = {}
    first = next(page for page in connect.pull({}) if page.items)
    cursor.update(first.cursor)
    with Phone(server, name) as phone:
        for number in (2, 3, 11, 20, 21, 27):
            phone.delete(f"{number}@x.is")
    rest = [int(item.remote_id.partition("@")[0]) for item in pulled(connect, cursor)]
    assert sorted(rest) == [number for number in range(1, 26) if number not in (2, 3, 11, 20, 21)]


def test_a_folder_that_is_gone_is_named_and_keeps_nothing_back(
    server: MailServer, name: str, sessions: list[EmailSession]
) -> None:
    with Phone(server, name) as phone:
        phone.create("Renamed")
        phone.create("R&D")
        server.deliver(name, letter(1))
        server.deliver(name, letter(2), "Renamed")
        server.deliver(name, letter(3), "R&-D")
        server.deliver(name, letter(4), "Sent")

        def session() -> EmailSession:
            fields = server.fields(name, folders="INBOX, Renamed, R&D")
            sessions.append(EmailSession(fields, {"password": PASSWORD}, timeout=5))
            return sessions[-1]

        phone.rename("Renamed", "Elsewhere")
        assert "has no folder “Renamed”" in session().check().sentence
        cursor: dict[str, str] = {}
        pages = list(session().pull({}))
        for page in pages:
            cursor.update(page.cursor)
        assert sorted(number for page in pages for number in numbers(page)) == [1, 3, 4]
        (trouble,) = [page.trouble for page in pages if page.trouble]
        assert "“Renamed”" in trouble
        phone.rename("Elsewhere", "Renamed")
        again = list(session().pull(cursor))
        assert [number for page in again for number in numbers(page)] == [2]
        assert not any(page.trouble for page in again)


def test_where_no_chosen_folder_is_there_nothing_is_connected(
    server: MailServer, name: str, sessions: list[EmailSession]
) -> None:
    sessions.append(EmailSession(server.fields(name, folders="Ξένοι"), {"password": PASSWORD}, timeout=5))
    with pytest.raises(Refused, match="no folder “Ξένοι”"):
        sessions[-1].check()
