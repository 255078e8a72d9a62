"""Signed and encrypted letters: which they are, and their words without OpenPGP's armour.

Rules: RFC 9580, 6.2 and 7 (armour, cleartext signatures), RFC 3156 (PGP/MIME), RFC 8551 (S/MIME). Nothing is checked
or decrypted: Rapport has no keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.base.words import N_, tr

OPENPGP, SMIME = "openpgp", "smime"
SIGNED, ENCRYPTED = "signed", "encrypted"
TITLES = {OPENPGP: "OpenPGP", SMIME: "S/MIME"}
SIGNATURES = frozenset(["application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"])
OBJECTS = frozenset(["application/pkcs7-mime", "application/x-pkcs7-mime"])
"""The types of what is only the signature, and of a whole letter that is one object of S/MIME."""
_KEY = N_("[This letter is encrypted with {how}. Open it in the mail program that has your key.]")
_CERTIFICATE = N_("[This letter is encrypted with {how}. Open it in the mail program that has your certificate.]")
_LOCKED = {OPENPGP: _KEY, SMIME: _CERTIFICATE}
_STORED = {_LOCKED[how].format(how=TITLES[how]): (_LOCKED[how], TITLES[how]) for how in _LOCKED}
"""By what is stored: the sentence, and what stands in its blank."""
_BEGIN, _END = "-----BEGIN PGP ", "-----END PGP "
_BLOCKS = {"MESSAGE": "message.asc", "PUBLIC KEY BLOCK": "key.asc"}
"""What stands in an armour, and the name under which it becomes a file."""


def locked(how: str) -> str:
    """What is stored in the place of an encrypted letter's words, in English; `how` is OPENPGP or SMIME."""
    return _LOCKED[how].format(how=TITLES[how])


def is_locked(text: str) -> bool:
    """Whether `locked` made this text."""
    return text in _STORED


def as_shown(text: str) -> str:
    """A letter's text with what `locked` put there in the language in use."""
    for stored, (sentence, how) in _STORED.items():
        if stored in text:
            shown = tr(sentence).format(how=how)
            text = "\n".join(shown if line == stored else line for line in text.split("\n"))
    return text


def of_multipart(kind: str, parameters: Mapping[str, str]) -> str:
    """`signed openpgp` and the like, of a part of several (RFC 1847); "" where it says nothing of it."""
    what = {"multipart/signed": SIGNED, "multipart/encrypted": ENCRYPTED}.get(kind)
    protocol = parameters.get("protocol", "").lower()
    how = OPENPGP if "pgp" in protocol else SMIME if "pkcs7" in protocol else ""
    return f"{what} {how}" if what and how else ""


def stronger(one: str, other: str) -> str:
    """Which of two is said of a letter whose parts differ: that something of it is encrypted."""
    return other if not one or (other.startswith(ENCRYPTED) and not one.startswith(ENCRYPTED)) else one


class Bare(NamedTuple):
    """Words without armour, what they were in ("" if in none), and files for what was taken out: name and text."""

    text: str
    protection: str = ""
    files: tuple[tuple[str, str], ...] = ()


def may_have_armour(text: str) -> bool:
    """Whether `without_armour` is worth asking: quick, and never wrongly False."""
    return _BEGIN in text


def without_armour(text: str) -> Bare:
    """The words of a text without OpenPGP's armour; of an encrypted one that it is."""
    if not may_have_armour(text):
        return Bare(text)
    lines, kept, files, found = text.split("\n"), list[str](), list[tuple[str, str]](), ""
    at = 0
    while at < len(lines):
        what = _opens(lines[at])
        if what == "SIGNED MESSAGE":
            at = _after_head(lines, at + 1)
            found = stronger(found, f"{SIGNED} {OPENPGP}")
        elif what == "SIGNATURE":
            at = _after_end(lines, at)
            found = stronger(found, f"{SIGNED} {OPENPGP}")
        elif what in _BLOCKS:
            end = _after_end(lines, at)
            files.append((_BLOCKS[what], "\n".join(lines[at:end]) + "\n"))
            if what == "MESSAGE":
                kept.append(locked(OPENPGP))
                found = stronger(found, f"{ENCRYPTED} {OPENPGP}")
            at = end
        else:
            line = lines[at]
            kept.append(line[2:] if found and line.startswith("- ") and line[2:3] == "-" else line)
            at += 1
    return Bare("\n".join(kept), found, tuple(files))


def _opens(line: str) -> str:
    """What a line begins: `MESSAGE`, `SIGNATURE` and so on; "" where it begins none."""
    bare = line.strip()
    return bare[len(_BEGIN) : -5] if bare.startswith(_BEGIN) and bare.endswith("-----") else ""


def _after_head(lines: list[str], at: int) -> int:
    """Where the words begin after `Hash: SHA256` and a blank line."""
    while at < len(lines) and lines[at].strip():
        if ":" not in lines[at]:
            return at
        at += 1
    return at + 1


def _after_end(lines: list[str], at: int) -> int:
    """Where it goes on after an armour; its end may be missing."""
    for end in range(at + 1, len(lines)):
        if lines[end].strip().startswith(_END):
            return end + 1
    return len(lines)
