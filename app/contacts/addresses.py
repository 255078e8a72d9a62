"""The e-mail addresses in a table's cell, as spreadsheets hold them: with names, `mailto:`, stray marks. Pure."""

from __future__ import annotations

import re
import unicodedata

from app.base.addresses import address_key
from app.base.text import visible
from app.mail import mailboxes
from app.mail.mailboxes import ADDRESS_MAX

SEVERAL = ":::"  # separates several values in a cell of Google Contacts
_USUAL = re.compile(r"[A-Za-z0-9_+.-]++@[A-Za-z0-9.-]*+(?<!\.)")  # a cell that holds an address and nothing else
IS_ADDRESS = re.compile(r"[^@\s<>,;]++@(?=[^.][^@]*?\.[^@\s])[^@\s<>,;]++")
_BETWEEN = re.compile(r":::|[\n\r\t|]|\s/\s|/(?=[^/@\s]{1,64}@)")
_MAX_CHARS = 2_000  # of a cell that is searched for addresses
_NOTHING = frozenset(
    ("", "-", "--", "–", "—", ".", "?", "x", "n/a", "na", "none", "null", "nil", "#n/a", "nincs", "není")
)


class NoAddressError(ValueError):
    """The cell holds something that is no address."""


def addresses(cell: str) -> list[tuple[str, str]]:
    """Return (name, address) of each address in the cell, each once; [] if it is blank or says that there is none.

    Raises NoAddressError if anything in it looks like an address and is none, or nothing does.
    """
    if len(cell) <= ADDRESS_MAX and _USUAL.fullmatch(cell) and _is_address(cell):
        return [("", cell)]
    text = visible(cell[:_MAX_CHARS])
    if not text.isascii() and any(ord(letter) >= 0xFF00 for letter in text):  # noqa: PLR2004  full-width letters and ＠
        text = unicodedata.normalize("NFKC", text)
    text = _BETWEEN.sub(", ", text.strip()).strip(" ,;")
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].strip()
    text = text.rstrip("'\"")  # the one before may have been taken off as a spreadsheet's mark for text
    if text.casefold() in _NOTHING:
        return []
    if "<" not in text and sum("@" in word for word in text.split()) > 1:
        text = ", ".join(word.strip(",;") for word in text.split() if "@" in word)
    boxes = mailboxes.addresses(text)
    marks = sum(name.count("@") + 1 for name, _ in boxes)
    if not boxes or marks < text.partition("?")[0].count("@") or not all(_is_address(box) for _, box in boxes):
        raise NoAddressError(cell)
    return list({address_key(address): (name, address) for name, address in reversed(boxes)}.values())[::-1]


def _is_address(address: str) -> bool:
    return IS_ADDRESS.fullmatch(address) is not None and ".." not in address.rpartition("@")[2]
