"""The list that is published before the seed is known, and its digest: see docs/draw.md. Pure but for the codes.

No address is in it: a line has a number, a shortened name and a mark, which is the digest of the entrant's own code and
address. Who has the code can show which line is theirs; nobody can guess an address from the mark.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from secrets import token_hex

from app.base.digests import sha256
from app.giveaways.judging import compared_form
from app.giveaways.rows import Entry, Giveaway

_CODE_BYTES, _CODE_CHARS, _MARK_CHARS = 8, 16, 24


def short_name(name: str) -> str:
    """A name as it stands in the list: the first word, and the first letter of the last; of an address its first."""
    plain = unicodedata.normalize("NFC", name)
    if not plain.isprintable():
        plain = "".join(letter if letter.isprintable() else " " for letter in plain)
    words = plain.split()
    if any("@" in word.lstrip("@") for word in words):
        return f"{words[0].lstrip('@')[:1]}…"
    return " ".join([*words[:1], *(f"{word[0]}." for word in words[1:][-1:])])


def mark(code: str, contact: str) -> str:
    """What stands for an address or handle in the list."""
    return sha256(f"{code}:{compared_form(contact)}".encode()).hex()[:_MARK_CHARS]


def numbered(entries: Iterable[Entry]) -> dict[int, str]:
    """By the ids of the entries that take part, in the order in which they came: their line, a tab, and a new code."""
    made, ordered = {}, sorted(entries, key=lambda one: one.id)
    codes = token_hex(_CODE_BYTES * len(ordered))
    for number, entry in enumerate(ordered, 1):
        code = codes[(number - 1) * _CODE_CHARS : number * _CODE_CHARS]
        made[entry.id] = f"{number:06d}\t{short_name(entry.name)}\t{mark(code, entry.contact)}\t{code}"
    return made


def document(giveaway: Giveaway, lines: Iterable[str]) -> bytes:
    """The list as it is published: UTF-8, a heading, an empty line, and the lines in the order of their numbers."""
    ordered = sorted(lines)
    heading = (
        f"Give-away: {_one_line(giveaway.name)}",
        f"Prizes: {giveaway.prizes}",
        f"Seed: {_one_line(giveaway.seed_promise)}",
        f"Entries: {len(ordered)}",
    )
    return "\n".join([*heading, "", *ordered, ""]).encode("utf-8", "replace")


def digest(content: bytes) -> str:
    """The SHA-256 of the list in hexadecimal: what `sha256sum list.txt` prints."""
    return sha256(content).hex()


def _one_line(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).split())
