"""The article before a word that is replaced: "a refund" becomes "an exchange", "az ügyfél" "a vásárló". Pure."""

from __future__ import annotations

import re

from app.base.text import fold

_BEFORE = {
    "en": re.compile(r"(?<![^\W_])(an?)(\s{1,3})\Z", re.IGNORECASE),
    "hu": re.compile(r"(?<![^\W_])(az?)(\s{1,3})\Z", re.IGNORECASE),
}
_LONGEST = 6  # an article, the spaces after it, and the sign before
_VOWELS = frozenset("aeiou")
_SILENT = ("heir", "honest", "honor", "honour", "hour")
"""Words with an h that isn't spoken."""
_AS_CONSONANT = re.compile(r"eu|ewe|on(?:e|ce)\b|u(?:biq|fo|k\b|ni(?!n|m|d)|rol|s[aeu]|t[ei])")
"""Words that are spoken with a y or a w before their first vowel: euro, one, union, use, utility."""


def with_article(before: str, better: str, language: str) -> tuple[str, str] | None:
    """The article at the end of `before` and the one that `better` needs, with the spaces after them, if they differ.

    `before` is what stands before the words that are replaced. None where there is no article, where it goes on to
    fit, and where how the word begins isn't known: an abbreviation, a number.
    """
    pattern = _BEFORE.get(language)
    found = pattern.search(before[-_LONGEST:]) if pattern is not None else None
    word = better.split(maxsplit=1)[0] if better.split() else ""
    if found is None or not word[:1].isalpha() or (len(word) > 1 and word.isupper()):
        return None
    short, long = ("a", "an") if language == "en" else ("a", "az")
    wanted = long if _begins_with_vowel(fold(word), language) else short
    article, spaces = found.groups()
    if article.casefold() == wanted:
        return None
    made = wanted.upper() if len(article) > 1 and article.isupper() else wanted
    return found.group(), (made[:1].upper() + made[1:] if article[:1].isupper() else made) + spaces


def _begins_with_vowel(word: str, language: str) -> bool:
    if language == "en" and word.startswith(_SILENT):
        return True
    return word[:1] in _VOWELS and not (language == "en" and _AS_CONSONANT.match(word))
