"""How long a reply is as its channel counts, and how one that is too long goes on in several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

CHARACTERS, GRAPHEMES, UTF16, BYTES = "characters", "graphemes", "utf16", "bytes"
_ENDS = (re.compile(r"\n\s*\n"), re.compile(r"(?<=[.!?…;·])\s+|\n"), re.compile(r"\s+"))
"""Where a text may be parted, the best first: between paragraphs, sentences (`;` asks in Greek), words."""
_LEAST = 0.4  # part of the room that a piece fills at least, before the next worse place to part it is taken


@cache
def _grapheme() -> regex.Pattern[str]:
    import regex  # noqa: PLC0415  only some channels count what a reader sees as one character

    return regex.compile(r"\X")


def length(text: str, counts: str) -> int:
    """The length of a text: in code points, in what readers see as one character, in UTF-16 units or in UTF-8 bytes."""
    if counts == GRAPHEMES:
        return sum(1 for _ in _grapheme().finditer(text))
    if counts == UTF16:
        return len(text) + sum(letter > "\uffff" for letter in text)
    if counts == BYTES:
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text)


def parts(text: str, limit: int, counts: str) -> list[str]:
    """The text in as many pieces as it needs to fit, in order: parted between paragraphs, sentences or words.

    Nothing is lost but the white space at which it was parted; a single word that is too long is parted within, never
    inside what a reader sees as one character, unless even that is too long.
    """
    left, found = text.strip(), []
    while _is_longer(left, limit, counts):
        room = _fitting(left, limit, counts)
        place, behind = _cut(left, room)
        found.append(left[:place].rstrip())
        left = left[behind:].lstrip()
    return [*found, left] if left else found


def _is_longer(text: str, limit: int, counts: str) -> bool:
    """Whether the text has more than `limit`; no more of it is looked at than that takes."""
    if counts == GRAPHEMES:
        return sum(1 for _ in islice(_grapheme().finditer(text), limit + 1)) > limit
    return len(text) > limit or length(text, counts) > limit


def _fitting(text: str, limit: int, counts: str) -> int:
    """How many code points of the text fit, ending where a reader sees a character end; 1 at least."""
    used = place = 0
    for one in _graphemes(text):
        used += length(one, counts)
        if used > limit:
            break
        place += len(one)
    return place or 1


def _graphemes(text: str) -> Iterator[str]:
    return (one.group() for one in _grapheme().finditer(text))


def _cut(text: str, room: int) -> tuple[int, int]:
    """Where to end a piece of at most `room` code points, and where the next begins."""
    for end in _ENDS:
        fitting = [hit for hit in end.finditer(text, 0, min(room + 2, len(text))) if hit.start() <= room]
        if fitting and (fitting[-1].start() >= _LEAST * room or end is _ENDS[-1]) and fitting[-1].start():
            return fitting[-1].start(), fitting[-1].end()
    return room, room
