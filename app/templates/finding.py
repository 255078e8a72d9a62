"""Find templates by a few letters, ignoring accents and case, best match first. Pure.

A prefix of the name or key ranks before prefixes of words in name, key or text, and these before a subsequence of the
name's letters ("bp" for "Broken parcel").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.base.text import fold, words

MOST = 7

_Rank = tuple[int, int, int, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A template's search entry: folded once, instead of at every keystroke."""

    id: int
    name: str
    key: str
    words: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    """The words of the name and of the key in order, and those of all texts sorted."""


def entry(number: int, name: str, key: str, texts: Iterable[str]) -> Entry:
    """Build the search entry of the template with this id."""
    said = tuple(sorted({word for text in texts for word in words(text)}))
    return Entry(number, fold(name).strip(), fold(key), (tuple(words(name)), tuple(words(key)), said))


def find(typed: str, entries: Iterable[Entry], most: int = MOST) -> list[int]:
    """Return the ids of matching templates, best match first; sorted by name if nothing was typed."""
    asked, parts = fold(typed).strip(), words(typed)
    if asked and not parts:
        return []
    ranked = sorted((rank, one.id) for one in entries if (rank := _rank(asked, parts, one)) is not None)
    return [number for _, number in ranked[:most]]


def _rank(asked: str, parts: Sequence[str], one: Entry) -> _Rank | None:
    if not parts:
        return 0, 0, 0, one.name
    if one.name.startswith(asked):
        return 0, 0, 0, one.name
    if one.key.startswith(asked):
        return 0, 1, 0, one.name
    for field, said in enumerate(one.words):
        places = _places(parts, said) if field < len(one.words) - 1 else _all_begin(parts, said)
        if places is not None:
            return 1, field, places, one.name
    letters = "".join(parts)
    gaps = _subsequence(letters, one.words[0])
    return None if gaps is None else (2, 0, gaps, one.name)


def _places(parts: Sequence[str], said: Sequence[str]) -> int | None:
    """Return the index of the word that the first part is a prefix of; None unless every part is a prefix of a word."""
    found = [next((place for place, word in enumerate(said) if word.startswith(part)), None) for part in parts]
    return None if None in found else found[0]


def _all_begin(parts: Sequence[str], said: Sequence[str]) -> int | None:
    """Return 0 if every part is a prefix of one of these sorted words, else None."""
    for part in parts:
        place = bisect_left(said, part)
        if place == len(said) or not said[place].startswith(part):
            return None
    return 0


def _subsequence(letters: str, said: Sequence[str]) -> int | None:
    """Return the gaps between the letters in these words (0 for initials); None if they are no subsequence."""
    name = " ".join(said)
    initials = "".join(word[0] for word in said)
    if initials.startswith(letters):
        return 0
    place, gaps = -1, 0
    for letter in letters:
        found = name.find(letter, place + 1)
        if found < 0:
            return None
        gaps += found - place
        place = found
    return gaps
