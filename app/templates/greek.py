"""Names in a sentence: the article that Greek puts before one, and Greek names in Latin letters for other languages."""

from __future__ import annotations

import re
import unicodedata

_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_EITHER = "ο/η"
_SHE = ("α", "η", "ω")
_LATIN = str.maketrans({
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
})  # fmt: skip
_PAIRS = (("ου", "ou"), ("γγ", "ng"), ("γχ", "nch"))
_AV_EV = re.compile(r"([αε])υ(?=([θκξπσςτφχψ]|$)?)")  # f before these, v before the others


def with_article(name: str) -> str:
    """The name as a Greek sentence has it for its subject: η Κατερίνα, ο Νίκος; ο/η where the ending does not tell.

    Names in -ις are of both (ο Πάρις, η Άρτεμις), and those in other letters end as they like.
    """
    end = _bare(name)
    if not _GREEK.search(name) or end.endswith("ις"):
        return f"{_EITHER} {name}"
    if end.endswith("ς"):
        return f"ο {name}"
    return f"η {name}" if end.endswith(_SHE) else f"{_EITHER} {name}"


def in_latin(name: str) -> str:
    """A Greek name as its bearer's passport spells it (ISO 843), without accents: Κατερίνα is Katerina."""
    if not _GREEK.search(name):
        return name
    return " ".join(_word(word) for word in name.split())


def _bare(name: str) -> str:
    parts = unicodedata.normalize("NFD", name.lower())
    return "".join(char for char in parts if not unicodedata.combining(char))


def _word(word: str) -> str:
    spelled = _bare(word)
    for pair, letters in _PAIRS:
        spelled = spelled.replace(pair, letters)
    spelled = _AV_EV.sub(lambda hit: hit[1] + ("v" if hit[2] is None else "f"), spelled)
    spelled = spelled.translate(_LATIN)
    return spelled[:1].upper() + spelled[1:] if word[:1].isupper() else spelled
