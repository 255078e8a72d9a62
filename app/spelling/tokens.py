"""Which words of a text are looked up, and where they are. Pure.

Left out is what no dictionary can know: quoted lines, links, addresses, file names, @handles, #tags, blanks of a
template, `code`, numbers and what is joined to one, words in capitals or with a capital inside (NATO, WordPress), and
words of another script than the language's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_LETTER = r"[^\W\d_]"
_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"{_LETTER}[^\W\d_{_MARKS}]*[{_MARKS}]?(?:['’ʼ\-‐‑]?(?:{_LETTER}|[{_MARKS}\u00ad]))*")
_QUOTED = re.compile(r"[ \t]{0,8}[>|»]")
_FENCE = re.compile(r"[ \t]{0,8}```")
# what stands behind a number: 30 γρ, 250 ml
_UNITS = "[mcdhμ]l|[mkd]g|dkg|[kcmdn]m|min|sec|kr|ft|Ft|Kč|lt|γρ|γραμ|λτ|κιλ|χλμ|χιλ|χλγ|εκ|ευρ"
_LEFT_OUT = re.compile(
    r"\{\{[^{}\n]{0,200}\}\}"
    r"|`[^`\n]{1,500}`"
    r"|(?:https?://|www\.)\S+"
    r"|[\w.+%-]{1,64}@[\w.-]{1,255}"
    r"|(?<![\w/])[@#][\w.:/-]+"
    r"|(?<!\w):[a-z0-9_+-]{2,40}:(?!\w)"
    r"|(?:[^\W_][\w-]{0,62}\.){1,8}[^\W\d_]{2,24}(?:/\S*)?(?!\w)"
    r"|[\w~.-]{0,64}[/\\]\S{0,500}"
    rf"|(?=\S{{0,60}}\d)[\w.,:'’%-]{{1,80}}(?:[ \u00a0\u202f](?:{_UNITS})(?![^\W_]))?"
)
_ELISION = re.compile(r"[^\W\d_]{1,4}['’ʼ᾽]")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_HEBREW = re.compile("[\u0590-\u05ff]")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_LATIN = re.compile("[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_SCRIPTS = {
    "el": _GREEK, "ru": _CYRILLIC, "uk": _CYRILLIC, "be": _CYRILLIC, "bg": _CYRILLIC, "mk": _CYRILLIC,
    "he": _HEBREW, "ar": _ARABIC, "fa": _ARABIC,
}  # fmt: skip
_MAX_LETTERS = 60  # longer ones are no words
_MAX_SHORT, _MAX_SUFFIX = 4, 5
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‐": "-", "‑": "-", "\u00ad": None})
_ACUTE = "\u0301"


class Token(NamedTuple):
    """A word to look up: character offsets in its line, and the word as dictionaries spell it (NFC, plain marks)."""

    start: int
    end: int
    word: str


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The offset and the words of each line that is looked at: neither quoted nor within a fence of code."""
    offset, fenced = 0, False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and not _QUOTED.match(line):
            yield offset, line
        offset += len(line) + 1


@lru_cache(maxsize=4096)
def words(line: str, language: str) -> tuple[Token, ...]:
    """The words to look up in one line, in order."""
    script = _SCRIPTS.get(language, _LATIN)
    bare = _LEFT_OUT.sub(lambda hit: " " * len(hit.group()), line)
    return tuple(token for token in _tokens(bare, language) if _is_looked_up(token.word, script))


def _tokens(line: str, language: str) -> Iterator[Token]:
    for hit in _WORD.finditer(line):
        start, end = hit.span()
        if _is_short_form(line, start, end, language):
            continue
        if language == "el":  # an apostrophe stands for a letter left out between two words: γι' αυτό, απ'την
            yield from _between_elisions(line, start, end)
        else:
            yield Token(start, end, spelt(line[start:end]))


def _is_short_form(line: str, start: int, end: int, language: str) -> bool:
    """Whether it is an abbreviation (kl. 15, pl. a csomag), or what Hungarian hangs on with a hyphen (”-nél)."""
    letters = end - start
    if language == "hu" and line[start - 1 : start] in ("-", "‑", "–") and letters <= _MAX_SUFFIX:
        return True
    after = line[end + 1 :].lstrip()[:1]
    return letters <= _MAX_SHORT and line[end : end + 1] == "." and (after.islower() or after.isdigit())


def _between_elisions(line: str, start: int, end: int) -> Iterator[Token]:
    at = start
    while at < end:
        elided = _ELISION.match(line, at)
        if elided is None:
            yield Token(at, end, spelt(line[at:end]))
            return
        at = elided.end()


def spelt(word: str) -> str:
    """The word as dictionaries have it: composed, with plain apostrophes and hyphens, without soft hyphens."""
    return unicodedata.normalize("NFC", word.translate(_APOSTROPHES))


def _is_looked_up(word: str, script: re.Pattern[str]) -> bool:
    if not 1 < len(word) <= _MAX_LETTERS or not script.search(word):
        return False
    # a word of another script, in the midst of the text, is a name or a quotation; a mixture of two is a slip
    if script is _LATIN and any(letter.isalpha() and not script.match(letter) for letter in word):
        return False
    return not any(_has_inner_capital(part) for part in re.split("['-]", word))


def _has_inner_capital(part: str) -> bool:
    return any(letter.isupper() for letter in part[1:])


def parts(word: str) -> tuple[str, ...]:
    """The parts of a hyphened word; of any other the word alone."""
    return tuple(part for part in word.split("-") if part)


def without_second_accent(word: str) -> str:
    """A Greek word without the accent that it takes before an unstressed one: το όνομά μου, όνομα."""
    apart = unicodedata.normalize("NFD", word)
    if apart.count(_ACUTE) < 2:  # noqa: PLR2004  the word's own, and that one
        return word
    at = apart.rindex(_ACUTE)
    return unicodedata.normalize("NFC", apart[:at] + apart[at + 1 :])
