"""Cells that no spreadsheet runs or rewrites: one apostrophe before what it would, taken off again on reading.

What has to be guarded was measured with LibreOffice in six locales with "detect special numbers" on: formulas, all that
starts like a number or a sum of money, truth values, dates that begin with a month's name. It holds for Excel too.
Canonical whole numbers of at most 15 digits and ISO dates come back as they went, so they stay bare.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# What a spreadsheet, or an eye, passes over before the first visible character: white space, control characters,
# zero-width and bidi marks, variation selectors, fillers.
_UNSEEN = (
    r"\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SIGNS = r"=+\-@|%＝＋－＠｜％﹦﹢﹣﹫﹪"
_MONEY = r"$¢£¤¥֏฿₠-⃏﷼﹩＄￠￡￥￦"
_RISKY = re.compile(
    rf"['\t\r\n]"  # the guard itself, and what a spreadsheet drops or splits at
    rf"|[{_UNSEEN}]*(?:[{_SIGNS}]|\d|[.,(\[{_MONEY}][{_UNSEEN}.,(\-+{_MONEY}]*\d)"
)
_HARMLESS = re.compile(r"(?:0|[1-9][0-9]{0,14}|[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))\Z")
_WORD_AND_NUMBERS = re.compile(
    rf"[{_UNSEEN}]*([^\W\d_]+)(?:[.\s]*(?:[\d{_UNSEEN}.,:;/'’\-]+(?:[ap]\.?m\.?)?)?)\Z", re.IGNORECASE
)
_LONGEST = 40  # characters; no date in words is longer
_MEMORY = 65_536  # short cells whose guards are remembered

_TRUTHS = "true false igaz hamis pravda nepravda lož satt ósatt αληθες ψευδες αληθής ψευδής wahr falsch vrai faux"
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
)  # as a spreadsheet of that land reads them
_WORDS = frozenset(word.casefold() for word in f"{_TRUTHS} {_MONTHS}".split())
# Three letters and an exponent are all that a spreadsheet leaves of a long number.
_DAMAGED = re.compile(r"\s*[+-]?\d(?:[.,]\d+)?[eE][+-]?\d{1,3}\s*\Z|#{3,}\Z")
_DROPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def guard(text: str) -> str:
    """The text as a cell: with one `'` before it where a spreadsheet would run or rewrite it."""
    return f"'{text}" if needs_guard(text) else text


class _Guarded(dict[str, str]):
    """Short cells repeat (names, handles, languages): each is looked at once."""

    def __missing__(self, text: str) -> str:
        if len(self) > _MEMORY:
            self.clear()
        self[text] = cell = guard(text)
        return cell


_guarded = _Guarded()


def guard_all(texts: Sequence[str]) -> list[str]:
    """`guard` for many texts at once: no call for long ones that plainly need none, nor for short ones seen before."""
    risky = _RISKY.match
    return [_guarded[text] if len(text) <= _LONGEST else guard(text) if risky(text) else text for text in texts]


def unguard(cell: str) -> str:
    """The text of a cell: exactly one `'` is taken off; `unguard(guard(text)) == text` for every text."""
    return cell[1:] if cell[:1] == "'" else cell


def needs_guard(text: str) -> bool:
    """Whether a spreadsheet would run or rewrite this text."""
    if _RISKY.match(text):
        return not _HARMLESS.match(text)
    return len(text) <= _LONGEST and _reads_as_word(text)


def _reads_as_word(text: str) -> bool:
    """Whether it is a truth value, or begins with a month or a currency and goes on in numbers only."""
    found = _WORD_AND_NUMBERS.match(text)
    if found is None:
        return False
    word = found[1].casefold()
    return word in _WORDS or (word in _CURRENCIES and any(letter.isdigit() for letter in text))


def damaged(cell: str) -> bool:
    """Whether a cell, as it stands in the file, is what a spreadsheet left of a long number (`1.23E+19`, `####`)."""
    return _DAMAGED.match(cell) is not None


def clean(text: str) -> str:
    """The text without what no spreadsheet carries: control characters go, every line end is a line feed."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isprintable() else _DROPPED.sub("", text)
