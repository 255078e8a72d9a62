"""Hungarian names in sentences: the family name first, and -nak or -nek by vowel harmony. Pure."""

from __future__ import annotations

from app.templates import known_names

_BACK, _FRONT = "aáoóuúâăôûåą", "eöőüűěëêęäæøœ"
"""What is in neither (i, í, é) goes with both: the vowels before it decide."""
_FRONT_ALL_THE_SAME = frozenset(("noémi", "mei"))
_LENGTHENED = {"a": "á", "e": "é"}
_DIGRAPHS = ("gy", "ly", "ny", "ty")


def dative(name: str) -> str:
    """A name with -nak or -nek: Anna: Annának, Bence: Bencének, Dániel: Dánielnek; "" for one in another script."""
    low = name.lower()
    if not low or not _is_latin(low):
        return ""
    stem = name[:-1] + _LENGTHENED.get(low[-1], name[-1])
    return f"{stem}{'nak' if _is_back(low) else 'nek'}"


def family_first(words: list[str]) -> list[str]:
    """The words of a Hungarian's name in Hungarian order: a known given name before a family name changes places."""
    given = known_names.hungarian()
    first, last = words[0].casefold(), words[-1].casefold()
    if len(words) > 1 and first in given and last not in given:
        return [words[-1], *words[:-1]]
    return words


def _is_latin(low: str) -> bool:
    return all(not letter.isalpha() or letter < "\u0250" for letter in low)


def _is_back(low: str) -> bool:
    """Whether a word takes -nak: by its last vowel that goes with one alone."""
    if low in _FRONT_ALL_THE_SAME:
        return False
    for at in range(len(low) - 1, -1, -1):
        letter = low[at]
        if letter == "y" and at and low[at - 1 : at + 1] in _DIGRAPHS:
            continue
        if letter in _BACK:
            return True
        if letter in _FRONT:
            return False
    return False
