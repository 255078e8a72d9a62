"""Redact private data from texts for teammates, unless the person has chosen to include it.

Better too much than too little: what is left out is asked for, what went out cannot be called back. A number that
follows "order", "No." or "#" stays, and so do dates, times and amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.private.identity import without_identity
from app.private.phones import without_phones
from app.private.streets import without_streets

E_MAIL, PRIVATE = "[e-mail]", "[private]"
"""What stands in for each; PHONE and PLACE for the others."""
_ADDRESS_CHARS = r"[^\s<>()\[\],;:\"'@]++"  # the characters of an address, except @
_EMAIL = re.compile(rf"(?<![^\s<>()\[\],;:\"'])(?:mailto:)?(?:{_ADDRESS_CHARS}@)+[^\s<>()\[\],;:\"'@]+\.[^\W\d_]{{2,}}")
_AT, _DOT = (
    r"[\[({]\s*(?:at|kukac|zavináč|zavinac|hjá|παπάκι)\s*[\])}]",
    r"[\[({]\s*(?:dot|pont|tečka|tecka|τελεία)\s*[\])}]",
)
_SPELLED = re.compile(  # anna (at) posta (dot) is, anna [at] posta.is
    rf"[\w.+-]{{1,64}}\s*{_AT}\s*[\w-]{{1,63}}(?:\s*(?:{_DOT}|\.)\s*[\w-]{{2,63}}){{1,4}}", re.IGNORECASE
)
ADDRESSES = (_EMAIL, _SPELLED)
_MIN_LINE_CHARS = 5  # minimum characters of an address line; a shorter one would match ordinary words


def redacted(text: str, known: Iterable[str] = ()) -> str:
    """Replace what is private in a text, and the `known` lines (street, phone).

    That is e-mail addresses, phone numbers, street addresses, and the numbers of accounts, cards and people.
    """
    text = _SPELLED.sub(E_MAIL, _EMAIL.sub(E_MAIL, text))
    text = without_streets(without_phones(without_identity(text, PRIVATE)))
    for line in known:
        if len(line.strip()) >= _MIN_LINE_CHARS:
            text = re.sub(re.escape(line.strip()), PRIVATE, text, flags=re.IGNORECASE)
    return text
