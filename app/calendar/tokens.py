"""What was typed, taken apart into the pieces that `app/calendar/typed.py` reads. Pure.

The kinds of pieces, one letter each: G a whole date, g a day and a month in figures, Y a year, M a month's name, O a
number with a dot or an ending, N any other number, C a time with minutes, J a half hour in one word; D days from today,
W a weekday, E the weekend, F the end of the month, S a working day, B a block, X next or last, Z this; I in, A ago, L
from now, U a unit; T at, K o'clock, t am or pm, H half, Q a quarter, R three quarters, p past, m to, q and, n less (as
Greek says them), P a part of the day; _ nothing by itself, ? not understood.
"""

from __future__ import annotations

import re
from datetime import date

from app.base.text import fold
from app.calendar.words import KNOWN, LONGEST, Token

_PIECES = re.compile(
    r"""
      (?P<whole>\d{4}[-./]\ ?\d{1,2}[-./]\ ?\d{1,2}(?!\d)\.?)
    | (?P<dated>\d{1,2}[./-]\ ?\d{1,2}[./-]\ ?\d{4}(?!\d)\.? | \d{1,2}[./]\d{1,2}[./]\d{2}(?![\d:.]))
    | (?P<clock>\d{1,2}:\d{2}(?::\d{2})?(?!\d)(?:-[^\W\d_]+)?)
    | (?P<pair>\d{1,2}(?:[./-]\d{1,2}|\.\ \d{1,2}(?=\.))(?![.:]?\d)\.?(?:-[^\W\d_]+)?)
    | (?P<hours>\d{1,2}h\d{2}(?!\d))
    | (?P<kor>\d{1,2}-?kor\b)
    | (?P<nth>\d{1,2}(?:\.(?!\d)|(?:st|nd|rd|th|-?j?[aeáé]n|-?i|-?ig)\b))
    | (?P<number>\d+)
    | (?P<word>[^\W\d_]+(?:[.'’][^\W\d_]+)*)
    | (?P<minus>(?<!\S)-(?=\d))
    | (?P<other>[^\s.,;@()–·-])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DAY_KINDS = frozenset("GgMODWEFSBUX")
_MONTHS, _DAYS, _HOURS, _MINUTES = 12, 31, 24, 60


class Pieces:
    """What was typed; what is understood is taken away, until only that is left which is not."""

    def __init__(self, found: list[Token]) -> None:
        """Begin with all of them."""
        self._found = found
        self._kinds = "".join(token.kind for token in found)

    def take(self, pattern: str) -> list[Token]:
        """Take the first run of pieces whose kinds match this regular expression; empty if there is none."""
        match = re.search(pattern, self._kinds)
        if match is None or match.end() == match.start():
            return []
        begin, end = match.span()
        self._kinds = self._kinds[:begin] + " " * (end - begin) + self._kinds[end:]
        return self._found[begin:end]

    def first(self, kind: str) -> Token | None:
        """The first piece of a kind that is left, which stays."""
        place = self._kinds.find(kind)
        return None if place < 0 else self._found[place]

    def values(self, kind: str) -> list[str]:
        """Take all pieces of a kind; what they say."""
        values = []
        while taken := self.take(kind):
            values.append(taken[0].value)
        return values

    def left(self, silent: str) -> tuple[str, ...]:
        """The words that are left, but for these kinds."""
        pairs = zip(self._found, self._kinds, strict=True)
        return tuple(token.word for token, kind in pairs if kind != " " and kind not in silent)


def taken_apart(typed: str, language: str = "") -> Pieces:
    """The pieces of what was typed, in their order, without those that say nothing by themselves.

    `language` (such as "hu") settles figures whose order is not the same everywhere, and one letter.
    """
    pieces = list(_PIECES.finditer(typed))
    found: list[Token] = []
    at = 0
    while at < len(pieces):
        kind, text = str(pieces[at].lastgroup), pieces[at][0]
        if kind == "word":
            taken, read = _phrase(pieces[at : at + LONGEST])
            found += read
            at += taken
        else:
            found.append(_FIGURES[kind](text, found, language))
            at += 1
    return Pieces([token for token in _settled(found, language) if token.kind != "_"])


def _phrase(pieces: list[re.Match[str]]) -> tuple[int, list[Token]]:
    """How many pieces the longest known phrase takes from here, and what it says."""
    words = [piece[0] for piece in pieces]
    while any(piece.lastgroup != "word" for piece in pieces[: len(words)]):
        words.pop()
    for count in range(len(words), 0, -1):
        folded = fold(" ".join(words[:count]))
        known = KNOWN.get(folded) or KNOWN.get(folded.replace(".", ""))
        if known:
            return count, [token._replace(word=" ".join(words[:count])) for token in known]
    return 1, [Token("?", word=words[0])]


def _minutes(text: str, whole: str) -> Token:
    hour, minute = map(int, re.findall(r"\d+", text)[:2])
    if hour > _HOURS or minute >= _MINUTES or hour * _MINUTES + minute > _HOURS * _MINUTES:
        return Token("?", word=whole)
    return Token("C", hour * _MINUTES + minute, text, whole)


def _clock(text: str, _before: list[Token], _language: str) -> Token:
    return _minutes(text.partition("-")[0], text)


def _whole(text: str, _before: list[Token], _language: str) -> Token:
    year, month, day = map(int, re.findall(r"\d+", text))
    return _date(year, month, day, text)


def _dated(text: str, _before: list[Token], language: str) -> Token:
    first, second, year = map(int, re.findall(r"\d+", text))
    day, month = _day_and_month(first, second, language)
    return _date(year if year > 99 else 2000 + year, month, day, text)  # noqa: PLR2004  two figures of a year


def _date(year: int, month: int, day: int, text: str) -> Token:
    try:
        return Token("G", date(year, month, day).toordinal(), word=text)
    except ValueError:
        return Token("?", word=text)


def _day_and_month(first: int, second: int, language: str) -> tuple[int, int]:
    """Which of two figures is the day: the first, but in Hungarian, or where no month has such a number, the second."""
    return (second, first) if first <= _MONTHS and (language == "hu" or second > _MONTHS) else (first, second)


def _pair(text: str, before: list[Token], language: str) -> Token:
    """Two figures: a time if there is a dot and no month has that number, or if a word or a day before it says so."""
    bare = re.split(r"(?<=\d)-\D", text)[0]
    first, second = map(int, re.findall(r"\d+", bare))
    day, month = _day_and_month(first, second, language)
    timely = re.fullmatch(r"\d{1,2}\.\d\d", bare) is not None and first < _HOURS and second < _MINUTES
    dated = bare != text or any(token.kind in "GgMDW" for token in before) or (bool(before) and before[-1].kind in "Tv")
    no_date = month > _MONTHS or day > _DAYS or not month or not day
    if timely and (no_date or dated):
        return _minutes(bare, text)
    return Token("?", word=text) if no_date else Token("g", month * 100 + day, word=text)


def _nth(text: str, _before: list[Token], _language: str) -> Token:
    return Token("O", int(re.findall(r"\d+", text)[0]), word=text)


def _number(text: str, _before: list[Token], _language: str) -> Token:
    if len(text) == 4 and text.startswith(("19", "20", "21")):  # noqa: PLR2004  figures of a year
        return Token("Y", int(text), word=text)
    return Token("N", int(text[:9]), text, text)


def _kor(text: str, _before: list[Token], _language: str) -> Token:
    number = re.findall(r"\d+", text)[0]
    return Token("N", int(number), number, text, "hu")


def _other(text: str, _before: list[Token], _language: str) -> Token:
    return Token("?", word=text)


_FIGURES = {
    "whole": _whole, "dated": _dated, "clock": _clock, "hours": _clock, "pair": _pair, "kor": _kor, "nth": _nth,
    "number": _number, "minus": _other, "other": _other,
}  # fmt: skip


def _settled(found: list[Token], language: str) -> list[Token]:
    """The same, with what stands for two things settled by what stands beside it."""
    settled: list[Token] = []
    kinds = "".join(token.kind for token in found)
    for place, token in enumerate(found):
        settle = _SETTLE.get(token.kind)
        if settle is None:
            settled.append(token)
            continue
        after = found[place + 1] if place + 1 < len(found) else Token(" ")
        before = settled[-1] if settled else Token(" ")
        settled.append(settle(token, before, after, kinds[:place] + kinds[place + 1 :], language))
    return settled


def _hours(token: Token, before: Token, _after: Token, others: str, _language: str) -> Token:
    """Hours from now, or an hour of the day; a lone h is Monday in Hungarian."""
    lone = fold(token.word) == "h"
    if lone and before.kind != "N":
        return token._replace(kind="W")
    spans = any(kind in "ILAf" for kind in others) or (lone and not _DAY_KINDS.intersection(others))
    return token._replace(kind="U", value="h") if spans else token._replace(kind="K")


def _v(token: Token, _before: Token, after: Token, others: str, language: str) -> Token:
    """Czech and Slovak: in, at. Hungarian: Sunday, alone or before figures when no other day is named."""
    named = _DAY_KINDS.intersection(others)
    figures = after.kind in {"C", " "} or (after.kind == "N" and not after.language)
    preposition = named or not figures or language in {"cs", "sk"}
    return token._replace(kind="T") if preposition else token._replace(kind="W", number=6)


def _weekday(token: Token, _before: Token, after: Token, others: str, _language: str) -> Token:
    """Czech po: Monday, but "after" before an hour when another day is named."""
    hour = fold(token.word) == "po" and after.kind in {"N", "C"} and any(kind in "DWGg" for kind in others)
    return token._replace(kind="T") if hour else token


def _before_or_ago(token: Token, _before: Token, after: Token, _others: str, _language: str) -> Token:
    """Icelandic fyrir: ago before a span, by before a day."""
    return token._replace(kind="A" if after.kind in {"N", "U"} else "_")


def _seven_or_week(token: Token, before: Token, after: Token, _others: str, _language: str) -> Token:
    """Hungarian hét: seven before a unit and after half or a quarter, else a week."""
    if after.kind in {"U", "h"} or before.kind in {"H", "Q", "R"}:
        return token._replace(kind="N", number=7, language="hu")
    return token._replace(kind="U", value="w")


_SETTLE = {"h": _hours, "v": _v, "e": _seven_or_week, "f": _before_or_ago, "W": _weekday}
