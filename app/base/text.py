"""Text as people type it: folding for search, previews.

`fold` alone decides which letters compare equal. SQLite's own `remove_diacritics` misses Greek accents, the final sigma
and þ ð æ ø ł đ, so both texts and queries are folded here before FTS5 sees them.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"þ": "th", "ð": "d", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ς": "σ", "ı": "i"})
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_PICTURE = "\u203c-\u3299\U0001f000-\U0001faff"
_NOT_JOINING = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0e\ufeff]"
    rf"|(?<![\w\ufe0f{_PICTURE}])[\u200c\u200d]|[\u200c\u200d](?![\w{_PICTURE}])|(?<![\u00a9\u00ae#*0-9{_PICTURE}])\ufe0f"
)
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f]"
)
_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")
_MAX_CACHED_CHARS = 40  # longer tokens are mostly links, which do not recur
_CACHE_TOKENS = 40_000  # about 6 MB


def fold(text: str) -> str:
    """Normalize text for search: ignores case, accents, invisible characters and a few spelling variants of letters.

    The result may be longer or shorter than the text; it is not for display.
    """
    if text.isascii():
        return text.lower()
    try:
        return text.translate(_letters)
    except _NeedsFullNormalization:
        return _folded(text)


def is_rtl(text: str) -> bool:
    """Whether the first strong character is right-to-left (Unicode UAX #9, rule P2); False for a text without any."""
    if text.isascii():
        return False
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind == "L":
            return False
        if kind in {"R", "AL"}:
            return True
    return False


def visible(text: str) -> str:
    """The text without characters that nobody sees: zero-width and direction marks, soft hyphens, byte order marks."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def legible(text: str) -> str:
    """The same, with what parts or joins letters and pictures: a family of emoji, a heart in red, Persian words."""
    return text if text.isascii() else _NOT_JOINING.sub("", text)


def trimmed(text: str) -> str:
    """The text without white space and such characters at either end; those within it stay."""
    if text.isascii():
        return text.strip()
    begin, end = 0, len(text)
    while begin < end and _is_blank(text[begin]):
        begin += 1
    while end > begin and _is_blank(text[end - 1]):
        end -= 1
    return text[begin:end]


def _is_blank(letter: str) -> bool:
    return letter.isspace() or _INVISIBLE.match(letter) is not None


def _folded(text: str) -> str:
    """Fold without the per-letter cache."""
    bare = _ACCENTS.sub("", unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)))
    return bare.casefold().translate(_LETTERS)


class _NeedsFullNormalization(Exception):
    """The text has a combining mark that is kept; its position depends on its neighbours, so fold the whole text."""


class _Letters(dict[int, str]):
    """A cache for str.translate: code point -> folded letter. Three times as fast as normalizing."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code))
        if any(unicodedata.combining(part) and not _ACCENTS.match(part) for part in parts):
            raise _NeedsFullNormalization
        self[code] = folded = _folded(chr(code))
        return folded


_letters = _Letters()


class _Tokens(dict[str, str]):
    """A cache: whitespace-separated token -> its folded words.

    Folding never looks beyond white space, so a token folds the same in any text.
    """

    def __missing__(self, piece: str) -> str:
        folded = fold(piece)
        bare = folded if folded.isalnum() else " ".join(_WORD.findall(folded))
        if len(piece) <= _MAX_CACHED_CHARS:
            if len(self) >= _CACHE_TOKENS:
                self.clear()
            self[piece] = bare
        return bare


_tokens = _Tokens()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return folded_words(text).split()


def folded_words(text: str) -> str:
    """The folded words of a text in one string, separated by single spaces."""
    joined = " ".join(map(_tokens.__getitem__, text.split()))
    return " ".join(joined.split()) if "  " in f" {joined} " else joined  # a token without words leaves an empty piece


def repair_surrogates(text: str) -> str:
    """Join surrogate pairs and replace lone surrogates with U+FFFD; JSON can carry lone ones, UTF-8 cannot."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def preview(text: str, length: int = 140) -> str:
    """The start of the text on one line, at most `length` characters."""
    return _SPACE.sub(" ", text[: length * 2]).strip()[:length]
