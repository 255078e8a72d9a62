"""Takes secrets out of what a server says: it may repeat what it was sent, decoded or in another coding. Pure."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, quote_plus

_KEY = re.compile(r"pass|secret|token|key|code|credential|assertion|signature", re.IGNORECASE)
"""What the names of fields that hold secrets have in them."""
_LEAST = 4
"""Characters of the shortest secret that is looked for: shorter ones stand in other words."""


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
                yield value
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
