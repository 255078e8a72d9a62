"""By which of a name's words somebody is greeted. Pure.

Nobody is greeted by a family name, a title, a firm or a role: only by a given name that is known, or that stands before
what only family names look like. Where that is not sure the answer is "", and the blank stays open.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from app.base.text import fold
from app.templates import known_names

_ASIDE = re.compile(r"[(\[{«„“”\"][^()\[\]{}«»„“”\"]{0,100}[)\]}»“”\"]")
_CUT = re.compile(r"\s(?:via|from|c/o|[|·•/–—-])\s", re.IGNORECASE)
"""What follows is where somebody writes from, not their name: `Anna via Helpdesk`, `Anna | Garden`."""
_NEVER = re.compile(r"[\d@_#<>=]")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FAMILY_ENDINGS = (
    "sson", "dóttir", "dottir", "ová", "όπουλος", "οπούλου", "όγλου", "ίδης", "ίδου", "άδης", "άδου", "άκης", "άκη",
    "opoulos", "opoulou", "idis", "iadis", "akis",
)  # fmt: skip
_MAX_CHARS = 200  # of a name; a longer one is a text
_MIN_FAMILY_CHARS = 6  # shorter words with such an ending are given names: Σάκης, Μάκης


class _Word(NamedTuple):
    """A word of a name: as written without marks around it, folded, and whether it is an initial."""

    text: str
    folded: str
    initial: bool


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


@cache
def _given() -> dict[str, str]:
    """The known given names: folded -> as they are written."""
    return {fold(name): name for name in known_names.GIVEN_NAMES.split()}


@cache
def _no_persons() -> frozenset[str]:
    return _folded(known_names.NOBODY) | _folded(known_names.FIRMS)


@cache
def _courtesies() -> frozenset[str]:
    return _folded(known_names.COURTESIES)


@cache
def _titles() -> frozenset[str]:
    return _folded(known_names.TITLES) | _courtesies()


@cache
def _family_names_too(language: str) -> frozenset[str]:
    """Given names that may be the family name where that stands in this language: first in Hungarian, else last."""
    if language == "hu":
        return _folded(known_names.HUNGARIAN_FAMILY_NAMES_TOO)
    return _folded(known_names.FAMILY_NAMES_TOO)


@cache
def _hungarian() -> frozenset[str]:
    return _folded(known_names.HUNGARIAN_NAMES)


def first_name(name: str, language: str = "") -> str:
    """Return the name to greet somebody by, "" where no word of it is surely their given name.

    `language` is theirs: in Hungarian the family name comes first, but names are written in either order everywhere. A
    Hungarian wife's name (Kovács Jánosné) holds only her husband's given name, so it gives "".
    """
    bare = _ASIDE.sub(" ", _CUT.split(f" {name[:_MAX_CHARS]} ")[0])
    if not bare.strip() or _NEVER.search(bare):
        return ""
    words = [word for part in _in_order(bare).split() if (word := _word(part)) is not None]
    if not words or any(_is_no_person(word.folded) for word in words) or _is_of_two(words):
        return ""
    named = [word for word in words if word.folded not in _titles()]
    full = [word for word in named if not word.initial]
    if len(full) == 1 and (named[0].initial or any(word.folded in _courtesies() for word in words)):
        return ""  # J. Martin, Mrs James: the only word left may be the family name
    word = _given_in(full, language)
    if word is None or (len(full) == 1 and word.text[:1].islower()):  # lower case and alone: a handle
        return ""
    return _cased(word)


def _in_order(name: str) -> str:
    """The name without commas; in `Weiss, Anna` what follows the comma comes first, unless it is a title."""
    before, comma, after = name.replace(";", ",").partition(",")
    if comma and any(fold(word.strip(".,")) not in _titles() for word in after.split()):
        return f"{after} {before}".replace(",", " ")
    return f"{before} {after}".replace(",", " ")


def _word(part: str) -> _Word | None:
    text = part.strip(".,:!?'’*~")
    if not text:
        return None if part not in known_names.AND.split() else _Word(part, part, initial=False)
    initial = len(text) == 1 and text.isupper() and (part.endswith(".") or text.isalpha())
    return _Word(text, fold(text), initial)


def _is_no_person(folded: str) -> bool:
    """Whether a word stands for a role, a firm or nobody; `s.r.o` with or without its dots."""
    return folded in _no_persons() or folded.replace(".", "") in _no_persons()


def _is_of_two(words: list[_Word]) -> bool:
    return any(word.text in known_names.AND.split() for word in words[1:-1]) or any(
        mark in word.text for word in words for mark in "&+"
    )


def _given_in(words: list[_Word], language: str) -> _Word | None:
    """The word that is surely the given name; None if none is."""
    at = [number for number, word in enumerate(words) if is_given(word.text)]
    if not at:
        known_by_the_other = len(words) > 1 and _is_family(words[-1].text) and _LETTERS.fullmatch(words[0].text)
        return words[0] if known_by_the_other and words[0].text[:1].isupper() else None
    first, last = words[0].folded, words[-1].folded
    if len(at) == len(words) > 1:
        both = first in _family_names_too("hu") and words[1].folded in _hungarian()
        return None if both else words[0]  # Tamás Anna: either may be the family name
    if at == [0] and len(words) > 1 and language == "hu" and first in _family_names_too("hu"):
        return None
    if at == [len(words) - 1] and len(words) > 1 and language != "hu" and last in _family_names_too(""):
        return None
    return words[at[0]]


def is_given(word: str) -> bool:
    """Whether it is a known given name, or several joined by hyphens."""
    return fold(word) in _given() or ("-" in word and all(fold(part) in _given() for part in word.split("-")))


def _is_family(word: str) -> bool:
    bare = word.casefold()
    return len(bare) >= _MIN_FAMILY_CHARS and bare.endswith(_FAMILY_ENDINGS)


def _cased(word: _Word) -> str:
    """The name as it is written in a greeting: `ANNA` and `anna` become Anna, Greek capitals get their accents back."""
    text = word.text
    if text.isupper():
        known = _given().get(word.folded, "")
        if known.isupper() or "\u0370" <= text[0] <= "\u03ff":  # JJ is a name
            return known or text
        return "-".join(part.capitalize() for part in text.split("-"))
    return "-".join(part[:1].upper() + part[1:] for part in text.split("-")) if text[:1].islower() else text
