"""Guard cells against formula injection and conversion by spreadsheets: an apostrophe in front, removed on reading.

What needs a guard was measured with LibreOffice in six locales with "detect special numbers" on: formulas, whatever
starts like a number or an amount of money, booleans, dates that begin with a month's name. It covers Excel too.
Canonical integers of at most 15 digits and ISO dates survive unchanged, so they get no guard.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Invisible characters that a spreadsheet ignores before the first visible one: white space, control characters,
# zero-width and bidi marks, variation selectors, fillers.
_INVISIBLE = (
    r"\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SIGNS = r"=+\-@|%＝＋－＠｜％﹦﹢﹣﹫﹪"
_MONEY = r"$¢£¤¥֏฿₠-⃏﷼﹩＄￠￡￥￦"
_RISKY = re.compile(
    rf"['\t\r\n]"  # the guard itself, and what a spreadsheet drops or splits at
    rf"|[{_INVISIBLE}]*(?:[{_SIGNS}]|\d|[.,(\[{_MONEY}][{_INVISIBLE}.,(\-+{_MONEY}]*\d)"
)
_HARMLESS = re.compile(r"(?:0|[1-9][0-9]{0,14}|[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))\Z")
_WORD_AND_NUMBERS = re.compile(
    rf"[{_INVISIBLE}]*([^\W\d_]+)(?:[.\s]*(?:[\d{_INVISIBLE}.,:;/'’\-]+(?:[ap]\.?m\.?)?)?)\Z", re.IGNORECASE
)
_MAX_SHORT_CHARS = 40  # characters; no date in words is longer
_MAX_CACHED_CELLS = 65_536  # maximum cached short cells

_BOOLEANS = "true false igaz hamis pravda nepravda lož satt ósatt αληθες ψευδες αληθής ψευδής wahr falsch vrai faux"
_MONTHS = (
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september"
    " october november december"
    " janúar febrúar mars apríl maí júní júlí ágúst október nóvember desember maí jún júl ágú okt nóv des"
    " január február március április május június július augusztus szeptember"
    " november december febr márc ápr máj aug szept"
    " leden únor březen duben květen červen červenec srpen září říjen listopad prosinec ledna února března dubna května"
    " června července srpna října listopadu prosince led úno bře dub kvě čvn čvc srp zář říj lis pro"
    " ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος οκτώβριος νοέμβριος"
    " δεκέμβριος"
    " ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου"
    " δεκεμβρίου"
    " ιαν φεβ μαρ μάρ απρ μαΐ μάι μαϊ ιουν ιούν ιουλ ιούλ αυγ αύγ σεπ οκτ νοε νοέ δεκ"
    " januar februar märz mai juni juli oktober dezember mär dez janvier février avril juin juillet août octobre"
    " novembre décembre janv févr déc"
)
_CURRENCIES = frozenset(
    ["kč", "kčs", "kcs", "ft", "kr", "zł", "lei", "din"]
)  # as spreadsheets in these locales recognise them
_WORDS = frozenset(word.casefold() for word in f"{_BOOLEANS} {_MONTHS}".split())
# What a spreadsheet makes of a long number: scientific notation, or ### in a narrow column.
_DAMAGED = re.compile(r"\s*[+-]?\d(?:[.,]\d+)?[eE][+-]?\d{1,3}\s*\Z|#{3,}\Z")
_PERHAPS_DAMAGED = re.compile(r"\d[eE][+-]?\d|###")
_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def guard(text: str) -> str:
    """Return the text as a cell, with `'` in front if a spreadsheet would run or convert it."""
    return f"'{text}" if needs_guard(text) else text


class _Guarded(dict[str, str]):
    """Caches the guarded form of short cells, which often repeat (names, handles, languages)."""

    def __missing__(self, text: str) -> str:
        if len(self) > _MAX_CACHED_CELLS:
            self.clear()
        self[text] = cell = guard(text)
        return cell


_guarded = _Guarded()


def guard_all(texts: Sequence[str]) -> list[str]:
    """Apply `guard` to many texts; faster, as most long texts need no call and short ones are cached."""
    risky = _RISKY.match
    return [_guarded[text] if len(text) <= _MAX_SHORT_CHARS else guard(text) if risky(text) else text for text in texts]


def unguard(cell: str) -> str:
    """Remove exactly one leading `'`; `unguard(guard(text)) == text` for every text."""
    return cell[1:] if cell[:1] == "'" else cell


def is_guarded(cell: str) -> bool:
    """Whether a cell begins with a guard, not with an apostrophe of its own: what follows would need one.

    For cells of workbooks: those that we write have no guards, those made of our CSV keep them.
    """
    return cell[:1] == "'" and needs_guard(cell[1:])


def needs_guard(text: str) -> bool:
    """Whether a spreadsheet would run or convert this text."""
    if _RISKY.match(text):
        return not _HARMLESS.match(text)
    return len(text) <= _MAX_SHORT_CHARS and _reads_as_word(text)


def _reads_as_word(text: str) -> bool:
    """Whether it is a boolean, or a month or currency followed by numbers only."""
    match = _WORD_AND_NUMBERS.match(text)
    if match is None:
        return False
    word = match[1].casefold()
    return word in _WORDS or (word in _CURRENCIES and any(letter.isdigit() for letter in text))


def damaged(cell: str) -> bool:
    """Whether a raw cell is what a spreadsheet left of a long number (`1.23E+19`, `####`)."""
    return _DAMAGED.match(cell) is not None


def may_hold_damaged(cells: str) -> bool:
    """Whether one of the cells that are joined here may be `damaged`; faster for a row of which none is."""
    return _PERHAPS_DAMAGED.search(cells) is not None


def clean(text: str) -> str:
    """Remove control characters and lone surrogates, and normalize line ends to line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isprintable() else _DROPPED.sub("", text)
