"""Text that people typed: folding for search, previews, first names.

`fold` is the one place that decides which letters count as the same. SQLite's own `remove_diacritics` misses Greek
accents, the final sigma and þ ð æ ø ł đ, so text is folded here before it is indexed, and so is every question.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans({"þ": "th", "ð": "d", "æ": "ae", "ø": "o", "œ": "oe", "ł": "l", "đ": "d", "ς": "σ", "ı": "i"})
_DROPPED = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f]"
)
_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")
_RANKS = frozenset(
    "dr drs prof doc phd ing mgr bc mudr judr mvdr phdr rndr paeddr thdr ifj id özv mr mrs ms mx miss sir madam herra"
    " frú séra pan pán paní slečna κ κος κα κύριος κυρία δρ δις".casefold().split()
)
"""What people put before or behind a name; nobody is greeted by it."""
_WIFE = "né"  # Kovács Jánosné: the wife of Kovács János
_LONGEST_WORD = 40  # longer pieces are links and the like, which do not come again
_MEMORY = 40_000  # pieces that are remembered, some 6 MB


def fold(text: str) -> str:
    """The text as search compares it: case, accents, invisible marks and a few letters' spellings do not count.

    The result can be longer or shorter than the text; it is not for showing.
    """
    if text.isascii():
        return text.lower()
    try:
        return text.translate(_letters)
    except _NeedsFullNormalization:
        return _folded(text)


def _folded(text: str) -> str:
    """`fold` by the rules themselves."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", _DROPPED.sub("", text)))
    return bare.casefold().translate(_LETTERS)


class _NeedsFullNormalization(Exception):
    """A mark that stays and whose place depends on its neighbours: such a text is not folded letter by letter."""


class _Letters(dict[int, str]):
    """Letters as they are folded, each found out once: three times as fast as the rules."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", chr(code))
        if any(unicodedata.combining(part) and not _MARKS.match(part) for part in parts):
            raise _NeedsFullNormalization
        self[code] = folded = _folded(chr(code))
        return folded


_letters = _Letters()


class _Pieces(dict[str, str]):
    """What stands between white space -> its folded words. Folding looks at no letter beyond, so it holds anywhere."""

    def __missing__(self, piece: str) -> str:
        folded = fold(piece)
        found = folded if folded.isalnum() else " ".join(_WORD.findall(folded))
        if len(piece) <= _LONGEST_WORD:
            if len(self) >= _MEMORY:
                self.clear()
            self[piece] = found
        return found


_pieces = _Pieces()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return folded_words(text).split()


def folded_words(text: str) -> str:
    """`words` in one string, with one space between them."""
    found = " ".join(map(_pieces.__getitem__, text.split()))
    return " ".join(found.split()) if "  " in f" {found} " else found  # a piece may hold no word


def whole(text: str) -> str:
    """Joins surrogate pairs and replaces lone surrogates with U+FFFD: JSON can carry them, no file can."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def preview(text: str, length: int = 140) -> str:
    """The text's beginning on one line, at most `length` characters."""
    return _SPACE.sub(" ", text[: length * 2]).strip()[:length]


def first_name(name: str, language: str = "") -> str:
    """The name to greet by, without titles; "" for a handle, a title with one name (Mrs Bell), or nothing.

    It is the first word, in Hungarian the one after the family name: Nagy Anna Mária is called Anna. A wife's name
    (Kovács Jánosné) holds only her husband's, so there is none; in Kovácsné Szabó Ilona it stands before her own.
    """
    if name.startswith("@"):
        return ""
    given = name.replace(",", " ").split() if language == "hu" else name.split()
    parts = [part for part in given if part.casefold().strip(".,") not in _RANKS]
    if len(parts) < 2 and len(parts) < len(given):  # noqa: PLR2004  what is left may be the family name
        return ""
    return _hungarian(parts) if language == "hu" else "".join(parts[:1])


def _hungarian(parts: list[str]) -> str:
    words = [part for part in parts if not part.endswith(".")] or parts  # B. Nagy Anna, Kiss J. Anna
    if len(words) > 2 and _of_a_wife(words[0]):  # noqa: PLR2004
        words = words[1:]
    first = "".join(words[1:2] or words[:1])
    return "" if _of_a_wife(first) else first


def _of_a_wife(word: str) -> bool:
    return word.endswith(_WIFE) and word != "René"
