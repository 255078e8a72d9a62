"""A person's name in the form that a sentence of a language needs: `{{first_name:vocative}}`, `{{name:dative}}`. Pure.

What is not sure is "", so that the blank stays open. On formal terms somebody is called by a title and the family name
in Czech and Greek (pane Nováku, κυρία Παπαδοπούλου), else by the first name.
"""

from __future__ import annotations

import re

from app.base.words import N_
from app.templates import czech, greek, hungarian, icelandic

CASES = {
    "accusative": N_("accusative"), "dative": N_("dative"), "genitive": N_("genitive"), "vocative": N_("vocative"),
}  # fmt: skip
"""The forms that a blank of a name can ask for after a colon."""
OF_LANGUAGE = {
    "is": ("accusative", "dative", "genitive"), "hu": ("dative",), "cs": ("vocative",), "el": ("vocative",),
    "en": ("genitive",),
}  # fmt: skip
"""The forms that are known in each language; the vocative is the name itself where there is no form of it."""
FORMAL = "formal"
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LORD = {"cs": ("pane", "paní"), "el": ("κύριε", "κυρία")}


def first_in(first: str, case: str, language: str) -> str:
    """A first name in a case of a language; "" where that form is not sure, or the language is not known here."""
    if not first or case not in CASES:
        return ""
    parts = [_one(part, case, language) for part in first.split("-")]
    if language in ("hu", "en"):  # only the last of two is given an ending
        return _one(first, case, language)
    return "-".join(parts) if all(parts) else ""


def _one(first: str, case: str, language: str) -> str:
    if case == "vocative":
        return {"cs": czech.vocative, "el": greek.vocative}.get(language, str)(first)
    if language == "is":
        return icelandic.case_of(first, case)
    if language == "hu" and case == "dative":
        return hungarian.dative(first)
    return f"{first}’s" if language == "en" and case == "genitive" else ""


def whole_in(name: str, first: str, case: str, language: str, form: str = "") -> str:
    """A whole name in a case of a language; the vocative is how somebody is called on terms of `form`.

    `first` is the word of it that somebody is greeted by, "" where that is not sure; then so is the form.
    """
    if not first:
        return ""
    if case == "vocative":
        return called(name, first, language, form)
    words = written(name, first, language).split()
    if language == "is":
        forms = [icelandic.case_of(word, case) or icelandic.of_parent(word, case) for word in words]
        return " ".join(forms) if all(forms) else ""
    if not words or len(words) != len(_WORD.findall(" ".join(words))):
        return ""
    last = _one(words[-1], case, language)
    return " ".join([*words[:-1], last]) if last else ""


def called(name: str, first: str, language: str, form: str = "") -> str:
    """How somebody is called: on formal terms by a title and the family name, where it is a name of that language."""
    if form != FORMAL or language not in _LORD:
        return first_in(first, "vocative", language)
    module = czech if language == "cs" else greek
    of, family = module.gender(first), family_of(name, first)
    spoken = module.family_vocative(family, of) if of and family else ""
    return f"{_LORD[language][of == 'f']} {spoken}" if spoken else ""


def family_of(name: str, first: str) -> str:
    """The family name in a name of two words of which one is the first name; "" where it is not sure."""
    words = _WORD.findall(name)
    others = [word for word in words if word != first]
    return others[0] if len(words) == len(("given", "family")) and len(others) == 1 else ""


def written(name: str, first: str, language: str) -> str:
    """A whole name as it is written in a language: in Hungarian a Hungarian's family name comes first."""
    words = name.split()
    return " ".join(hungarian.family_first(words)) if language == "hu" and first and len(words) > 1 else name
