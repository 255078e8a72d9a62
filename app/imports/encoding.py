"""Which letters the bytes of a table stand for.

UTF-8 read strictly and UTF-16 with its mark are certain. The old single-byte codes cannot be told apart for sure, so
the best guess comes first and the others follow, for a person to choose from with their own eyes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLD_CODES = ("cp1250", "cp1252", "cp1253", "iso8859-7", "iso8859-2")
_SAMPLE = 262_144
_BLOCK = 1 << 20
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Letters that each code's languages use often; anything else above ASCII speaks against the code.
_USUAL = {
    "cp1250": "áéíóúýčďěňřšťůžöüőűäôľĺŕąćęłńśźżß„“”–—…’‚‘€",
    "iso8859-2": "áéíóúýčďěňřšťůžöüőűäôľĺŕąćęłńśźżß",
    "cp1252": "áéíóúýþæðöüäåøßàèìòùâêîôûñçãõ„“”–—…’‚‘€",
    "cp1253": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ„“”–—…’‚‘€·",
    "iso8859-7": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ·‘’€",
}
_LANGUAGE_MARKS = {  # rarer pairs decide between cp1250 and cp1252, which share most of Hungarian's and Icelandic's letters
    "cp1250": "čďěňřťůžőű",
    "cp1252": "þæðåøñçã",
}


@dataclass(frozen=True, slots=True)
class Guess:
    """An encoding, whether it is certain, and a line of the file as it reads in it."""

    encoding: str
    certain: bool
    sample: str


def is_text(head: bytes) -> bool:
    """Whether the bytes are text in some encoding: UTF-16 with its mark, or free of control characters."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return not _CONTROL.search(head)


def guess(path: Path) -> tuple[Guess, ...]:
    """The encodings that the file may be in, the likeliest first; a certain one comes alone. OSError passes."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return (Guess("utf-16", certain=True, sample=""),)
    if _is_utf8(path):
        return (Guess("utf-8-sig", certain=True, sample=""),)
    ranked = sorted(OLD_CODES, key=lambda code: -_score(head, code))
    line = _telling_line(head)
    return tuple(Guess(code, certain=False, sample=line.decode(code, "replace")) for code in ranked)


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _score(head: bytes, code: str) -> float:
    """How well the text above ASCII fits the code: usual letters count for it, strange and undefined ones against it."""
    text = head.decode(code, "replace")
    usual, marks = _USUAL[code], _LANGUAGE_MARKS.get(code, "")
    score = 0.0
    before = " "
    for letter in text:
        if letter > "\x7f":
            lower = letter.lower()
            score += 1.0 if lower in usual else -3.0
            score += 0.5 if lower in marks else 0.0
            if letter.isupper() and before.islower():  # a capital inside a word is a sign of the wrong code
                score -= 1.0
        before = letter
    return score


def _telling_line(head: bytes) -> bytes:
    """The line with most bytes above ASCII, at most 200 bytes: where the codes differ."""
    lines = head.splitlines()[:500] or [b""]
    return max(lines, key=lambda line: sum(byte > 0x7F for byte in line))[:200]  # noqa: PLR2004  ASCII ends there
