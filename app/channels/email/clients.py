"""The OAuth clients that Rapport signs in as: whoever packages it names them, or each person brings their own.

A form's own client goes first, then the environment, then resources/mail/clients.toml; see docs/connecting.md.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from app.base.resources import table


class Client(NamedTuple):
    """A registered client. The `secret` of a desktop client protects nothing; "" if it has none."""

    number: str
    secret: str = ""


def packaged(provider: str) -> Client | None:
    """The client that this Rapport was packaged with for `google` or `microsoft`; None if there is none."""
    if not provider:
        return None
    row = table("mail", "clients.toml").get(provider, {})
    begin = f"RAPPORT_{provider.upper()}_CLIENT_"
    number = os.environ.get(f"{begin}ID", "").strip()
    if number:
        return Client(number, os.environ.get(f"{begin}SECRET", "").strip())
    number = str(row.get("client_id", "")).strip()
    return Client(number, str(row.get("client_secret", "")).strip()) if number else None


def client(provider: str, answers: Mapping[str, str]) -> Client | None:
    """The client to sign in as with the form's values, secret ones included; None if nobody named one."""
    number = answers.get("client_id", "").strip()
    if number:
        return Client(number, answers.get("client_secret", "").strip())
    return packaged(provider)
