"""Lists of phrases in several languages, looked for as whole words in folded text. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from app.base.text import fold, folded_words

_ENGLISH = "en"


class Phrases:
    """Phrases by language: in each text they are separated by semicolons, and * at the end is any ending."""

    def __init__(self, by_language: Mapping[str, str]) -> None:
        """Fold them once."""
        self._by_language = {
            language: tuple(_as_found(phrase) for phrase in listed.split(";") if phrase.strip())
            for language, listed in by_language.items()
        }
        self._all = tuple(phrase for listed in self._by_language.values() for phrase in listed)

    def stand_in(self, spaced: str) -> bool:
        """Whether one of them stands in a text that `spaced` made."""
        return any(phrase in spaced for phrase in self._all)

    def count(self, spaced: str, language: str = "") -> int:
        """How many of them stand in a text that `spaced` made, each counted once.

        Of a text in a language that is listed, those in it and in English, which people fall into; else of all.
        """
        return sum(phrase in spaced for phrase in self._of(language))

    def _of(self, language: str) -> tuple[str, ...]:
        own = self._by_language.get(language)
        if own is None or language == _ENGLISH:
            return self._all if own is None else own
        return own + self._by_language.get(_ENGLISH, ())

    def begin(self, spaced: str, language: str = "") -> bool:
        """Whether a text that `spaced` made begins with one of them: of its language, of any where that is unknown."""
        return spaced.startswith(self._by_language.get(language, self._all))


def spaced(text: str) -> str:
    """The folded words of a text with a blank before and after each, as `Phrases` look for them."""
    return f" {folded_words(text)} "


def sentences(text: str) -> list[str]:
    """The sentences of a text, roughly: each ends where a mark, or the line, does; the mark stays."""
    found, begin = list[str](), 0
    for place, letter in enumerate(text):
        if letter in ".!?…;\n\u037e" and text[place + 1 : place + 2] not in (*".!?…;\u037e",):
            found.append(text[begin : place + 1].strip())
            begin = place + 1
    found.append(text[begin:].strip())
    return [sentence for sentence in found if sentence]


def _as_found(phrase: str) -> str:
    stem = phrase.strip().removesuffix("*")
    if phrase.strip().endswith("*"):
        return f" {' '.join(fold(stem).split())}"
    return f" {folded_words(stem)} "
