"""Lists of words in five languages, as patterns over folded words."""

from __future__ import annotations

import re
from functools import cache

from app.base import resources


@cache
def word_pattern(name: str, language: str, what: str) -> re.Pattern[str]:
    """What finds any of the words of a list of a resource in a folded text that begins and ends with a space.

    A word that ends with a star is a beginning.
    """
    words = resources.table(name)[language][what]
    return re.compile("|".join(
        f" {re.escape(word.removesuffix('*'))}{'' if word.endswith('*') else ' '}" for word in words
    ))  # fmt: skip
