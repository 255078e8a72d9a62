"""Names of languages: in the language itself on tabs, in English in sentences."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLocale

HOUSE = ("en", "is", "hu", "cs", "el")
"""The codes of our languages, in which texts are kept, in the order of the tabs."""


@cache
def own_name(code: str) -> str:
    """The language's own name, `Čeština`; the code itself if Qt does not know it."""
    known = QLocale.codeToLanguage(code)
    if known in (QLocale.Language.AnyLanguage, QLocale.Language.C):
        return code
    if known == QLocale.Language.English:
        return "English"
    name = QLocale(known).nativeLanguageName() or QLocale.languageToString(known)
    return name[:1].upper() + name[1:]


@cache
def name(code: str) -> str:
    """The language's English name, `Czech`; the code itself if Qt does not know it."""
    known = QLocale.codeToLanguage(code)
    return code if known in (QLocale.Language.AnyLanguage, QLocale.Language.C) else QLocale.languageToString(known)
