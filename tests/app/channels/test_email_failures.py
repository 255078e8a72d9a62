"""What a mail server's certificate has to say about the date."""

from __future__ import annotations

import ssl

import pytest

from app.channels.base import Refused
from app.channels.email.failures import failure
from app.channels.email.providers import TLS, Server

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
