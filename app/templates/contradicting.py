"""Where two answers to one question say different things: sums, measures, days, yes and no. Pure.

Only what both speak of is compared: one that gives a price and one that gives a day do not contradict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from app.base.months import MONTHS
from app.base.text import fold

_UNITS = {
    "EUR": "€ eur euro euros euró ευρώ evra evrur evru", "CZK": "kč kc czk korun koruny korunu",
    "ISK": "kr isk króna krónur krónum krónu", "HUF": "ft huf forint forintot forintért",
    "USD": "$ usd dollars", "GBP": "£ gbp pounds pound",
    "%": "% procent procenta prósent prosent százalék", "g": "g gr γρ gramm grams gram gramů γραμμάρια",
    "kg": "kg kilo kíló kila", "ml": "ml", "l": "l litr litry litrů lítra liter lítrar λίτρα litre litres",
    "day": "day days dag daga dögum nap napon dní dny dnů den μέρες ημέρες μέρα", "week": (
        "week weeks vika vikur vikum hét héten týden týdny týdnů εβδομάδα εβδομάδες"
    ),
}  # fmt: skip
"""What is counted -> how it is written, in five languages."""
_UNIT = {fold(word): unit for unit, words in _UNITS.items() for word in words.split()}
_NUMBER = r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?"
_AMOUNT = re.compile(rf"(?P<sign>[€£$])?\s?(?P<number>{_NUMBER})[ \u00a0-]?(?P<unit>[^\W\d_]+|[€£%])?")
_GROUPED = re.compile(r"(?<=\d)[ .,\u00a0\u202f](?=\d{3}(?!\d))")
_DAY = re.compile(r"\b(?P<day>\d{1,2})\.?\s+(?:of\s+)?(?P<month>[^\W\d_]{3,12})|\b(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.")
_MONTH_DAY = re.compile(r"\b(?P<month>[^\W\d_]{3,12})\s+(?P<day>\d{1,2})\b(?!\s?(?:%|[^\W\d_]))")
_YES_WORDS = "yes yeah yep já jú igen ano jo jasně ναι βέβαια μάλιστα"
_NO_WORDS = "no nope nei neibb nem ne bohužel όχι sadly"
_YES, _NO = (frozenset(map(fold, words.split())) for words in (_YES_WORDS, _NO_WORDS))
_WORD = re.compile(r"[^\W\d_]+")
_GREETING_WORDS = 6
_LAST_DAY, _LAST_MONTH = 31, 12


class Saying(NamedTuple):
    """Something that a text says of a matter: which ("EUR", "day"), what, its place, and its words."""

    matter: str
    value: str
    start: int
    end: int
    words: str


class Clash(NamedTuple):
    """What a text says, and what an earlier one said of the same matter instead."""

    now: Saying
    before: Saying


def clashes(text: str, earlier: str) -> list[Clash]:
    """Where a text contradicts an earlier answer, in the order of the text; one for each matter."""
    ours, theirs = _by_matter(text), _by_matter(earlier)
    found = []
    for matter, said in ours.items():
        there = theirs.get(matter, [])
        if there and not {one.value for one in said} & {one.value for one in there}:
            found.append(Clash(said[0], there[0]))
    return sorted(found, key=lambda clash: clash.now.start)


def _by_matter(text: str) -> dict[str, list[Saying]]:
    told = defaultdict[str, list[Saying]](list)
    for one in (*_amounts(text), *_days(text), *_verdict(text)):
        told[one.matter].append(one)
    return told


def _amounts(text: str) -> list[Saying]:
    found = []
    for hit in _AMOUNT.finditer(text):
        unit = _UNIT.get(fold(hit["sign"] or hit["unit"] or ""))
        if unit is not None:
            words = hit[0].strip()
            found.append(Saying(unit, _plain(hit["number"]), hit.start("number"), hit.end(), words))
    return found


def _plain(number: str) -> str:
    """A number as it is compared: 1.990,00, 1 990 and 1,990 are 1990."""
    whole = _GROUPED.sub("", number).replace(",", ".")
    return whole.rstrip("0").rstrip(".") if "." in whole else whole


def _days(text: str) -> list[Saying]:
    found = []
    for pattern in (_DAY, _MONTH_DAY):
        for hit in pattern.finditer(text):
            parts = hit.groupdict()
            day, month = int(parts.get("day") or parts.get("d") or 0), parts.get("m") or ""
            number = int(month) if month else MONTHS.get(fold(parts["month"] or ""), 0)
            if 0 < day <= _LAST_DAY and 0 < number <= _LAST_MONTH:
                found.append(Saying("date", f"{number:02d}-{day:02d}", *hit.span(), hit[0]))
    return found


def _verdict(text: str) -> list[Saying]:
    """Whether a text begins with yes or no, behind its greeting."""
    for at, hit in enumerate(_WORD.finditer(text)):
        word = fold(hit[0])
        if at > _GREETING_WORDS:
            break
        if word in _YES or word in _NO:
            return [Saying("verdict", "yes" if word in _YES else "no", *hit.span(), hit[0])]
    return []
