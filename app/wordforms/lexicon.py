"""Finds many terms in a text at once, in all forms of their words, at one look at each word of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from app.base.text import fold
from app.wordforms.forms import shapes_of, varies

_TOKEN = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"'?[\s_-]{1,99}")
_ALIKE = str.maketrans({**dict.fromkeys("’‘ʼ´`′", "'"), **dict.fromkeys("‐–—−", "-")})
_FREE_ACCENTS = frozenset({"el"})
"""Languages whose accents say nothing: they move, and capitals have none."""
_LEAST_BARE, _VOWELS = 6, frozenset("aeiouy")
_MOST_STEM = 60  # letters of the longest stem that is looked for


class Token(NamedTuple):
    """A word of a folded text, and where it stands there."""

    folded: str
    start: int
    end: int


class Term(NamedTuple):
    """A term to be found. `key` is the caller's own name of it; `exact`: only as it stands, not in its other forms.

    `without` are forms of its words, or wordings of all of it, that are not found.
    """

    key: int
    words: str
    exact: bool = False
    without: tuple[str, ...] = ()


class Sighting(NamedTuple):
    """A term that was found: `start` and `end` are in the text that the tokens were made of."""

    key: int
    start: int
    end: int
    dressed: bool
    """Whether accents were missing in what was typed."""


class _Part(NamedTuple):
    term: int
    place: int
    stem: str
    endings: dict[str, tuple[str, ...]]
    base: str


class _Known(NamedTuple):
    key: int
    parts: int
    gaps: tuple[str, ...]
    without: Without


class Without:
    """Forms that are struck out: single words with their accents, and wordings of several words."""

    def __init__(self, struck: Iterable[str] = (), language: str = "") -> None:
        """Read them; where accents say nothing in a language, they are as if they had none."""
        self._free = language in _FREE_ACCENTS
        given = [_plain(one) for one in struck]
        self._words = {self._bare(one) for one in given if len(_TOKEN.findall(one)) == 1}
        self._wordings = {_spaced(fold(one)) for one in given if len(_TOKEN.findall(one)) > 1}

    def has(self, form: str) -> bool:
        """Whether this form of a word is struck out."""
        return bool(self._words) and self._bare(form) in self._words

    def says(self, folded: str) -> bool:
        """Whether this piece of a folded text, of several words, is struck out as a whole."""
        return bool(self._wordings) and _spaced(folded) in self._wordings

    def _bare(self, form: str) -> str:
        return fold(form) if self._free else form


def _plain(words: str) -> str:
    return unicodedata.normalize("NFC", words).casefold().translate(_ALIKE)


def _spaced(folded: str) -> str:
    return " ".join(_TOKEN.findall(folded))


def tokens(folded: str) -> list[Token]:
    """The words of a folded text."""
    return [Token(one[0], one.start(), one.end()) for one in _TOKEN.finditer(folded)]


class Lexicon:
    """Terms of one language, ready to be found."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        """Read the terms: some 0.2 ms each, the first of a language up to 60 ms."""
        self.language = language
        self._terms: list[_Known] = []
        self._stems: dict[str, list[_Part]] = {}
        self._longest = 1
        for term in terms:
            self._add(term)
            if language == "hu" and not term.exact:
                self._add_parted(term)

    def _add(self, term: Term) -> None:
        plain = _plain(term.words)
        found = list(_TOKEN.finditer(plain))
        if not found:
            return
        gaps = tuple(plain[one.end() : two.start()] for one, two in pairwise(found))
        number = len(self._terms)
        self._terms.append(_Known(term.key, len(found), gaps, Without(term.without, self.language)))
        whole = term.exact or not varies(term.words)
        for place, word in enumerate(found):
            shapes = ((word[0], frozenset({""})),) if whole else shapes_of(word[0], self.language)
            for stem, kinds in shapes:
                bare = fold(stem)[:_MOST_STEM]
                self._stems.setdefault(bare, []).append(_Part(number, place, stem, _folded_endings(kinds), word[0]))
                self._longest = max(self._longest, len(bare))

    def _add_parted(self, term: Term) -> None:
        """A Hungarian verb whose prefix may stand behind it: visszafizet, fizetjük vissza."""
        from app.wordforms.hungarian import parted  # noqa: PLC0415  loaded with its language

        words = term.words.split()
        both = parted(unicodedata.normalize("NFC", words[0]).casefold()) if len(words) == 1 else None
        if both:
            self._add(Term(term.key, f"{both[1]} {both[0]}", without=term.without))

    def find(
        self, text: list[Token], folded: str, typed: Callable[[Token], str], *, bare: bool = True
    ) -> Iterator[Sighting]:
        """Where the terms stand among the words of a text; `folded` is what they were taken of.

        `typed` says how a word was typed, in lower case, with its accents; `bare`: the text as a whole has none.
        """
        open_: list[tuple[int, int, int, bool]] = []  # term, its next part, where it began, whether it lacks accents
        for at, token in enumerate(text):
            hits = self._hits(token, typed, bare=bare)
            gap = folded[text[at - 1].end : token.start] if at else ""
            following: list[tuple[int, int, int, bool]] = []
            seen: set[tuple[int, int]] = set()
            for part, dressed in hits:
                known = self._terms[part.term]
                begun = [(token.start, dressed)] if part.place == 0 else [
                    (start, dressed or lacking)
                    for term, place, start, lacking in open_
                    if term == part.term and place == part.place and _joins(gap, known.gaps[place - 1])
                ]  # fmt: skip
                for start, lacking in begun:
                    if (part.term, start) in seen:
                        continue
                    seen.add((part.term, start))
                    if part.place + 1 == known.parts:
                        if known.without.says(folded[start : token.end]):
                            continue
                        yield Sighting(known.key, start, token.end, lacking)
                    else:
                        following.append((part.term, part.place + 1, start, lacking))
            open_ = following

    def _hits(self, token: Token, typed: Callable[[Token], str], *, bare: bool) -> list[tuple[_Part, bool]]:
        """The parts of terms that a word is a form of, and whether it lacks accents."""
        word = token.folded
        written = ""
        found: dict[tuple[int, int], tuple[_Part, bool]] = {}
        for length in range(1, min(len(word), self._longest) + 1):
            parts = self._stems.get(word[:length])
            if not parts:
                continue
            rest = word[length:]
            written = written or typed(token)
            for part in parts:
                for ending in part.endings.get(rest, ()):
                    form = part.stem + ending
                    same = self._compared(form, part.base, written, bare=bare)
                    if same is None or self._terms[part.term].without.has(form):
                        continue
                    key = (part.term, part.place)
                    if key not in found or (found[key][1] and not same):
                        found[key] = (part, not same)
        return list(found.values())

    def _compared(self, form: str, base: str, typed: str, *, bare: bool) -> bool | None:
        """Whether what was typed is this form; False where accents are missing, None if it is another word.

        An accent too many makes another word (kór is no form of kor), unless the term itself was given without any. One
        too few does so in short words and in consonants (dárce, dárče), unless all of the text is `bare` of accents.
        """
        if self.language in _FREE_ACCENTS or form == typed:
            return True
        if len(form) != len(typed) or (form == base and form.isascii()):
            return False
        if not bare and len(form) < _LEAST_BARE:
            return None
        sloppy = bare or typed.isascii()
        for meant, letter in zip(form, typed, strict=True):
            if meant != letter and not (fold(meant)[:1] == letter and (sloppy or letter in _VOWELS)):
                return None
        return False


@lru_cache(maxsize=2048)
def _folded_endings(kinds: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind in kinds:
        bare = fold(kind)
        found[bare] = (*found.get(bare, ()), kind)
    return found


def _joins(gap: str, meant: str) -> bool:
    """Whether two words of a text stand to each other as those of a term."""
    if gap == meant:
        return True
    return meant.strip(" -_") == "" and _BETWEEN.fullmatch(gap) is not None
