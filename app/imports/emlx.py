"""Apple Mail's file of one letter: a line with its length in bytes, the letter, and a property list below. Pure."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.imports.mail_heads import looks_like_mail

_COUNT = re.compile(rb"\s{0,8}(\d{1,12})[ \t]{0,20}\r?\n")
_FLAGS = re.compile(rb"<key>flags</key>\s{0,40}<integer>(\d{1,20})</integer>")
_PLIST = b"<?xml"
_PARTIAL = ".partial.emlx"


class Letter(NamedTuple):
    """A letter's bytes, and the number of flags below it (0 if there is none)."""

    raw: bytes
    flags: int


def looks_so(head: bytes) -> bool:
    """Whether a file that begins so is one."""
    count = _COUNT.match(head)
    return count is not None and looks_like_mail(head[count.end() :])


def is_partial(name: str) -> bool:
    """Whether Mail keeps the attachments of the letter in this file elsewhere, or has not fetched them."""
    return name.casefold().endswith(_PARTIAL)


def read(raw: bytes) -> Letter:
    """Part the letter from what stands around it; a length that cannot be is not believed."""
    count = _COUNT.match(raw)
    if count is None:
        return Letter(raw, 0)
    start, length = count.end(), int(count[1])
    below = raw[start + length :].lstrip()
    if length and (not below or below.startswith((_PLIST, b"<plist"))):
        mail = raw[start : start + length]
    else:
        end = raw.rfind(_PLIST)
        mail, below = (raw[start:end], raw[end:]) if end > start else (raw[start:], b"")
    flags = _FLAGS.search(below)
    return Letter(mail, int(flags[1]) if flags else 0)
