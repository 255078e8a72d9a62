"""Matching for the palette: accents, case and the Greek script do not count (ελενη finds Ελένη and Eleni)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from app.base.text import fold

_GREEK = str.maketrans({
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch",
    "ψ": "ps", "ω": "o",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Match:
    """How well a text answers a question (lower is better), and which of its letters did: (start, length) pairs."""

    rank: int
    spans: tuple[tuple[int, int], ...]


def bare(text: str) -> str:
    """The text folded, in Latin letters."""
    return fold(text).translate(_GREEK)


@lru_cache(maxsize=4096)
def _mapped(text: str) -> tuple[str, tuple[int, ...]]:
    """The bare text, and for each of its letters the place in the text that it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for one in bare(letter):
            letters.append(one)
            places.append(place)
    return "".join(letters), tuple(places)


def match(question: str, text: str) -> Match | None:
    """Every word of the question must stand in the text, best at a word's beginning; None when one does not."""
    found, places = _mapped(text)
    rank, spans = 0, []
    for word in bare(question).split():
        at = _at_word(found, word)
        rank += 0 if at == 0 else 1
        if at < 0:
            at, rank = found.find(word), rank + 4
        if at < 0:
            return None
        first, last = places[at], places[at + len(word) - 1]
        spans.append((first, last - first + 1))
    return Match(rank, tuple(sorted(spans)))


def _at_word(found: str, word: str) -> int:
    at = found.find(word)
    while at > 0 and found[at - 1].isalnum():
        at = found.find(word, at + 1)
    return at
