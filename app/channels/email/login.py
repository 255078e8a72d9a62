"""How one logs in to a mail server: with a password, or with an access token (SASL XOAUTH2).

https://developers.google.com/workspace/gmail/imap/xoauth2-protocol; Microsoft takes the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.channels.email.oauth import Tokens


@dataclass(frozen=True, slots=True)
class Login:
    """The login name, and a `password` or the `tokens` of a browser sign-in; `hint` is the advice for a refusal."""

    name: str
    password: str = ""
    hint: str = ""
    tokens: Tokens | None = None


def xoauth2(name: str, token: str) -> bytes:
    """The initial response of SASL XOAUTH2."""
    return f"user={name}\x01auth=Bearer {token}\x01\x01".encode()
