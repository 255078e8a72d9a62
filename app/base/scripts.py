"""Names in Greek letters spelled in Latin ones: as in passports, and letter by letter, as people type them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from app.base.text import fold

GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")
_LATIN = str.maketrans({
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
})  # fmt: skip
_PAIRS = (("ου", "ou"), ("γγ", "ng"), ("γχ", "nch"))
_AV_EV = re.compile(r"([αε])υ(?=([θκξπσςτφχψ]|$)?)")  # "f" before these letters, "v" before others
_MAX_CACHED_WORDS = 4096


def in_latin(name: str) -> str:
    """Transliterate a Greek name as in passports (ISO 843), without accents: Κατερίνα becomes Katerina."""
    if not GREEK.search(name):
        return name
    return " ".join(_word(word) for word in name.split())


def without_accents(name: str) -> str:
    """The name in small letters without accents; its final sigma stays."""
    parts = unicodedata.normalize("NFD", name.lower())
    return "".join(char for char in parts if not unicodedata.combining(char))


def _word(word: str) -> str:
    spelled = without_accents(word)
    for pair, letters in _PAIRS:
        spelled = spelled.replace(pair, letters)
    spelled = _AV_EV.sub(lambda hit: hit[1] + ("v" if hit[2] is None else "f"), spelled)
    spelled = spelled.translate(_LATIN)
    return spelled[:1].upper() + spelled[1:] if word[:1].isupper() else spelled


def letter_by_letter(text: str) -> str:
    """The folded text with each Greek letter in its Latin one: Ευτυχία becomes eytychia. Other letters stay."""
    return fold(text).translate(_LATIN)


@lru_cache(maxsize=_MAX_CACHED_WORDS)
def latin_spellings(word: str) -> tuple[str, ...]:
    """How a folded Greek word is spelled in Latin letters, each once; () if it has no Greek letter."""
    if not GREEK.search(word):
        return ()
    return tuple(dict.fromkeys((letter_by_letter(word), fold(in_latin(word)))))
