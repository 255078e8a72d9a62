"""A word put into the form in which another was found: "morons" and "visitor" make "visitors". Pure.

Only where the form is certain: None is better than a wrong ending. English goes by its endings and irregular words,
Icelandic by the dictionary, Hungarian by number and case, Czech and Greek by analogy of two words that end alike.
"""

from __future__ import annotations

import unicodedata

from app.base.text import fold
from app.wordforms.forms import LANGUAGES, is_form

_LEAST_ALIKE = 2  # letters in which two words end, whose other endings are taken to be alike
_LEAST_STEM = 2


def agreed(found: str, base: str, better: str, language: str) -> str | None:
    """`better` in the form that `found` is of `base`, in lower case; None where that isn't known for certain.

    Where `found` is `base` itself, it is `better` as it is. Of several words of `base` one may be in another form;
    `better` may have several in English alone.
    """
    typed, own = _plain(found).split(), _plain(base).split()
    if language not in LANGUAGES or len(typed) != len(own):
        return None
    others = [(one, two) for one, two in zip(typed, own, strict=True) if fold(one) != fold(two)]
    if not others:
        return better
    return _made(*others[0], _plain(better), language) if len(others) == 1 else None


def _made(form: str, word: str, better: str, language: str) -> str | None:
    if language == "en":
        from app.wordforms.english import like  # noqa: PLC0415  loaded with its language

        return like(form, word, better)
    if " " in better:
        return None
    if language == "is":
        from app.wordforms.icelandic import alike  # noqa: PLC0415  as above

        return alike(form, word, better)
    if language == "hu":
        from app.wordforms.hungarian_cases import in_case  # noqa: PLC0415  as above

        return in_case(form, word, better)
    return _by_analogy(form, word, better, language)


def _by_analogy(form: str, word: str, better: str, language: str) -> str | None:
    """Žádost is declined as stížnost is: they end alike, and nothing but the ending changes."""
    stem = _shared(form, word)
    end, rest = word[len(stem) :], form[len(stem) :]
    alike = fold(word)[-_LEAST_ALIKE:] == fold(better)[-_LEAST_ALIKE:]
    if len(stem) < _LEAST_STEM or not alike or not better.endswith(end):
        return None
    made = better[: len(better) - len(end)] + rest
    if not is_form(made, better, language):
        return None
    return f"{made[:-1]}ς" if made.endswith("σ") else made


def _shared(one: str, two: str) -> str:
    at = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    return one[:at]


def _plain(words: str) -> str:
    return unicodedata.normalize("NFC", words).casefold().strip()
