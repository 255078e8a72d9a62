"""Signing in by the browser: one answer, the right one, within the time; against a played authorisation server."""

from __future__ import annotations

import base64
import hashlib
import http.client
import re
import threading
import time

import pytest
import requests

from app.base.errors import UserError
from app.channels.base import AuthNeeded
from app.channels.http import pkce
from app.channels.signin import Loopback, NotSignedInError, sign_in
from tests.servers.door import TOKEN, Browser, Door
from tests.waiting import wait_until

ASKED = "https://social.example/oauth/authorize?client_id=1&state=right-one"


class Waiting:
    """A listener that is waited on, on another thread."""

    def __init__(self, listening: Loopback, url: str = ASKED, *, forgetful: bool = False) -> None:
        self.answer: dict[str, str] | None = None
        self.error: Exception | None = None
        self._listening, self._url, self._forgetful = listening, url, forgetful
        self._thread = threading.Thread(target=self._wait, daemon=True)
        self._thread.start()

    def _wait(self) -> None:
        try:
            self.answer = self._listening.wait(self._url, forgetful=self._forgetful)
        except NotSignedInError as why:
            self.error = why

    def ends(self) -> bool:
        self._thread.join(60)
        return not self._thread.is_alive()

    def goes_on(self) -> bool:
        self._thread.join(0.15)
        return self._thread.is_alive()


def test_the_answer_comes_back_and_the_tab_may_be_closed() -> None:
    with Loopback() as listening:
        waiting = Waiting(listening)
        page = requests.get(f"{listening.redirect}?code=abc&state=right-one", timeout=60)
        assert waiting.ends()
    assert waiting.answer == {"code": "abc", "state": "right-one"}
    assert page.status_code == 200
    assert "You can close this tab" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "abc" not in page.text


def test_it_listens_on_this_machine_alone_at_a_port_of_its_own() -> None:
    with Loopback() as one, Loopback() as other:
        assert re.fullmatch(r"http://127\.0\.0\.1:\d{4,5}/", one.redirect)
        assert one.redirect != other.redirect
        assert one._server.server_address[0] == "127.0.0.1"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("?code=abc&state=wrong-one", 400),
        ("?code=abc", 400),
        ("?code=abc&code=def&state=right-one", 400),
        ("?state=right-one", 404),
        ("favicon.ico", 404),
        ("elsewhere?code=abc&state=right-one", 404),
        ("", 404),
    ],
)
def test_what_is_not_the_answer_is_turned_away_and_waited_past(path: str, status: int) -> None:
    with Loopback() as listening:
        waiting = Waiting(listening)
        assert requests.get(f"{listening.redirect}{path}", timeout=60).status_code == status
        assert waiting.goes_on()
        requests.get(f"{listening.redirect}?code=good&state=right-one", timeout=60)
        assert waiting.ends()
    assert waiting.answer == {"code": "good", "state": "right-one"}


@pytest.mark.slow
def test_a_forgotten_state_is_let_pass_where_the_code_is_proved_otherwise_and_a_wrong_one_never() -> None:
    with Loopback() as listening:
        waiting = Waiting(listening, f"{ASKED}&code_challenge=x&code_challenge_method=S256", forgetful=True)
        assert requests.get(f"{listening.redirect}?code=abc&state=", timeout=60).status_code == 400
        assert requests.get(f"{listening.redirect}?code=abc&state=wrong", timeout=60).status_code == 400
        assert waiting.goes_on()
        assert requests.get(f"{listening.redirect}?code=abc", timeout=60).status_code == 200
        assert waiting.ends()
    assert waiting.answer == {"code": "abc"}


def test_a_forgotten_state_is_not_let_pass_where_the_server_is_known_to_keep_it() -> None:
    with Loopback() as listening:
        waiting = Waiting(listening, f"{ASKED}&code_challenge=x&code_challenge_method=S256")
        assert requests.get(f"{listening.redirect}?code=abc", timeout=60).status_code == 400
        assert waiting.goes_on()


