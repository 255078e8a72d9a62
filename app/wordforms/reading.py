"""A text as a Lexicon looks at it: its words folded, with how each was typed. Pure."""

from __future__ import annotations

import re
import unicodedata

from app.base.text import fold, visible
from app.wordforms.lexicon import Lexicon, Token

_WORD = re.compile(r"[^\W_]+")
_FEW = 50
"""A text in which fewer than one letter in so many has an accent is written without, as some people do."""


class Reading:
    """The words of a text, read once for any number of lexicons."""

    def __init__(self, text: str) -> None:
        """Signs that nobody sees are left out; letters with their accents apart are put together."""
        plain = unicodedata.normalize("NFC", visible(text)).casefold()
        self._bare = plain.isascii() or sum(not one.isascii() and one.isalpha() for one in plain) * _FEW < len(plain)
        self._typed: dict[int, str] = {}
        self._tokens: list[Token] = []
        parts: list[str] = []
        at = length = 0
        for one in _WORD.finditer(plain):
            gap, word = plain[at : one.start()], fold(one[0])
            length += len(gap)
            self._tokens.append(Token(word, length, length + len(word)))
            self._typed[length] = one[0]
            parts += gap, word
            length, at = length + len(word), one.end()
        self._folded = "".join(parts)

    def has_any_of(self, lexicon: Lexicon) -> bool:
        """Whether a term of the lexicon is there, in any form."""
        found = lexicon.find(self._tokens, self._folded, lambda token: self._typed[token.start], bare=self._bare)
        return next(found, None) is not None
