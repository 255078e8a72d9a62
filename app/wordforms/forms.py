"""The two calls: the forms of a term, and what a word may be a form of."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

from app.base.text import fold
from app.wordforms.shapes import Shape, as_they_stand

LANGUAGES = ("cs", "el", "en", "hu", "is")
"""The languages whose forms are known; in any other a word is found as it stands."""
_MODULES = {"cs": "czech", "el": "greek", "en": "english", "hu": "hungarian", "is": "icelandic"}
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 3
"""Words of a term that is looked for in all its forms; a longer one is a sentence, and stands as it is said."""
_LEAST_STEM = 4


class _Language(Protocol):
    def shapes(self, word: str) -> list[Shape]:
        """The forms of a word."""

    def every_ending(self) -> frozenset[str]:
        """The endings of all its words."""


def _language(code: str) -> _Language | None:
    """The tables of a language, loaded at its first word; None for one that has none."""
    name = _MODULES.get(code)
    return cast("_Language", import_module(f"app.wordforms.{name}")) if name else None


def is_loaded(code: str) -> bool:
    """Whether the tables of a language are loaded, or it has none: the first look at a word in it takes up to 0.1 s."""
    name = _MODULES.get(code)
    if name is None:
        return True
    tables = sys.modules.get(f"app.wordforms.{name}")
    return tables is not None and (code != "is" or bool(tables.is_open()))


@lru_cache(maxsize=8192)
def shapes_of(word: str, language: str) -> tuple[Shape, ...]:
    """The forms of one word, as stems with endings."""
    plain = unicodedata.normalize("NFC", word).casefold()
    tables = _language(language)
    return tuple(tables.shapes(plain) if tables is not None else as_they_stand(plain))


def words_of(term: str) -> list[str]:
    """The words of a term, in order."""
    return _WORD.findall(unicodedata.normalize("NFKC", term))


def varies(term: str) -> bool:
    """Whether a term is found in all forms of its words: not if it is a whole sentence."""
    return len(words_of(term)) <= _MOST_WORDS


def forms(term: str, language: str) -> tuple[tuple[str, ...], ...]:
    """For each word of a term the forms that it is found in, the word itself first, then by the alphabet.

    They are those that are worth showing: chains of Hungarian suffixes go on. A term of more than three words is found
    only as it stands, and so are the small words that have no forms.
    """
    found = []
    for word in words_of(term):
        plain = unicodedata.normalize("NFC", word).casefold()
        all_ = {shape.stem + ending for shape in _shown(plain, language, varies(term)) for ending in shape.endings}
        if language == "el":
            from app.wordforms.greek import with_accent  # noqa: PLC0415  loaded with its language

            all_ = {with_accent(form, plain) for form in all_}
        found.append((plain, *sorted(all_ - {plain})))
    return tuple(found)


def _shown(word: str, language: str, varying: bool) -> list[Shape]:  # noqa: FBT001  whether its words have forms
    if not varying:
        return as_they_stand(word)
    tables = _language(language)
    usual = getattr(tables, "usual", None)
    return list(usual(word) if usual is not None else shapes_of(word, language))


def stems(word: str, language: str) -> frozenset[str]:
    """What a word may be a form of, folded: two forms of one word have one in common.

    Icelandic words have their entries in the dictionary; others the beginnings that are left without an ending, of at
    least four letters, so that two words may share one by chance.
    """
    plain = unicodedata.normalize("NFC", word).casefold()
    if language == "is":
        from app.wordforms.icelandic import lemmas  # noqa: PLC0415  loaded with its language

        return frozenset(map(fold, lemmas(plain)))
    bare = fold(plain)
    tables = _language(language)
    if tables is None:
        return frozenset({bare})
    kinds = tables.every_ending()
    cut = {bare[:at] for at in range(_LEAST_STEM, len(bare) + 1) if _has(kinds, plain, bare, at)}
    return frozenset({bare, *cut, *(fold(one.stem) for one in tables.shapes(plain) if len(one.stem) >= _LEAST_STEM)})


def is_form(word: str, base: str, language: str) -> bool:
    """Whether a word is a form of another, accents aside, chains of Hungarian suffixes too; a word is one of itself."""
    bare = fold(word)
    for stem, kinds in shapes_of(base, language):
        begun = fold(stem)
        if bare.startswith(begun) and bare[len(begun) :] in _folded(kinds):
            return True
    return False


def irregular(word: str, language: str) -> tuple[str, ...]:
    """The irregular words that a word is a form of: láhev of lahve; none for one that has no forms itself.

    English and Icelandic words lead to them by `forms` and `stems`.
    """
    tables = _language(language)
    listed = getattr(tables, "irregular", None)
    if listed is None or not has_forms(word, language):
        return ()
    return tuple(base for base in listed() if is_form(word, base, language))


def bases(word: str, language: str) -> frozenset[str]:
    """A word, and what it may itself be a form of: irregular words, in Icelandic all. They may have more forms."""
    return frozenset({word, *(stems(word, language) if language == "is" else irregular(word, language))})


def beginnings(word: str, language: str) -> frozenset[str]:
    """What the forms of a word begin with, folded; "" is among them where two begin with nothing in common."""
    return frozenset(fold(stem) for stem, _ in shapes_of(word, language))


def has_forms(word: str, language: str) -> bool:
    """Whether a word is none of the small ones of a language that have no forms, accents aside."""
    return fold(word) not in _folded(getattr(_language(language), "UNCHANGED", frozenset()))


@lru_cache(maxsize=2048)
def _folded(kinds: frozenset[str]) -> frozenset[str]:
    return frozenset(map(fold, kinds))


def _has(kinds: frozenset[str], plain: str, bare: str, at: int) -> bool:
    """Whether what stands behind a beginning of the word is an ending."""
    return bare[at:] in kinds or (len(plain) == len(bare) and plain[at:] in kinds)
