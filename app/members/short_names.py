"""What people are called, and the full names that it may stand for: Kati is Katalin, Bob is Robert. Pure.

Czech and Hungarian forms are those of their calendars of name days, the others stand in `resources/short_names`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from app.base import resources
from app.base.text import fold
from app.calendar import name_days

_OF_CALENDARS, _OF_FILES = ("cs", "hu"), ("en", "el", "is")
LANGUAGES = (*_OF_CALENDARS, *_OF_FILES)


def full_names(folded: str, language: str) -> frozenset[str]:
    """The full names, folded, that a folded word may be short for; in any language where `language` is "".

    A language whose forms are not known has none.
    """
    if not language:
        return frozenset().union(*(_forms(one).get(folded, ()) for one in LANGUAGES))
    return _forms(language).get(folded, frozenset())


@cache
def _forms(language: str) -> Mapping[str, frozenset[str]]:
    if language in _OF_CALENDARS:
        calendar = name_days.everyday_forms(language)
        return {short: frozenset((full,)) for short, full in calendar.items() if short != full}  # Haňa is Hana, folded
    found = defaultdict[str, set[str]](set)
    if language in _OF_FILES:
        for line in (resources.ROOT / "short_names" / f"{language}.txt").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                full, *short = map(fold, line.split())
                for name in short:
                    found[name].add(full)
    return {short: frozenset(full) for short, full in found.items()}
