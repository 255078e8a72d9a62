"""Which of five languages a sentence is in, by its small words and letters, with CLD2's guess where it is installed.

What is short or mixed is in none for certain: "" is better than a guess.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.base.text import visible

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = {
    "en": (
        "the and you your is are was were this that with for have has had not will would can i we they it of to "
        "from my our be been there what when how which if but just about so here he she him her his their there's "
        "i'm don it's yes please thanks should could in on at as by or us"
    ),
    "is": (
        "og að ekki það er í á sem við þú þér ég með um til frá fyrir hann hún þetta þessi var eru verið hafa "
        "hefur þá líka eða en ef því okkur okkar ykkur sig sér kl þið mér mig hér núna svo vel bara eftir undan "
        "yfir þegar hvort hvernig"
    ),
    "hu": (
        "az és hogy nem is egy ez azt van volt lesz meg már még csak de ha vagy mint minden itt ott nagyon ezt "
        "azért után köszönöm köszi kell lehet majd mert akkor én mi ti ők szerint nekem neked nincs vagyok vannak "
        "el ki ma most"
    ),
    "cs": (
        "se na že je jsem jsme jste to v ve do si pro ale jak nebo už tak za od po co které který která při bude "
        "budeme byl byla bylo není ještě taky také vám vás nám nás mi mě děkuji díky dobrý den prosím když kdyby "
        "abych aby než teď kde"
    ),
    "el": "",
}
_WORDS = {code: frozenset(words.split()) for code, words in _SMALL.items()}
_LETTERS = {"is": frozenset("þðæ"), "hu": frozenset("őű"), "cs": frozenset("ěřůťďňšžč")}
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_BREAK = re.compile(r"(?<=[.!?…;·])[\s»”“\"')\]]+|\n[ \t]*\n\s*")
_GUESS, _ENOUGH, _AHEAD, _LETTER = 1.5, 2.0, 1.0, 1.5
_MOST_CHARS = 600


def sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a text begins and ends; together they are the whole text."""
    ends = [one.end() for one in _BREAK.finditer(text)]
    starts = [0, *ends]
    return [(start, end) for start, end in zip(starts, [*ends, len(text)], strict=True) if start < end]


@lru_cache(maxsize=4096)
def spoken(sentence: str) -> str:
    """The language that a sentence is in for certain, one of five or another that CLD2 is sure of; "" if none is."""
    plain = visible(sentence[:_MOST_CHARS]).casefold()
    words = _WORD.findall(plain)
    greek = len(_GREEK.findall(plain))
    if greek:
        return "el" if greek * 2 > sum(map(len, words)) else ""
    points = {code: float(sum(word in small for word in words)) for code, small in _WORDS.items()}
    for code, letters in _LETTERS.items():
        points[code] += _LETTER if letters & set(plain) else 0
    from app.base import language as guessing  # noqa: PLC0415  the tables of pycld2 take 15 MB

    guess = guessing.of(sentence[:_MOST_CHARS])
    if guess:
        points[guess] = points.get(guess, 0.0) + _GUESS
    best, second = sorted(points, key=lambda code: -points[code])[:2]
    sure = points[best] >= _ENOUGH and points[best] - points[second] >= _AHEAD
    return best if sure else ""
