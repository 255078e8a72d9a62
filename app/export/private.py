"""Taking private data out of what teammates get: addresses of every kind, unless the person ticked them."""

from __future__ import annotations

import re
from collections.abc import Iterable

_IN_ONE = r"[^\s<>()\[\],;:\"'@]++"  # what an address is made of besides its @
_EMAIL = re.compile(rf"(?<![^\s<>()\[\],;:\"'])(?:mailto:)?(?:{_IN_ONE}@)+[^\s<>()\[\],;:\"'@]+\.[^\W\d_]{{2,}}")
_PHONE = re.compile(
    r"(?<![\w+])(?:\+|00)\d(?:[ ()./\-\u00a0]*\d){6,14}(?!\w)"
)  # only an international one is surely none else
_SHORTEST = 5  # characters of an address line; a shorter one would strike out ordinary words


def redacted(text: str, known: Iterable[str] = ()) -> str:
    """The text with e-mail addresses, international phone numbers and these known lines (street, phone) taken out."""
    text = _PHONE.sub("[phone]", _EMAIL.sub("[e-mail]", text))
    for line in known:
        if len(line.strip()) >= _SHORTEST:
            text = re.sub(re.escape(line.strip()), "[private]", text, flags=re.IGNORECASE)
    return text
