"""Which of a letter's two versions holds its words: the plain one, unless that stands for nothing.

Rule: RFC 2046, 5.1.4 says that both hold the same. Programs that write HTML alone put a sentence about HTML into the
plain part, an address to look at it in the browser, a blank character, or the first words.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from app.base.text import fold, folded_words, visible

_TWICE, _FEW_LETTERS = 2, 300  # a page of about the plain part's length says the same: reading it takes longest
_MANY_WORDS = 10  # that the plain part lacks: then the page is kept as well
_SHORT = 600
"""Characters from which a plain part is a text of its own."""
_PART = 10  # a plain part under a tenth of the page is its beginning
_MANY = 40  # times as long a page may be before it is read to compare: tags and styles take most of it
_LOOKED_AT = 12
_SIGNS = 0x2190  # arrows, emoji and all that lies beyond say something too
_WORD = re.compile(r"[^\W\d_]{2,40}")
_ADDRESS = re.compile(r"https?://\S{1,2000}")
_IMAGE = re.compile(r"\[(?:image: ?|cid:|inline image)[^\]\n]{0,200}\]", re.IGNORECASE)
"""What Gmail and Outlook write into the plain part for a picture of the page."""
_TAG = re.compile(r"<[^<>]*+>?|\s++")
_ABOUT = ("html", "browser", "prohlížeč", "böngésző", "vafra", "πρόγραμμα περιήγησης", "φυλλομετρητή")
"""Words by which a plain part speaks of itself, in the languages that the product knows."""


def is_blank(text: str) -> bool:
    """Whether nobody can read anything in it, be it that a picture stands there."""
    if any(map(str.isalnum, text[:_LOOKED_AT].partition("[")[0])):  # nearly always: the first word tells
        return False
    said = _IMAGE.sub("", visible(text))
    return not any(letter.isalnum() or ord(letter) > _SIGNS for letter in said)


def may_stand_for_nothing(plain: str, page: str) -> bool:
    """Whether it is worth comparing: nearly all plain parts have the page's words, which a look at the source shows."""
    if is_blank(plain):
        return True
    if len(plain) > _SHORT:
        return False
    words = [found[0] for found in islice(_WORD.finditer(plain), _LOOKED_AT)]
    return len(plain) * _MANY < len(page) or sum(word in page for word in words) * 2 < len(words)


def may_say_more(plain: str, page: str, octets: int) -> bool:
    """Whether a page of this many bytes may say what the plain part beside it does not."""
    if octets >= _TWICE * len(plain) + _FEW_LETTERS:
        return True
    most = _TWICE * len(plain)
    return len(plain) <= _SHORT and len(page) > most and len(_TAG.sub("", page)) > most


def says_more(other: str, said: str) -> bool:
    """Whether a version has many words that the one that is shown lacks."""
    theirs = Counter(folded_words(other).split())
    lacking = (theirs - Counter(folded_words(said).split())).total()
    return lacking >= _MANY_WORDS or lacking * 2 > theirs.total()


def stands_for_nothing(plain: str, shown: str) -> bool:
    """Whether the page's text is the letter, and not the plain part beside it."""
    if is_blank(plain):
        return not is_blank(shown)
    theirs = {fold(word) for word in _words(shown)}
    if len(plain) > _SHORT or not theirs:
        return False
    words = {fold(word) for word in _words(_ADDRESS.sub(" ", plain))}
    common = len(words & theirs)
    if words and common * 2 >= len(words):
        return len(plain) * _PART < len(shown)
    folded = plain.casefold()
    return len(_ADDRESS.sub("", plain)) <= len(shown) or any(word in folded for word in _ABOUT)


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
