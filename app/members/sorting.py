"""In which order of its words a name is listed, which of them is the given one, and which the family's. Pure.

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
    given, family = _parted(words, name, language)
    return " ".join([*(given + family if _is_by_given_name(family, language) else family + given), *titles])


def split_name(name: str, language: str) -> tuple[str, str]:
    """The given names and the family's, or the patronymic, for files that want a name in two parts; nothing is lost.

    A single word is a given name, and so is all of what is no person's name: a handle, a firm. Titles stay with the
    names that they stand beside.
    """
    words, titles = _words(name)
    if len(words) < 2:  # noqa: PLR2004  one word has no parts
        return name, ""
    given, family = _parted(words, name, language)
    said = name.replace(",", " ").split()
    before = said[: next(place for place, word in enumerate(said) if word not in titles)]
    after = list(titles)
    for title in before:
        after.remove(title)
    return " ".join([*before, *given]), " ".join([*family, *after])


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


def _is_by_given_name(family: list[str], language: str) -> bool:
    """Whether a name is listed by its given name: an Icelander's, and any with a patronymic."""
    return language == "is" or is_patronymic(family[-1], language)


def _parted(words: list[str], name: str, language: str) -> tuple[list[str], list[str]]:
    """The given names, and the family's or the patronymic, of at least two words."""
    from app.templates.first_names import first_name, is_given  # noqa: PLC0415  not needed for the first paint

    stands_first = words[1:], words[:1]
    stands_last = words[:-1], words[-1:]
    if is_patronymic(words[-1], language) or language == "is":
        turned = is_patronymic(words[0], language) and not is_patronymic(words[-1], language)
        return stands_first if turned else stands_last
    if language == "hu":
        turned = is_in_calendar(words[0], "hu") and not is_in_calendar(words[-1], "hu")
        return stands_last if turned else stands_first
    first, last = (word.casefold().endswith("ová") for word in (words[0], words[-1]))
    if first and not last:  # a Czech family name tells by itself
        return stands_first
    if first == last and is_given(words[-1]) and first_name(name, language) == words[-1] != words[0]:
        return words[-1:], words[:-1]  # the family name stands first already
    begin = len(words) - 1
    while begin > 1 and words[begin - 1] in _PARTICLES:
        begin -= 1
    return words[:begin], words[begin:]
