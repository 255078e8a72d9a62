"""A draft as its words are compared, with where each letter stands in what was typed."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.base.text import fold, visible
from app.voice.patterns import ALIKE


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, with the offset in the original of each of its characters."""

    text: str
    at: Sequence[int]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original of a span in the folded text, including trailing combining accents."""
        past = bisect_left(self.at, self.at[end - 1] + 1)
        return self.at[start], self.at[past] if past < len(self.at) else self.length


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    return fold(char).translate(ALIKE)


def folded_text(text: str) -> Folded:
    """The text folded letter by letter."""
    if text.isascii():
        return Folded(text.lower().translate(ALIKE), range(len(text)), len(text))
    parts: list[str] = []
    at: list[int] = []
    for position, char in enumerate(text):
        bare = _fold_char(char)
        parts.append(bare)
        at.extend([position] * len(bare))
    return Folded("".join(parts), at, len(text))


def as_typed(text: str, start: int, end: int) -> str:
    """A piece of the text with its accents, in lower case; full-width letters and the like as what they stand for."""
    piece = text[start:end]
    return piece.lower() if piece.isascii() else unicodedata.normalize("NFKC", visible(piece)).casefold()
