"""Waiting for news by IDLE, against a real Dovecot."""

from __future__ import annotations

import itertools
import threading
import time
import uuid
from collections.abc import Callable, Iterator

import pytest

from app.channels.base import TryLater
from app.channels.email import waiting
from app.channels.email.bounded import Bounded
from app.channels.email.imap import Mailbox
from app.channels.email.session import EmailSession
from tests.servers.mail import PASSWORD, MailServer
from tests.servers.phone import Phone
from tests.waiting import wait_until

pytestmark = pytest.mark.servers("dovecot", "openssl")
LETTER = b"From: Ada <ada@x.is>\r\nSubject: Glass\r\nMessage-ID: <1@x.is>\r\n\r\nHello\r\n"


class Watched:
    """A session that waits on a thread of its own, and what it heard."""

    def __init__(self, session: EmailSession) -> None:
        self.session, self.heard = session, 0
        self.result: bool | None = None
        self.error: Exception | None = None
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self) -> None:
        try:
            self.result = self.session.watch(self._hear)
        except TryLater as why:
            self.error = why

    def _hear(self) -> None:
        self.heard += 1


@pytest.fixture
def name() -> str:
    return f"jana{uuid.uuid4().hex[:10]}"


@pytest.fixture
def watch(post: MailServer, name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Watched]]:
    """Starts to wait, and returns once the server has been asked to say what is new."""
    watched: list[Watched] = []
    idles = [0]
    asked = Bounded.idle_until

    def counted(imap: Bounded, wait: Callable[..., bool]) -> bool:
        def first(connection: object) -> bool:
            idles[0] += 1
            return wait(connection)

        return asked(imap, first)

    monkeypatch.setattr(Bounded, "idle_until", counted)

    def start(security: str = "none") -> Watched:
        before = idles[0]
        watched.append(Watched(EmailSession(post.fields(name, security), {"password": PASSWORD}, timeout=5)))
        wait_until(lambda: idles[0] > before)
        return watched[-1]

    yield start
    for each in watched:
        each.session.stop_watching()
        each.thread.join(5)
        each.session.close()


@pytest.mark.slow
@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_what_arrives_is_heard_at_once(
    post: MailServer, name: str, watch: Callable[..., Watched], security: str
) -> None:
    watched = watch(security)
    with Phone(post, name) as phone:
        phone.put(LETTER, "INBOX", 3)
    wait_until(lambda: watched.heard == 1)
    with Phone(post, name) as phone:
        phone.mark("1@x.is", r"\Seen")
    wait_until(lambda: watched.heard >= 2)


def test_it_ends_within_a_second(watch: Callable[..., Watched]) -> None:
    watched = watch()
    begun = time.monotonic()
    watched.session.stop_watching()
    watched.thread.join(5)
    assert time.monotonic() - begun < 1
    assert watched.result is True
    assert watched.heard == 0


@pytest.mark.slow
def test_it_is_renewed_and_goes_on_hearing(
    post: MailServer, name: str, watch: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "RENEW_SECONDS", 0.2)
    monkeypatch.setattr(waiting, "_LOOK_SECONDS", 0.05)
    watched = watch()
    time.sleep(1)
    assert watched.heard == 0
    with Phone(post, name) as phone:
        phone.put(LETTER, "INBOX", 3)
    wait_until(lambda: watched.heard >= 1)


@pytest.mark.slow
def test_after_sleep_the_server_is_spoken_to(watch: Callable[..., Watched], monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall clock jumps: the waiting is renewed, by which a connection that is dead would show."""
    monkeypatch.setattr(waiting, "_LOOK_SECONDS", 0.1)
    watched = watch()
    real, renewed = time.time, threading.Event()
    jumps = itertools.count(0, 5000)
    asked = Mailbox.wait_for_news

    def asked_again(box: Mailbox, wait: Callable[..., bool]) -> bool:
        renewed.set()
        return asked(box, wait)

    monkeypatch.setattr(Mailbox, "wait_for_news", asked_again)
    monkeypatch.setattr(time, "time", lambda: real() + next(jumps))
    assert renewed.wait(5)
    assert watched.error is None


def test_a_connection_that_breaks_is_said(watch: Callable[..., Watched]) -> None:
    watched = watch()
    assert watched.session._mailbox is not None
    watched.session._mailbox._imap.sock.shutdown(2)
    watched.thread.join(5)
    assert isinstance(watched.error, TryLater)


def test_a_server_that_cannot_say_it_is_left_at_once(
    post: MailServer, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mailbox, "can_wait", lambda _box: False)
    session = EmailSession(post.fields(name), {"password": PASSWORD}, timeout=5)
    assert session.watch(lambda: None) is False
    session.close()
