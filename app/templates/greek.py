"""Greek names in sentences: the article before a name, and transliteration to Latin for other languages."""

from __future__ import annotations

import re
import unicodedata

_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_BOTH_ARTICLES = "ο/η"
_FEMININE_ENDINGS = ("α", "η", "ω")
_LATIN = str.maketrans({
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
})  # fmt: skip
_PAIRS = (("ου", "ou"), ("γγ", "ng"), ("γχ", "nch"))
_AV_EV = re.compile(r"([αε])υ(?=([θκξπσςτφχψ]|$)?)")  # "f" before these letters, "v" before others


def with_article(name: str) -> str:
    """Return the name with its nominative article, by its ending: η Κατερίνα, ο Νίκος; ο/η if that is ambiguous.

    Ambiguous are names in -ις (ο Πάρις, η Άρτεμις), and names in other scripts.
    """
    end = _bare(name)
    if not _GREEK.search(name) or end.endswith("ις"):
        return f"{_BOTH_ARTICLES} {name}"
    if end.endswith("ς"):
        return f"ο {name}"
    return f"η {name}" if end.endswith(_FEMININE_ENDINGS) else f"{_BOTH_ARTICLES} {name}"


def in_latin(name: str) -> str:
    """Transliterate a Greek name as in passports (ISO 843), without accents: Κατερίνα becomes Katerina."""
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
