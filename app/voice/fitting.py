"""A rule's better words, fitted to the place of the words that they are to replace. Pure."""

from __future__ import annotations

import unicodedata

from app.base.text import fold
from app.base.words import tr
from app.voice.rule import Rule
from app.wordforms import agreed, is_form

_ENDS = (".", "!", "?", "…", ";", "\u037e")
_MORE = 2
"""Words more than those found: "at no cost" for "free" is still a phrase."""
_JOINS = " -\u2013'\u2019"
_GREEK = ("\u0370", "\u03ff")


def is_sentence(words: str, found: str) -> bool:
    """Whether the words are a whole sentence, which can't take the place of the words found within one.

    They end as one does; or they are so many more than what was found that they say something of their own, as rules
    do that were written without a full stop: "I can't talk about that yet" for "confidential".
    """
    words = words.strip()
    many = len(words.split())
    return many > 1 and (words.endswith(_ENDS) or many > len(found.split()) + _MORE)


def as_advice(rule: Rule) -> str:
    """The reason of a rule whose better words are a sentence, with that sentence to be put in by hand."""
    advice = tr("A sentence that says it better: {sentence}").format(sentence=rule.instead.strip())
    return f"{rule.why} {advice}" if rule.why else advice


def in_form_of(found: str, rule: Rule, language: str) -> tuple[str, bool]:
    """The rule's better words in the form in which its words were found, and whether they are in the right one.

    A word with a star isn't known, nor is what it stands for; then they are taken to be.
    """
    words = [word.removeprefix("=").strip() for word in rule.words if "*" not in word]
    spoken, bare = rule.language or language, _letters(found)
    if not words or not all(sign.isalpha() or sign in _JOINS for sign in rule.instead) or bare in map(_letters, words):
        return rule.instead, True
    if any(map(str.isupper, rule.instead)):  # a name, an abbreviation
        return rule.instead, spoken == "en"
    for word in words:
        made = agreed(found, word, rule.instead, spoken)
        if made is not None:
            return made, True
    is_starred = len(words) < len(rule.words) and not any(is_form(found, word, spoken) for word in words)
    return rule.instead, is_starred


def _letters(words: str) -> str:
    """The folded letters, however they are set apart."""
    return "".join(filter(str.isalnum, fold(words)))


def in_case_of(found: str, rule: Rule, better: str, around: str = "") -> str:
    """The better words with a capital, or in capitals, where `found` is so and the rule's own words are not.

    A word in capitals among others that are not (`around` it) is an abbreviation, and nobody shouts: ASAP, soon.
    Better words with capitals within (iPhone), or with more than letters in them (a link, a blank), stay as they are.
    """
    if not all(sign.isalpha() or sign in _JOINS for sign in better) or any(map(str.isupper, better[1:])):
        return better
    own = [word.strip("=* ") for word in rule.words]
    if found.isupper() and sum(map(str.isalpha, found)) > 1:
        if any(map(str.isupper, own)) or sum(map(str.islower, around)) > sum(map(str.isupper, around)):
            return better
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
