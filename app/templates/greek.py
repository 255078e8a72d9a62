"""Greek names in sentences: the article before a name."""

from __future__ import annotations

from app.base.scripts import GREEK, without_accents

_BOTH_ARTICLES = "ο/η"
_ARTICLES = ("ο", "η", _BOTH_ARTICLES)
_FEMININE_ENDINGS = ("α", "η", "ω")


def with_article(name: str) -> str:
    """Return the name with its nominative article, by its ending: η Κατερίνα, ο Νίκος; ο/η if that is ambiguous.

    Ambiguous are names in -ις (ο Πάρις, η Άρτεμις), and names in other scripts.
    """
    end = without_accents(name)
    if not GREEK.search(name) or end.endswith("ις"):
        return f"{_BOTH_ARTICLES} {name}"
    if end.endswith("ς"):
        return f"ο {name}"
    return f"η {name}" if end.endswith(_FEMININE_ENDINGS) else f"{_BOTH_ARTICLES} {name}"


def begun(words: str) -> str:
    """Return words as they begin a sentence: their article, if they have one, is a capital (Ο Νίκος, Ο/Η Jón)."""
    article, space, name = words.partition(" ")
    return f"{article.upper()}{space}{name}" if article in _ARTICLES else words
