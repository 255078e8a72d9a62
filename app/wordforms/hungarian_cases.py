"""Number and case of Hungarian nouns: which a word is in, and another in the same. Pure.

Only what is certain. Monosyllables and words in -as, -os, -es and -ös have no plural here: it is házak but gázok, and
okosok as well as okosak. Nor have those that may lose a vowel (étterem, but észrevétel) or its length (ügyfél, tanár).
"""

from __future__ import annotations

from functools import lru_cache

from app.wordforms.hungarian import VOWELS, harmony, has_other_stem, last_consonant, oblique

_BACK, _ROUND = "back", "round"
_CASES = {
    "in": ("ban", "ben"), "into": ("ba", "be"), "out of": ("ból", "ből"), "to": ("nak", "nek"), "at": ("nál", "nél"),
    "onto": ("ra", "re"), "off": ("ról", "ről"), "from": ("tól", "től"), "until": ("ig", "ig"),
    "for": ("ért", "ért"), "as": ("ként", "ként"),
}  # fmt: skip
_BARE_BEFORE_T = ("n", "l", "r", "j", "s", "z", "sz", "zs", "ny", "ly")
"""Behind these the accusative has no vowel of its own: csomagot, but mobilt and vásárlást."""
_UNSURE_ENDS = ("as", "os", "es", "ös")


def in_case(form: str, word: str, better: str) -> str | None:
    """`better` in the number and case in which `form` is of `word`; None where the two aren't certain."""
    mine = _cases(word)
    kinds = [kind for kind, made in mine.items() if made == form]
    others = _cases(better)
    found = {others[kind] for kind in kinds if kind in others}
    return found.pop() if len(found) == 1 and all(kind in others for kind in kinds) else None


@lru_cache(maxsize=256)
def _cases(word: str) -> dict[str, str]:
    """The forms of a noun by number and case; nothing where they aren't certain."""
    if len(word) < 3 or not word.isalpha() or has_other_stem(word):  # noqa: PLR2004  a syllable and more
        return {}
    kind = harmony(word)
    if not kind:
        return {}
    found = {name: made for name, made in _singular(word, kind).items() if made}
    plural = _plural(word, kind)
    if plural:
        found["many"] = plural
        link = "a" if kind == _BACK else "e"
        found |= {f"many {name}": made for name, made in _consonantal(plural, kind).items()}
        found |= {"many t": f"{plural}{link}t", "many n": f"{plural}{'on' if kind == _BACK else _on(kind)}"}
    return found


def _singular(word: str, kind: str) -> dict[str, str]:
    stem = oblique(word)[0]
    found = _consonantal(stem, kind)
    if stem[-1] in VOWELS:
        return found | {"t": f"{stem}t", "n": f"{stem}n"}
    if _may_bend(word):
        return found
    link = _link(word, kind)
    found["n"] = f"{stem}{'on' if kind == _BACK else _on(kind)}"
    if last_consonant(stem) in _BARE_BEFORE_T:
        return found | {"t": f"{stem}t"}
    return found | ({"t": f"{stem}{link}t"} if link else {})


def _consonantal(stem: str, kind: str) -> dict[str, str]:
    """The cases whose endings begin with a consonant, or never change."""
    back = kind == _BACK
    found = {name: stem + pair[not back] for name, pair in _CASES.items()}
    found["near"] = stem + ("hoz" if back else "höz" if kind == _ROUND else "hez")
    last, end = last_consonant(stem), "al" if back else "el"
    found["with"] = stem[: len(stem) - len(last)] + (last[0] + last if last else "v") + end
    return found


def _plural(word: str, kind: str) -> str:
    stem = oblique(word)[0]
    if stem[-1] in VOWELS:
        return f"{stem}k"
    if _may_bend(word):
        return ""
    link = _link(word, kind)
    return f"{stem}{link}k" if link else ""


def _may_bend(word: str) -> bool:
    """Whether its stem may change before a vowel, as that of some words like it does."""
    return len(oblique(word)) > 1 or (word[-2] in "áé" and word[-1] in "lrztn")


def _link(word: str, kind: str) -> str:
    """The vowel before -k and -t; "" where it isn't certain."""
    if sum(letter in VOWELS for letter in word) < 2 or word.endswith(_UNSURE_ENDS):  # noqa: PLR2004  házak, gázok
        return ""
    return {_BACK: "o", _ROUND: "ö"}.get(kind, "e")


def _on(kind: str) -> str:
    return "ön" if kind == _ROUND else "en"
