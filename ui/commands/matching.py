"""Matching for the palette, ignoring accents, case and Greek or Latin script (ελενη finds Ελένη and Eleni)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.base.scripts import letter_by_letter


@dataclass(frozen=True, slots=True)
class Match:
    """A match: `rank` (lower is better) and the matching `spans` of the text as (start, length)."""

    rank: int
    spans: tuple[tuple[int, int], ...]


@lru_cache(maxsize=4096)
def _mapped(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text letter by letter and, for each of its characters, the index in `text` that it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for folded in letter_by_letter(letter):
            letters.append(folded)
            places.append(place)
    return "".join(letters), tuple(places)


def match(question: str, text: str) -> Match | None:
    """Match every word of `question` in `text`, best at the start of a word; None if a word is missing."""
    letters, places = _mapped(text)
    rank, spans = 0, []
    for word in letter_by_letter(question).split():
        at = _at_word(letters, word)
        rank += 0 if at == 0 else 1
        if at < 0:
            at, rank = letters.find(word), rank + 4
        if at < 0:
            return None
        first, last = places[at], places[at + len(word) - 1]
        spans.append((first, last - first + 1))
    return Match(rank, tuple(sorted(spans)))


def _at_word(letters: str, word: str) -> int:
    at = letters.find(word)
    while at > 0 and letters[at - 1].isalnum():
        at = letters.find(word, at + 1)
    return at
