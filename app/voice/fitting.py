"""A rule's better words, fitted to the place of the words that they are to replace. Pure."""

from __future__ import annotations

import unicodedata

from app.base.words import tr
from app.voice.rule import Rule

_ENDS = (".", "!", "?", "…", ";", "\u037e")
_JOINS = " -\u2013'\u2019"
_GREEK = ("\u0370", "\u03ff")


def is_sentence(words: str) -> bool:
    """Whether the words are a whole sentence, which can't take the place of a word within one."""
    words = words.strip()
    return words.endswith(_ENDS) and len(words.split()) > 1


def as_advice(rule: Rule) -> str:
    """The reason of a rule whose better words are a sentence, with that sentence to be put in by hand."""
    advice = tr("A sentence that says it better: {sentence}").format(sentence=rule.instead.strip())
    return f"{rule.why} {advice}" if rule.why else advice


def in_case_of(found: str, rule: Rule) -> str:
    """The rule's better words with a capital, or in capitals, where `found` is so and the rule's own words are not.

    Better words with capitals within (iPhone), or with more than letters in them (a link, a blank), stay as they are.
    """
    better = rule.instead
    if not all(sign.isalpha() or sign in _JOINS for sign in better) or any(map(str.isupper, better[1:])):
        return better
    own = [word.strip("=* ") for word in rule.words]
    if found.isupper() and sum(map(str.isalpha, found)) > 1 and not any(map(str.isupper, own)):
        return _in_capitals(better)
    if found[:1].isupper() and not any(word[:1].isupper() for word in own):
        return better[:1].upper() + better[1:]
    return better


def _in_capitals(words: str) -> str:
    """The words in capitals; Greek ones have no accent then, only their diaeresis."""
    kept, base = [], ""
    for sign in unicodedata.normalize("NFD", words.upper()):
        base = base if unicodedata.combining(sign) else sign
        if sign != "\u0301" or not _GREEK[0] <= base <= _GREEK[1]:
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))
