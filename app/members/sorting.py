"""In which order of its words a name is listed, and which of them is the given one. Pure.

Icelanders are listed by their given name, as in the telephone directory: Jónsdóttir is whose daughter Anna is, and no
family's name. Hungarians write the family name first. Everybody else is listed by the family name, wherever it stands.
Nobody's name is taken apart that is a handle, a firm or a role. The window sorts the result by the reader's alphabet.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from app.base.text import fold
from app.calendar.name_days import is_in_calendar

_PATRONYMIC = ("dóttir", "dottir", "sson", "son")
_BEFORE_A_FAMILY_NAME = "van von der den de del della di da du la le zu zur ter ten af av bin ibn al el"
_PARTICLES = frozenset(_BEFORE_A_FAMILY_NAME.split())
_PLAIN = re.compile(r"[^\W\d_]+(?:[.'’-]+[^\W\d_]*)*")
_MAX_CHARS = 200
_MAX_CACHED_NAMES = 65_536


@lru_cache(maxsize=_MAX_CACHED_NAMES)
def sort_name(name: str, language: str = "", set_by_hand: str = "") -> str:
    """The name in the order of words by which it is sorted: "Dvořáková Jana", "Anna Jónsdóttir", "Kovács Péter".

    `language` is that of whoever has the name; `set_by_hand` (`member.sort_name`) overrules it all.
    """
    if set_by_hand.strip():
        return " ".join(set_by_hand.split())
    words, titles = _words(name)
    if len(words) < 2:  # noqa: PLR2004  one word has no order
        return " ".join(name.split())
    return " ".join([*_in_order(words, name, language), *titles])


def given_name(name: str, language: str = "") -> str:
    """The given name that a name day hangs on, "" where none is: the known one, else the word where it stands."""
    from app.templates.first_names import first_name  # noqa: PLC0415  not needed for the first paint

    words, _titles = _words(name)
    known = first_name(name, language)
    if known or not words:
        return known
    if language == "hu" and is_in_calendar(words[0], "hu") and not is_in_calendar(words[-1], "hu"):
        return words[0]
    return words[-1] if language == "hu" and len(words) > 1 else words[0]


def is_patronymic(word: str, language: str = "") -> bool:
    """Whether a name's last word says whose child its bearer is, and no family: Jónsdóttir; Jónsson of an Icelander.

    Names in -dóttir are so in any language, those in -son only for who writes Icelandic: Johnson is a family name.
    """
    bare = word.casefold()
    return bare.endswith(_PATRONYMIC[:2]) or (language == "is" and bare.endswith(_PATRONYMIC[2:]))


def _words(name: str) -> tuple[list[str], list[str]]:
    """The words of a name and its titles; no words where it is no person's name."""
    if len(name) > _MAX_CHARS or name.startswith("@"):
        return [], []
    titles_known, no_person = _known()
    before, comma, after = name.partition(",")
    parts = name.split()
    if comma and any(fold(word).strip(".,") not in titles_known for word in after.split()):
        parts = [*after.split(), *before.split()]
    words: list[str] = []
    titles: list[str] = []
    for part in parts:
        word = part.strip(",")
        bare = fold(word).rstrip(".")
        if bare in no_person or _PLAIN.fullmatch(word) is None:
            return [], []
        (titles if bare in titles_known else words).append(word)
    return words, titles


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    """Titles, and words of which nobody is called; folded, without dots at their end."""
    from app.templates import known_names  # noqa: PLC0415  not needed for the first paint

    def folded(words: str) -> frozenset[str]:
        return frozenset(fold(word).rstrip(".") for word in words.split())

    return folded(known_names.TITLES), folded(known_names.NOBODY) | folded(known_names.FIRMS)


def _in_order(words: list[str], name: str, language: str) -> list[str]:
    from app.templates.first_names import first_name, is_given  # noqa: PLC0415  not needed for the first paint

    if is_patronymic(words[-1], language) or language == "is":
        turned = is_patronymic(words[0], language) and not is_patronymic(words[-1], language)
        return [*words[1:], words[0]] if turned else words
    if language == "hu":
        turned = is_in_calendar(words[0], "hu") and not is_in_calendar(words[-1], "hu")
        return [words[-1], *words[:-1]] if turned else words
    first, last = (word.casefold().endswith("ová") for word in (words[0], words[-1]))
    if first and not last:  # a Czech family name tells by itself
        return words
    if first == last and is_given(words[-1]) and first_name(name, language) == words[-1] != words[0]:
        return words  # the family name stands first already
    begin = len(words) - 1
    while begin > 1 and words[begin - 1] in _PARTICLES:
        begin -= 1
    return [*words[begin:], *words[:begin]]
