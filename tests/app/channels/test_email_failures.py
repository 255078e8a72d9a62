"""What a mail server says of itself: its certificate of the date, a refusal of whether it lasts."""

from __future__ import annotations

import smtplib
import ssl

import pytest

from app.channels.base import AuthNeeded, Refused, TryLater
from app.channels.email import oauth, smtp
from app.channels.email.failures import failure, login_failed
from app.channels.email.login import Login
from app.channels.email.providers import TLS, Server
from tests.servers.played import Call, Played, Reply

SERVER = Server("post.example", 993, TLS)


def _unverified(code: int, words: str) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, words
    return error


@pytest.mark.parametrize(("code", "words"), [(9, "certificate is not yet valid"), (10, "certificate has expired")])
def test_a_clock_that_is_off_is_thought_of(code: int, words: str) -> None:
    why = failure(_unverified(code, words), SERVER, "IMAP")
    assert isinstance(why, Refused)
    assert f"isn't valid at this computer's date ({words})" in str(why)


def test_a_stranger_is_not_excused_by_the_date() -> None:
    why = failure(_unverified(18, "self-signed certificate"), SERVER, "IMAP")
    assert "isn't trusted (self-signed certificate)" in str(why)


@pytest.mark.parametrize(
    "words",
    [
        b"[UNAVAILABLE] Temporary authentication failure", b"[THROTTLED] Account exceeded its rate",
        b"[OVERQUOTA] Account exceeded command or bandwidth limits", b"Internal error occurred",
        b"[ALERT] Too many logins",
    ],
)  # fmt: skip
def test_a_login_that_is_refused_for_a_moment_signs_nobody_out(words: bytes) -> None:
    assert isinstance(login_failed(words, SERVER, "jana", ""), TryLater)
    assert isinstance(login_failed(b"[AUTHENTICATIONFAILED] Invalid credentials", SERVER, "jana", ""), AuthNeeded)


@pytest.mark.parametrize(("code", "kind"), [(454, TryLater), (432, TryLater), (535, AuthNeeded)])
def test_a_code_that_says_later_is_believed_whatever_its_words(code: int, kind: type[Exception]) -> None:
    class Refusing(smtplib.SMTP):
        def ehlo_or_helo_if_needed(self) -> None:
            self.esmtp_features = {"auth": "LOGIN PLAIN"}
            self.does_esmtp = True

        def docmd(self, _cmd: str, _args: str = "") -> tuple[int, bytes]:
            return code, b"4.3.0 Connection lost to user database"

    with pytest.raises(kind):
        smtp._log_in(Refusing(), SERVER, Login("jana", "pw"))


@pytest.mark.parametrize("told", [{"error": "internal_failure"}, {"error": "rate_limit_exceeded"}, {"error": "odd"}])
def test_a_token_server_that_fails_for_a_moment_signs_nobody_out(told: dict[str, str]) -> None:
    class Failing(Played):
        def serve(self, call: Call) -> Reply:
            del call
            return Reply(told, 503 if told["error"] == "odd" else 400)

    server = Failing()
    try:
        with pytest.raises(TryLater):
            oauth._post(oauth.PROVIDERS["google"], server.url, {"grant_type": "refresh_token"})
    finally:
        server.stop()
