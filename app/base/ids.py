"""Ids as people see and type them: `C-12`, `M-958412`, `P-7`, `I-2`, and with check characters `H-0042-7K`.

Ids of hand-offs and gifts are copied through spreadsheets and by hand, so they end in two check characters that detect
typos: 607 times the number, plus a constant per kind, modulo the prime 1021. That catches every single wrong digit and
every swap of two digits. The alphabet is Crockford's base 32: it leaves out I, L, O and U, which are misread.
"""

from __future__ import annotations

import re

from app.base.errors import NotFoundError
from app.base.words import tr

CONVERSATION, MESSAGE, MEMBER, HANDOFF, GIFT, OUTBOX, WORK = "C", "M", "P", "H", "G", "O", "W"
ITEM, VOUCHER = "I", "V"
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PLAIN = re.compile(r"([CIMOPVW])-?(\d{1,18})")
_CHECKED = re.compile(r"([HG])-?(\d{4,12})-?([0-9A-Z]{2})")


def _check_chars(kind: str, number: int) -> str:
    value = (number * 607 + ord(kind) * 31 + 17) % 1021
    return _ALPHABET[value // 32] + _ALPHABET[value % 32]


def display(kind: str, number: int) -> str:
    """Format an id from its kind and the row's number."""
    if kind in (HANDOFF, GIFT):
        return f"{kind}-{number:04d}-{_check_chars(kind, number)}"
    return f"{kind}-{number}"


def parse(text: str) -> tuple[str, int]:
    """Parse a typed id into kind and number. Raises NotFoundError if it is malformed or its check fails."""
    typed = text.strip().upper()
    plain = _PLAIN.fullmatch(typed)
    if plain:
        return plain[1], int(plain[2])
    checked = _CHECKED.fullmatch(typed)
    if checked and _check_chars(checked[1], int(checked[2])) == checked[3]:
        return checked[1], int(checked[2])
    msg = tr(
        "“{text}” isn't a Rapport id. Ids look like C-12, P-7 or H-0042-7K. Copy it again from where you saw it."
    ).format(text=text)
    raise NotFoundError(msg)


def number(kind: str, text: str) -> int:
    """Parse an id that has to be of this kind; returns the number. Raises NotFoundError otherwise."""
    prefix, value = parse(text)
    if prefix != kind:
        msg = tr("“{text}” is the wrong kind of id. It has to start with {kind}-.").format(text=text, kind=kind)
        raise NotFoundError(msg)
    return value