def test_the_redirect_may_come_to_localhost_by_name() -> None:
    with Loopback() as listening:
        waiting = Waiting(listening)
        port = listening.redirect.rsplit(":", 1)[1].strip("/")
        assert requests.get(f"http://localhost:{port}/?code=abc&state=right-one", timeout=60).status_code == 200
        assert waiting.ends()


def test_a_name_on_the_web_that_leads_here_gets_nothing() -> None:
    with Loopback() as listening:
        waiting = Waiting(listening)
        port = int(listening.redirect.rsplit(":", 1)[1].strip("/"))
        knocking = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        knocking.request("GET", "/?code=abc&state=right-one", headers={"Host": f"rebound.example:{port}"})
        assert knocking.getresponse().status == 404
        knocking.close()
        assert waiting.goes_on()


def test_the_first_answer_counts() -> None:
    with Loopback() as listening:
        waiting = Waiting(listening)
        for code in ("first", "second"):
            requests.get(f"{listening.redirect}?code={code}&state=right-one", timeout=60)
        assert waiting.ends()
    assert waiting.answer is not None
    assert waiting.answer["code"] == "first"


@pytest.mark.slow
def test_waiting_ends_when_it_is_stopped_or_takes_too_long() -> None:
    with Loopback() as listening:
        waiting = Waiting(listening)
        assert waiting.goes_on()
        listening.cancel()
        assert waiting.ends()
        assert "Nothing was connected" in str(waiting.error)
    with (
        Loopback(seconds=0.1) as listening,
        pytest.raises(NotSignedInError, match=r"Nobody signed in within 1 minute\."),
    ):
        listening.wait(ASKED)


def test_what_was_stopped_before_it_waits_does_not_wait() -> None:
    began = time.monotonic()
    with Loopback() as listening:
        listening.cancel()
        with pytest.raises(NotSignedInError):
            listening.wait(ASKED)
    assert time.monotonic() - began < 30


def test_nobody_listens_afterwards() -> None:
    with Loopback() as listening:
        redirect = listening.redirect
    with pytest.raises(requests.ConnectionError):
        requests.get(redirect, timeout=2)


def test_a_login_goes_through_and_the_code_is_bound_to_its_verifier(door: Door) -> None:
    browser = Browser()
    with Loopback() as listening:
        found = sign_in("mastodon", {"server": door.url}, browser, listening)
        redirect = listening.redirect
    assert found["token"] == TOKEN
    assert found["client_id"] == "app-1"
    (asked,) = [call for call in door.calls if call.path == "/oauth/authorize"]
    assert asked.query["redirect_uri"] == redirect
    (exchanged,) = [call for call in door.calls if call.path == "/oauth/token"]
    assert exchanged.body["code_verifier"] not in browser.opened[0]


def test_a_no_in_the_browser_is_said(door: Door) -> None:
    door.refuses = True
    browser = Browser()
    with Loopback() as listening, pytest.raises(AuthNeeded, match="not to authorise Rapport"):
        sign_in("mastodon", {"server": door.url}, browser, listening)
    wait_until(lambda: browser.pages)
    assert "Nothing was connected" in browser.pages[0].text


def test_a_channel_without_such_a_login_says_so() -> None:
    with Loopback() as listening, pytest.raises(UserError, match="You can't sign in to WordPress with the browser"):
        sign_in("wordpress", {}, Browser(), listening)


def test_challenge_is_the_one_of_the_rfc() -> None:
    assert (
        pkce.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_verifiers_are_new_long_and_of_the_allowed_letters() -> None:
    one, other = pkce.verifier(), pkce.verifier()
    assert one != other
    assert re.fullmatch(r"[A-Za-z0-9._~-]{43,128}", one)
    digest = base64.urlsafe_b64decode(pkce.challenge(one) + "=")
    assert digest == hashlib.sha256(one.encode()).digest()
    assert pkce.state() != pkce.state()
