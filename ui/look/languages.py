"""Languages as people name them: in their own words on tabs, in the window's words inside sentences."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLocale

HOUSE = ("en", "is", "hu", "cs", "el")
"""The languages that texts are kept in, in the order of the tabs."""


@cache
def own_name(code: str) -> str:
    """The language in its own words, `Čeština`; the code itself where Qt does not know it."""
    known = QLocale.codeToLanguage(code)
    if known in (QLocale.Language.AnyLanguage, QLocale.Language.C):
        return code
    if known == QLocale.Language.English:
        return "English"
    name = QLocale(known).nativeLanguageName() or QLocale.languageToString(known)
    return name[:1].upper() + name[1:]


@cache
def name(code: str) -> str:
    """The language in English, `Czech`; the code itself where Qt does not know it."""
    known = QLocale.codeToLanguage(code)
    return code if known in (QLocale.Language.AnyLanguage, QLocale.Language.C) else QLocale.languageToString(known)
