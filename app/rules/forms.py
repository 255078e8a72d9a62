"""The words of a rule in their other forms, in the language of a message: balík finds balíkem, láhev lahve. Pure.

A form that begins as the word does is found anyway. Of the others only a whole word counts, as a Lexicon finds it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import product

from app.search.spelled import cut
from app.store import index
from app.wordforms import LANGUAGES, Lexicon, Term, bases, beginnings
from app.wordforms.forms import varies, words_of

_MOST_BASES = 8
"""So many words a term may be a form of, at most: one of two Icelandic words that are each of several."""


def lexicon(typed: tuple[str, ...], language: str) -> Lexicon | None:
    """What finds these words in this language; None where its forms aren't known. Loads its tables: up to 0.1 s."""
    return _lexicon(typed, language) if language in LANGUAGES else None


@lru_cache(maxsize=16)
def _lexicon(typed: tuple[str, ...], language: str) -> Lexicon:
    return Lexicon(
        [Term(at, wording) for at, word in enumerate(typed) for wording in _wordings(word, language)], language
    )


def expressions(typed: Iterable[str], languages: Collection[str]) -> list[str]:
    """What the search index is asked for besides the words themselves: it finds all that has a form, and more.

    Each is for what begins as the forms of a word do, of which the first letters are asked for.
    """
    found = {
        _begun(wording, language)
        for word in typed
        for language in languages
        if language in LANGUAGES
        for wording in _wordings(word, language)
    }
    return sorted(found)


def _begun(wording: str, language: str) -> str:
    each = [
        index.one_of(sorted({index.beginning(cut(begun)) for begun in beginnings(word, language)}))
        for word in words_of(wording)
    ]
    return f"({' AND '.join(each)})"


def _wordings(typed: str, language: str) -> list[str]:
    """A word as it was typed, and what it may be a form of; nothing of a sentence, or of what has no letters."""
    words = [word.casefold() for word in words_of(typed)]
    if not words or not varies(typed) or not all(map(str.isalpha, words)):
        return []
    each = [sorted(bases(word, language)) for word in words]
    return [" ".join(one) for one, _ in zip(product(*each), range(_MOST_BASES), strict=False)]
