"""Words of a rule that are found as they are written: those with a star, a sign or an apostrophe. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from app.base.text import fold

ALIKE = str.maketrans({**dict.fromkeys("’‘ʼ´`′", "'"), **dict.fromkeys("‐–—−", "-")})
_BETWEEN = r"[\s_-]{1,99}"
"""Between the words of a phrase. Bounded: beside a star, 20,000 line ends would take the square of their number."""
_LETTER = r"[^\W_]"
_MAX_STARS = 2
_MAX_STAR_LETTERS = 40  # maximum letters that a star inside a word matches
_PLAIN = re.compile(r"[\w\s-]+")


def is_plain(word: str) -> bool:
    """Whether a rule's word is made of letters and gaps alone, so that its forms can be found (=word: just itself)."""
    return _PLAIN.fullmatch(word.removeprefix("=")) is not None


def literal_of(word: str) -> str:
    """The longest piece of a word that stands in every text in which it is found; "" if there is none."""
    return max(re.split(r"[\s_*-]+", fold(word).translate(ALIKE)), key=len)


@lru_cache(maxsize=1024)
def pattern_of(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Compile all words of a rule into one regular expression, longest first; None if there are no words."""
    shapes = sorted((_word_pattern(word) for word in words if fold(word).strip(" *_")), key=len, reverse=True)
    return re.compile("|".join(shapes)) if shapes else None


def _word_pattern(word: str) -> str:
    bare = fold(word).translate(ALIKE).strip()
    head = rf"{_LETTER}*" if bare.startswith("*") else ""
    tail = rf"{_LETTER}*" if bare.endswith("*") else ""
    core = bare.strip("*_ ")  # a gap at an end would be looked for from each of its characters
    parts = [_part_pattern(part) for part in re.split(r"[\s_]+", core)]
    between = _BETWEEN.join(parts).split(_BETWEEN)  # `a - b`: one gap instead of three, which would backtrack
    gaps = _BETWEEN.join(part for at, part in enumerate(between) if part or at in (0, len(between) - 1))
    left = rf"(?<!{_LETTER})" if head or re.match(_LETTER, core) else ""
    right = rf"(?!{_LETTER})" if tail or re.search(rf"{_LETTER}$", core) else ""
    return left + head + gaps + tail + right


def _part_pattern(part: str) -> str:
    """Return the pattern of one word of a phrase; a star matches up to 40 letters, a dash also a space.

    Only the first two stars count, to limit backtracking.
    """
    pieces = re.sub(r"\*+", "*", part).split("*", _MAX_STARS)
    return rf"{_LETTER}{{0,{_MAX_STAR_LETTERS}}}".join(re.escape(piece).replace(r"\-", _BETWEEN) for piece in pieces)
