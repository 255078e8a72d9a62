"""Takes secrets out of what a server says: it may repeat what it was sent, decoded or in another coding.

While an account's session is asked something, the account's secrets are known here (`keeping_back`); whoever quotes a
server calls `without_secrets` before the text is cut, so that no half of a secret is left at the end.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import quote, quote_plus

_KEY = re.compile(r"pass|secret|token|key|code|credential|assertion|signature", re.IGNORECASE)
"""What the names of fields that hold secrets have in them."""
_LEAST = 4
"""Characters of the shortest secret that is looked for: shorter ones are part of other words."""
_LOGINS = ("login", "address", "name", "user")
"""The fields of accounts that are sent together with a password, packed into one word."""
_PACKED = ("{0}:{1}", "\0{0}\0{1}", "{0}\0{0}\0{1}")
"""As Basic authentication (RFC 7617) and SASL's PLAIN (RFC 4616) pack them."""
_kept: ContextVar[tuple[str, ...]] = ContextVar("kept", default=())


@contextmanager
def keeping_back(fields: Mapping[str, str], secrets: Mapping[str, str]) -> Iterator[None]:
    """Let `without_secrets` know the secrets of an account, with what they are packed with, within this block."""
    known = tuple(filter(None, secrets.values()))
    logins = tuple(fields[name] for name in _LOGINS if fields.get(name))
    packed = (form.format(login, secret) for login in logins for secret in known for form in _PACKED)
    token = _kept.set((*known, *packed))
    try:
        yield
    finally:
        _kept.reset(token)


def without_secrets(text: str) -> str:
    """The text without the secrets of the account that is asked just now."""
    return masked(text, _kept.get())


def in_headers(headers: Mapping[str, str], names: Iterable[str]) -> Iterator[str]:
    """The secrets in the headers of these names: the last word, and what Basic authentication has packed in it."""
    for name, value in headers.items():
        if name.lower() in names:
            word = value.rpartition(" ")[2]
            yield word
            try:
                login = base64.b64decode(word, validate=True).decode()
            except ValueError:
                continue
            if ":" in login:
                yield login
                yield login.partition(":")[2]


def in_fields(sent: object) -> Iterator[str]:
    """The values, in what is sent as a form or as JSON, of fields that are named like secrets, however deep."""
    if isinstance(sent, Mapping):
        for name, value in sent.items():
            if isinstance(value, str) and _KEY.search(str(name)):
                yield value if len(value) >= _LEAST else ""
            else:
                yield from in_fields(value)
    elif isinstance(sent, list | tuple):
        for one in sent:
            yield from in_fields(one)


def masked(text: str, secrets: Iterable[str]) -> str:
    """The text with … for each secret, as it is and in the codings of the web."""
    forms = {form for secret in secrets for form in _forms(secret)}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, "…")
    return text


def _forms(secret: str) -> set[str]:
    if len(secret) < _LEAST:
        return {secret} - {""}
    octets = secret.encode("utf-8", "replace")
    plain, url = base64.b64encode(octets).decode(), base64.urlsafe_b64encode(octets).decode()
    written = json.dumps(secret)[1:-1]
    return {
        secret, quote(secret), quote(secret, safe=""), quote_plus(secret), quote(secret, safe="").lower(),
        html.escape(secret), html.escape(secret, quote=False), written, written.upper(), repr(octets)[2:-1],
        octets.hex(), octets.hex().upper(), plain, plain.rstrip("="), url, url.rstrip("="),
    }  # fmt: skip
