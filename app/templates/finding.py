"""Find templates by a few letters, ignoring accents and case, best match first. Pure.

A prefix of the name or key ranks before prefixes of words in name, key or text, and these before a subsequence of the
name's letters ("bp" for "Broken parcel").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.base.text import fold, words

MOST = 7

_Rank = tuple[int, int, int, bool, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A template's search entry: folded once, instead of at every keystroke."""

    id: int
    name: str
    key: str
    words: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    """The words of the name and of the key in order, and those of all texts sorted."""
    languages: frozenset[str] = frozenset()
    """The codes of the languages that it has texts in."""


def entry(number: int, name: str, key: str, texts: Iterable[str], languages: Iterable[str] = ()) -> Entry:
    """Build the search entry of the template with this id."""
    text_words = tuple(sorted({word for text in texts for word in words(text)}))
    return Entry(
        number, fold(name).strip(), fold(key), (tuple(words(name)), tuple(words(key)), text_words), frozenset(languages)
    )


def find(typed: str, entries: Iterable[Entry], most: int = MOST, spoken: Collection[str] = ()) -> list[int]:
    """Return the ids of matching templates, best match first; sorted by name if nothing was typed.

    Of those that match equally well, those with a text in one of the languages that are `spoken` come first.
    """
    asked, parts = fold(typed).strip(), words(typed)
    if asked and not parts:
        return []
    ranked = sorted(
        (rank, candidate.id) for candidate in entries if (rank := _rank(asked, parts, candidate, spoken)) is not None
    )
    return [number for _, number in ranked[:most]]


def _rank(asked: str, parts: Sequence[str], candidate: Entry, spoken: Collection[str]) -> _Rank | None:
    silent = bool(spoken) and candidate.languages.isdisjoint(spoken)
    if not parts:
        return 0, 0, 0, silent, candidate.name
    if candidate.name.startswith(asked):
        return 0, 0, 0, silent, candidate.name
    if candidate.key.startswith(asked):
        return 0, 1, 0, silent, candidate.name
    for field, field_words in enumerate(candidate.words):
        position = (
            _first_position(parts, field_words) if field < len(candidate.words) - 1 else _all_begin(parts, field_words)
        )
        if position is not None:
            return 1, field, position, silent, candidate.name
    letters = "".join(parts)
    gaps = _subsequence(letters, candidate.words[0])
    return None if gaps is None else (2, 0, gaps, silent, candidate.name)


def _first_position(parts: Sequence[str], field_words: Sequence[str]) -> int | None:
    """Return the index of the word that the first part is a prefix of; None unless every part is a prefix of a word."""
    positions = [
        next((position for position, word in enumerate(field_words) if word.startswith(part)), None) for part in parts
    ]
    return None if None in positions else positions[0]


def _all_begin(parts: Sequence[str], field_words: Sequence[str]) -> int | None:
    """Return 0 if every part is a prefix of one of these sorted words, else None."""
    for part in parts:
        position = bisect_left(field_words, part)
        if position == len(field_words) or not field_words[position].startswith(part):
            return None
    return 0


def _subsequence(letters: str, field_words: Sequence[str]) -> int | None:
    """Return the gaps between the letters in these words (0 for initials); None if they are no subsequence."""
    name = " ".join(field_words)
    initials = "".join(word[0] for word in field_words)
    if initials.startswith(letters):
        return 0
    position, gaps = -1, 0
    for letter in letters:
        next_position = name.find(letter, position + 1)
        if next_position < 0:
            return None
        gaps += next_position - position
        position = next_position
    return gaps
