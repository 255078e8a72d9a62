"""Signing in to a mailbox with the browser: a played identity provider over HTTP, a real Dovecot that asks it."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from app.base.errors import FieldError, UserError
from app.base.message import Author, Reply
from app.channels.base import AuthNeeded, Refused, TryLater
from app.channels.email import clients, oauth
from app.channels.email.session import EmailSession
from app.channels.signin import Loopback, NotSignedInError, sign_in
from tests.app.channels.contract import pulled
from tests.servers.door import Browser
from tests.servers.identity import CLIENT, SECRET, Identity
from tests.servers.mail import MailServer
from tests.servers.played import Reply as Answer

pytestmark = pytest.mark.servers("dovecot", "openssl")


@pytest.fixture
def identity(signing: tuple[Identity, MailServer]) -> Identity:
    """The provider as it is at first."""
    signing[0].begin()
    oauth._kept.clear()
    return signing[0]


@pytest.fixture
def server(signing: tuple[Identity, MailServer]) -> MailServer:
    return signing[1]


def fields(identity: Identity, server: MailServer, provider: str = "google", **more: str) -> dict[str, str]:
    name = f"jana{uuid.uuid4().hex[:8]}"
    identity.who = f"{name}@lemonade.test"
    return {
        **server.fields(name, login=""), "sign_in": provider, "client_id": CLIENT, "sign_in_server": identity.url,
        **more,
    }  # fmt: skip


def signed_in(answers: dict[str, str], browser: Browser | None = None, seconds: float = 30) -> dict[str, str]:
    with Loopback(seconds) as listening:
        return sign_in("email", {**answers, "client_secret": SECRET}, browser or Browser(), listening)


class Kept(dict[str, str]):
    """Secrets, and what a session wrote into them."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.written: list[str] = []

    def __setitem__(self, key: str, value: str) -> None:
        self.written.append(key)
        super().__setitem__(key, value)


def session(answers: dict[str, str], secrets: MutableMapping[str, str]) -> EmailSession:
    return EmailSession(answers, secrets, timeout=5)


def letter() -> bytes:
    return (
        b"From: Anna <anna@example.org>\r\nTo: jana@lemonade.test\r\nSubject: Hello\r\nMessage-ID: <1@example.org>\r\n"
        b"Date: Mon, 06 Jan 2025 10:11:12 +0100\r\n\r\nGood morning!\r\n"
    )


@pytest.mark.parametrize("provider", ["google", "microsoft"])
def test_a_mailbox_is_read_and_sent_from_after_a_sign_in(identity: Identity, server: MailServer, provider: str) -> None:
    answers = fields(identity, server, provider)
    name = answers["address"].partition("@")[0]
    server.deliver(answers["address"], letter())
    browser = Browser()
    found = Kept(signed_in(answers, browser))
    assert set(found) == {"refresh"}
    (asked,) = [call for call in identity.calls if call.path.endswith(("/auth", "/authorize"))]
    assert asked.query["login_hint"] == answers["address"]
    assert asked.query["redirect_uri"].startswith(
        {"google": "http://127.0.0.1:", "microsoft": "http://localhost:"}[provider]
    )
    here = session(answers, found)
    assert "is connected" in here.check().sentence
    assert [item.text for item in pulled(here)] == ["Good morning!"]
    to = Author("anna@example.org", "anna@example.org", "Anna")
    here.send(Reply(key=f"{name}@rapport.local", text="Hi!", thread="", parent="", to=to, title="Hello"))
    here.close()
    assert server.envelopes(answers["address"]) == [["anna@example.org"]]
    assert not found.written
    assert identity.given == 2  # one at the sign-in, one for everything since


def test_what_is_asked_of_each(identity: Identity, server: MailServer) -> None:
    for provider, scope, redirected in (
        ("google", "https://mail.google.com/", "/"),
        (
            "microsoft",
            "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access",
            "",
        ),
    ):
        with Loopback() as listening:
            begun = oauth.MailSignIn(fields(identity, server, provider), listening.redirect)
        query = parse_qs(urlsplit(begun.url).query)
        assert query["scope"] == [scope]
        assert urlsplit(query["redirect_uri"][0]).path == redirected
        assert ("access_type" in query) == (provider == "google")


@pytest.mark.slow
def test_a_second_session_uses_the_same_token_and_one_that_ended_is_replaced(
    identity: Identity, server: MailServer
) -> None:
    answers = fields(identity, server)
    found = signed_in(answers)
    for _ in range(2):
        here = session(answers, found)
        here.check()
        here.close()
    assert identity.given == 2
    identity.end_tokens()
    here = session(answers, found)
    here.check()
    here.close()
    assert identity.given == 3


