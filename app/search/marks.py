"""Where in a text the words of a search stand, to mark them; and the part of a text around the first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from app.base.text import fold, words
from app.mail.quotes import matching_words
from app.search.asked import Asked
from app.search.spelled import FORM, digits

_CONTEXT_CHARS = 10  # shown before the first match
_WORD = re.compile(r"[^\W_]+")
_PHONE = re.compile(r"[+(]?\d[\d\s().+/\u2010-\u2013-]{4,40}")
_EXPANDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "Ä": "ae", "Ö": "oe", "Ü": "ue", "Ø": "oe"})


class Marker:
    """Finds the words of one search in texts."""

    def __init__(self, asked: Asked) -> None:
        """Nothing is marked for a search without words."""
        spellings = [spelling for word in asked.words for spelling in word.spellings]
        self._phones = [spelling.text for spelling in spellings if spelling.how == "phone"]
        self._sequences = [tuple(spelling.text.split(" ")) for spelling in spellings if spelling.how != "phone"]
        self._forms = {spelling.text for spelling in spellings if spelling.how == FORM}
        self._firsts = tuple({sequence[0] for sequence in self._sequences})

    def __bool__(self) -> bool:
        """Whether there is anything to mark."""
        return bool(self._sequences)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The marked parts of the text as (start, length), in order, none in another."""
        if not self._sequences:
            return []
        marked: list[tuple[int, int]] = []
        end = 0
        for start, stop in sorted({*self._of_words(text), *self._of_phones(text)}):
            if start >= end:
                marked.append((start, stop - start))
                end = stop
        return marked

    def first(self, text: str) -> int | None:
        """Where the first marked part begins; None if there is none."""
        firsts = [start for found in (self._of_words(text), self._of_phones(text)) for start, _ in islice(found, 1)]
        return min(firsts, default=None)

    def _of_words(self, text: str) -> Iterator[tuple[int, int]]:
        pieces = list(_WORD.finditer(text))
        for place, piece in enumerate(pieces):
            if not any(form.startswith(self._firsts) for form in _forms(piece[0])):
                continue
            for sequence in self._sequences:
                if sequence[0] in self._forms and sequence[0] not in _forms(piece[0]):
                    continue
                stop = _follows(pieces[place : place + len(sequence)], sequence)
                if stop:
                    yield piece.start(), stop

    def _of_phones(self, text: str) -> Iterator[tuple[int, int]]:
        for asked in self._phones:
            for hit in _PHONE.finditer(text):
                there = digits(hit[0])
                if asked in there or there.endswith(asked[-9:]):
                    yield hit.start(), hit.start() + len(hit[0].rstrip())


def _forms(word: str) -> tuple[str, ...]:
    """The folded word; and with ö written oe, if it has one."""
    plain = fold(word)
    if word.isascii():
        return (plain,)
    expanded = fold(word.translate(_EXPANDED))
    return (plain,) if plain == expanded else (plain, expanded)


def _follows(pieces: list[re.Match[str]], sequence: tuple[str, ...]) -> int:
    """Where the words of a sequence end that these pieces begin; 0 if they are others."""
    if len(pieces) < len(sequence):
        return 0
    *whole, last = zip(pieces, sequence, strict=True)
    if any(asked not in _forms(piece[0]) for piece, asked in whole):
        return 0
    piece, asked = last
    return _reach(piece, asked) if any(form.startswith(asked) for form in _forms(piece[0])) else 0


def _reach(piece: re.Match[str], asked: str) -> int:
    """Where in the text the beginning of a word ends that is so long when folded."""
    for length in range(1, len(piece[0]) + 1):
        if any(form.startswith(asked) for form in _forms(piece[0][:length])):
            return piece.start() + length
    return piece.end()


def around(text: str, asked: Asked) -> str:
    """The text from at most a few characters before the first match, with an ellipsis; unchanged if nothing matches.

    What a letter quotes is left out, unless what is sought stands only there.
    """
    sought = tuple(words(" ".join(word.plain for word in asked.words)))
    text = matching_words(text, sought)
    cut = (Marker(asked).first(text) or 0) - _CONTEXT_CHARS
    if cut <= 0:
        return text
    space = text.rfind(" ", 0, cut)
    return f"…{text[max(space, 0) :].lstrip()}"
