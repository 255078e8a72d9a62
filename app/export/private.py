"""Redact private data from texts for teammates, unless the person has chosen to include it."""

from __future__ import annotations

import re
from collections.abc import Iterable

_ADDRESS_CHARS = r"[^\s<>()\[\],;:\"'@]++"  # the characters of an address, except @
_EMAIL = re.compile(rf"(?<![^\s<>()\[\],;:\"'])(?:mailto:)?(?:{_ADDRESS_CHARS}@)+[^\s<>()\[\],;:\"'@]+\.[^\W\d_]{{2,}}")
# international numbers only: a national one cannot be told from an order number
_PHONE = re.compile(r"(?<![\w+])(?:\+|00)\d(?:[ ()./\-\u00a0]*\d){6,14}(?!\w)")
_MIN_LINE_CHARS = 5  # minimum characters of an address line; a shorter one would match ordinary words


def redacted(text: str, known: Iterable[str] = ()) -> str:
    """Replace e-mail addresses, international phone numbers, and the `known` lines (street, phone) in a text."""
    text = _PHONE.sub("[phone]", _EMAIL.sub("[e-mail]", text))
    for line in known:
        if len(line.strip()) >= _MIN_LINE_CHARS:
            text = re.sub(re.escape(line.strip()), "[private]", text, flags=re.IGNORECASE)
    return text
