"""The form in which e-mail addresses are compared: one for mails, tables, and what the person types. Pure."""

from __future__ import annotations

import unicodedata

from app.base.text import trimmed

_DEVIATING = frozenset("ßς\u200c\u200d")
"""Letters that Python's codec (IDNA 2003) turns into others, and IDNA 2008 keeps: straße.de is not strasse.de."""
_ACE = "xn--"
PERSON_MARK = " "
"""Between an address and a name, in the key of somebody who shares an address with others; no address has one."""


def address_key(address: str) -> str:
    """Return the address as it is compared: in lower case, its domain in ASCII (RFC 5891: `xn--`).

    Invisible marks around it are taken off. An address that is none comes back in lower case.
    """
    if address.isascii():
        return address.strip().rstrip(".").lower()
    bare = unicodedata.normalize("NFC", trimmed(address)).rstrip(".").lower()
    local, at, domain = bare.rpartition("@")
    return f"{local}{at}{domain_in_ascii(domain)}" if at else bare


def address_of(key: str) -> str:
    """Return the address in an author's key: without the name of one who shares it with others."""
    return key.partition(PERSON_MARK)[0] if "@" in key else key


def domain_in_ascii(domain: str) -> str:
    """Return a domain as DNS has it, label by label; a label that cannot be encoded stays as it is."""
    return ".".join(map(_label, domain.replace("\u3002", ".").split(".")))


def _label(label: str) -> str:
    if label.isascii():
        return label
    try:
        if _DEVIATING & set(label):
            return _ACE + label.encode("punycode").decode("ascii")
        return label.encode("idna").decode("ascii")
    except UnicodeError:
        return label
