"""What a letter passes on that somebody else wrote: who asked, and what. Pure.

Only a letter that its writer's program marks as passed on counts (a line above the headers, a subject with Fwd, or a
letter attached to it): whoever merely quotes somebody in an answer passes nothing on.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from email.utils import parseaddr
from typing import NamedTuple

from app.base.addresses import address_key
from app.mail import leads
from app.mail.quotes import FORWARDED, pieces

_ATTACHED = re.compile(r"\[[^\]\n]{3,300}\]$")
_MAILTO = re.compile(r"[<\[(]?mailto:[^>\])]{1,200}[>\])]?", re.IGNORECASE)
_MACHINE = re.compile(r"(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|bounces?)(?:[+.-]|@|$)", re.IGNORECASE)
_MARKS = re.compile(r"> ?")
_MAX_DEPTH = 5


class Enquiry(NamedTuple):
    """What was asked, by whom, and what whoever passes it on wrote above it."""

    name: str
    address: str
    title: str
    words: str
    note: str


def enquiry(text: str, colleagues: Collection[str] = (), *, forwarded: bool = False) -> Enquiry | None:
    """The enquiry that a letter with these words passes on; None where it passes none on, or nobody can tell whose.

    `forwarded`: its subject says that it passes a letter on. `colleagues` are addresses (see `address_key`): what one
    of them passed on before is looked into, down to whoever asked.
    """
    note: list[str] = []
    for _ in range(_MAX_DEPTH):
        found = _outermost(text, forwarded=forwarded)
        if found is None:
            return None
        note += [found.note] if found.note else []
        if not found.words.strip() or _MACHINE.match(found.address):
            return None
        if address_key(found.address) not in colleagues:
            return found._replace(note="\n\n".join(note))
        text = found.words
    return None


def _outermost(text: str, *, forwarded: bool) -> Enquiry | None:
    lines = text.split("\n")
    piece = next((piece for piece in pieces(text, forwarded=forwarded) if piece.kind == FORWARDED), None)
    if piece is not None:
        return _read(lines, piece.start, piece.end, piece.start)
    for at, line in enumerate(lines[:-1]):
        head = leads.header(lines[at + 1]) if _ATTACHED.match(line) else None
        if head is not None and head[0] == "from":
            return _read(lines, at + 1, len(lines), at)
    return None


def _read(lines: list[str], start: int, end: int, above: int) -> Enquiry | None:
    """The letter whose headers begin at or below line `start`; what is above line `above` is the note."""
    told: dict[str, str] = {}
    inner = [_MARKS.sub("", line, count=1) if line.startswith(">") else line for line in lines[start:end]]
    at = 0
    while at < len(inner):
        found = leads.header(inner[at])
        if found is not None:
            told.setdefault(*found)
        elif told and not inner[at].strip():
            break
        elif not told and at > 1:  # only a mark may stand above the first header
            return None
        at += 1
    name, address = parseaddr(_MAILTO.sub("", told.get("from", "")).replace("[", "<").replace("]", ">"))
    if address.count("@") != 1 or " " in address or "." not in address.rpartition("@")[2]:
        return None
    words = "\n".join(inner[at:]).strip("\n")
    return Enquiry(" ".join(name.split()), address, told.get("subject", ""), words, "\n".join(lines[:above]).strip())
