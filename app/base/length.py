"""Length of a reply as its channel counts it, and splitting one that is too long into several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

CHARACTERS, GRAPHEMES, UTF16, BYTES = "characters", "graphemes", "utf16", "bytes"
_SPLITS = (re.compile(r"\n\s*\n"), re.compile(r"(?<=[.!?…;·])\s+|\n"), re.compile(r"\s+"))
"""Where a text may be split, best first: between paragraphs, sentences (`;` is the Greek question mark), words."""
_MIN_FILL = 0.4  # share of the limit that a piece must fill; else the next worse kind of split is tried


@cache
def _grapheme() -> regex.Pattern[str]:
    import regex  # noqa: PLC0415  only some channels count graphemes

    return regex.compile(r"\X")


def length(text: str, counts: str) -> int:
    """The length of a text: in code points, in grapheme clusters, in UTF-16 units or in UTF-8 bytes."""
    if counts == GRAPHEMES:
        return sum(1 for _ in _grapheme().finditer(text))
    if counts == UTF16:
        return len(text) + sum(letter > "\uffff" for letter in text)
    if counts == BYTES:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text)


def parts(text: str, limit: int, counts: str, most_bytes: int | None = None) -> list[str]:
    """Split the text into as many pieces as needed to fit the limit: between paragraphs, sentences or words.

    Each has at most `most_bytes` in UTF-8 as well. Only the white space at the splits is dropped. A single word that is
    too long is split inside, but never within a grapheme cluster unless that alone is too long.
    """
    left, pieces = text.strip(), []
    while _is_longer(left, limit, counts) or (most_bytes is not None and _is_longer(left, most_bytes, BYTES)):
        room = _fitting_chars(left, limit, counts)
        if most_bytes is not None:
            room = min(room, _fitting_chars(left, most_bytes, BYTES))
        end, behind = _split_at(left, room)
        pieces.append(left[:end].rstrip())
        left = left[behind:].lstrip()
    return [*pieces, left] if left else pieces


def _is_longer(text: str, limit: int, counts: str) -> bool:
    """Whether the text exceeds the limit; counts graphemes only as far as needed."""
    if counts == GRAPHEMES:
        return sum(1 for _ in islice(_grapheme().finditer(text), limit + 1)) > limit
    return len(text) > limit or length(text, counts) > limit


def _fitting_chars(text: str, limit: int, counts: str) -> int:
    """How many code points of the text fit, cut at a grapheme boundary; at least 1."""
    used = fitting = 0
    for grapheme in _graphemes(text):
        used += length(grapheme, counts)
        if used > limit:
            break
        fitting += len(grapheme)
    return fitting or 1


def _graphemes(text: str) -> Iterator[str]:
    return (match.group() for match in _grapheme().finditer(text))


def _split_at(text: str, room: int) -> tuple[int, int]:
    """Offsets where a piece of at most `room` code points ends and where the next begins."""
    for end in _SPLITS:
        fitting = [hit for hit in end.finditer(text, 0, min(room + 2, len(text))) if hit.start() <= room]
        if fitting and (fitting[-1].start() >= _MIN_FILL * room or end is _SPLITS[-1]) and fitting[-1].start():
            return fitting[-1].start(), fitting[-1].end()
    return room, room