@pytest.mark.parametrize("lasts", [0, -5, 60, "3600", "soon", 1e400, None])
def test_how_long_a_token_lasts_is_taken_as_it_is_told_or_shortly(lasts: object) -> None:
    seconds = oauth._lasts(lasts)
    assert -200 < seconds < 86_400


def test_a_clock_that_is_set_wrong_does_no_harm(
    identity: Identity, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = fields(identity, server)
    found = signed_in(answers)
    now = time.time()
    for moved in (-6e8, 6e8):  # some twenty years
        monkeypatch.setattr(time, "time", lambda at=now + moved: at)
        here = session(answers, found)
        here.check()
        here.close()
    assert identity.given == 2


def test_a_refresh_token_that_was_replaced_is_kept(identity: Identity, server: MailServer) -> None:
    answers = fields(identity, server, "microsoft")
    found = Kept(signed_in(answers))
    before = found["refresh"]
    identity.rotates = True
    here = session(answers, found)
    here.check()
    here.close()
    assert found.written == ["refresh"]
    assert found["refresh"] != before
    oauth._kept.clear()
    here = session(answers, found)
    here.check()
    here.close()


@pytest.mark.slow
def test_a_permission_that_was_withdrawn_asks_for_a_new_sign_in(identity: Identity, server: MailServer) -> None:
    answers = fields(identity, server)
    found = signed_in(answers)
    here = session(answers, found)
    here.check()
    here.close()
    identity.withdraw()
    with pytest.raises(AuthNeeded, match=r"^Google no longer accepts this sign-in\. Sign in again\.$"):
        session(answers, found).check()


@pytest.mark.slow
def test_somebody_elses_sign_in_is_not_taken_for_this_mailbox(identity: Identity, server: MailServer) -> None:
    answers = fields(identity, server)
    identity.who = "somebody.else@lemonade.test"
    found = signed_in(answers)
    with pytest.raises(AuthNeeded, match=f"Sign in again as {answers['address']}"):
        session(answers, found).check()
    here = session(answers, found)
    with pytest.raises(AuthNeeded, match="didn't accept the sign-in with Google"):
        here._connect_smtp()


def test_without_a_sign_in_one_is_asked_for(identity: Identity, server: MailServer) -> None:
    with pytest.raises(AuthNeeded, match="Sign in with the browser first"):
        session(fields(identity, server), {}).check()


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ({"refuses": "access_denied"}, AuthNeeded, "wasn't given access to the mailbox at Google"),
        (
            {"refuses": "admin_policy_enforced", "words": "An administrator blocks it. Trace ID: 12"},
            AuthNeeded,
            r"didn't let you sign in: An administrator blocks it\.$",
        ),
        ({"forged": {"code": "another"}}, AuthNeeded, "no longer accepts this sign-in"),
        ({"scope": "openid email"}, AuthNeeded, "doesn't include the mailbox"),
        ({"broken": Answer(b"<!DOCTYPE html><h1>It works!</h1>")}, TryLater, "unreadable response"),
        ({"broken": Answer(b"<h1>Down</h1>", 503)}, TryLater, "isn't accepting sign-ins right now"),
        ({"broken": Answer({"token_type": "Bearer"})}, TryLater, "unreadable response"),
        (
            {"broken": Answer({"error": "invalid_scope", "error_description": "Not that."}, 400)},
            AuthNeeded,
            r"didn't let you sign in: Not that\.",
        ),
        ({"broken": Answer({"access_token": "a", "expires_in": 10})}, AuthNeeded, "didn't give a lasting sign-in"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(
    identity: Identity, server: MailServer, change: dict[str, Any], kind: type[UserError], words: str
) -> None:
    answers = fields(identity, server)
    for name, value in change.items():
        setattr(identity, name, value)
    with pytest.raises(kind, match=words):
        signed_in(answers)


def test_a_client_that_is_not_known_is_said(identity: Identity, server: MailServer) -> None:
    with pytest.raises(AuthNeeded, match="doesn't recognise this client ID"):
        signed_in(fields(identity, server, client_id="mistyped"))


@pytest.mark.slow
@pytest.mark.parametrize("forged", [{"state": "another"}, {"state": ""}, {"code": ""}])
def test_a_redirect_with_a_wrong_state_or_without_a_code_is_waited_past(
    identity: Identity, server: MailServer, forged: dict[str, str]
) -> None:
    answers = fields(identity, server)
    identity.forged = forged
    with pytest.raises(NotSignedInError, match="Nobody signed in"):
        signed_in(answers, seconds=0.6)


def test_a_browser_that_never_returns_ends_the_waiting(identity: Identity, server: MailServer) -> None:
    with Loopback(0.1) as listening, pytest.raises(NotSignedInError, match="Nobody signed in within 1 minute"):
        sign_in("email", fields(identity, server), lambda _url: True, listening)


def test_two_sign_ins_at_once_do_not_meet(identity: Identity, server: MailServer) -> None:
    came: dict[str, dict[str, str]] = {}
    both = [fields(identity, server), fields(identity, server, "microsoft")]
    begun = threading.Barrier(2)

    def run(answers: dict[str, str]) -> None:
        def show(url: str) -> bool:
            begun.wait(20)  # both wait for their browser before either comes back
            return Browser()(url)

        with Loopback() as listening:
            came[answers["sign_in"]] = sign_in("email", answers, show, listening)

    threads = [threading.Thread(target=run, args=(answers,)) for answers in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert set(came) == {"google", "microsoft"}
    assert came["google"]["refresh"] != came["microsoft"]["refresh"]


def test_no_port_to_listen_on_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(_server: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr("socketserver.TCPServer.server_bind", taken)
    with pytest.raises(NotSignedInError, match="couldn't listen on this computer"):
        Loopback()


def test_without_a_client_the_form_is_asked_for_one(identity: Identity, server: MailServer) -> None:
    with pytest.raises(FieldError, match="needs a client ID") as raised:
        signed_in(fields(identity, server, client_id=""))
    assert raised.value.field == "client_id"


@pytest.mark.parametrize("address", ["http://login.example", "ftp://x", "login.example", "https://"])
def test_a_sign_in_page_without_encryption_is_refused(identity: Identity, server: MailServer, address: str) -> None:
    with pytest.raises(FieldError, match="isn't the address of a sign-in server"):
        signed_in(fields(identity, server, sign_in_server=address))


def test_an_account_with_a_password_signs_in_nowhere(identity: Identity, server: MailServer) -> None:
    with pytest.raises(UserError, match="can't sign in to E-mail with the browser"):
        signed_in(fields(identity, server, sign_in=""))


def test_clients_come_from_the_form_the_environment_or_the_packager(monkeypatch: pytest.MonkeyPatch) -> None:
    assert clients.client("google", {}) is None
    monkeypatch.setattr(
        clients, "table", lambda *_: {"google": {"client_id": "packaged", "client_secret": "s"}, "microsoft": {}}
    )
    assert clients.client("google", {}) == ("packaged", "s")
    assert clients.packaged("microsoft") is None
    monkeypatch.setenv("RAPPORT_GOOGLE_CLIENT_ID", "set")
    assert clients.client("google", {}) == ("set", "")
    assert clients.client("google", {"client_id": " own ", "client_secret": "mine"}) == ("own", "mine")
    assert clients.packaged("") is None


def test_no_secret_is_in_what_is_said_of_a_failure(identity: Identity, server: MailServer) -> None:
    answers = fields(identity, server)
    found = signed_in(answers)
    words = f"The token {found['refresh']} of {SECRET} is bad."
    identity.broken = Answer({"error": "invalid_request", "error_description": words}, 400)
    with pytest.raises(AuthNeeded) as raised:
        session(answers, {**found, "client_secret": SECRET}).check()
    assert found["refresh"] not in str(raised.value)
    assert SECRET not in str(raised.value)


def test_a_server_that_takes_no_tokens_says_so(identity: Identity, server: MailServer, post: MailServer) -> None:
    answers = fields(identity, server)
    found = signed_in(answers)
    here = session({**answers, "imap_port": str(post.imap), "smtp_port": str(post.smtp)}, found)
    for log_in in (here.check, here._connect_smtp):
        with pytest.raises(Refused, match=r"doesn't take a sign-in with the browser\. Choose a password"):
            log_in()


@pytest.mark.parametrize(
    ("scope", "enough"),
    [
        ("", True),
        ("https://outlook.office365.com/imap.accessasuser.all https://outlook.office.com/SMTP.Send profile", True),
        ("https://outlook.office.com/IMAP.AccessAsUser.All", False),
        ("https://mail.google.com/", False),
    ],
)
def test_what_was_allowed_is_compared_with_what_is_needed(scope: str, enough: object) -> None:
    assert oauth._includes(oauth.PROVIDERS["microsoft"], scope) is enough
