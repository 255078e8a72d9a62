"""By which day something is promised: "by Friday", "innan viku", "a hét végéig", "do pátku", "απόψε". Pure.

The words are read by `app/calendar/typed.py`; what it does not know, because nobody types it into a field, stands here:
a week that is the last day for something ends on its Friday, and a weekend on its Sunday.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from app.base.text import fold
from app.calendar.typed import Now, local, read_at
from app.calendar.words import KNOWN, NUMBERS

_FRIDAY, _SATURDAY, _WEEK = 4, 5, 7
_MOST_WORDS = 5
"""Words that a date has at most."""
_DEADLINES = {
    "this_friday": (
        (
            "(?:by |before |at )?(?:the )?end of (?:the|this) week|(?:later )?this week|by the weekend"
            "|before the weekend|by this weekend"
        ),
        "fyrir helgi|fyrir helgina|fyrir vikulok|(?:fyrir )?lok vikunnar|i vikunni|i thessari viku|fyrir vikulokin",
        "(?:a )?het vegeig|(?:a )?het vegere|(?:a )?het vegen|hetvegeig|(?:meg )?a heten|ezen a heten|hetvege elott",
        (
            "do konce (?:tohoto )?tydne|koncem tydne|do vikendu|pred vikendem|(?:jeste )?tento tyden|behem tohoto tydne"
            "|v tomto tydnu"
        ),
        (
            "(?:μεχρι |ωσ |εωσ |πριν )?(?:απο )?(?:το )?τελοσ τησ εβδομαδασ|μεσα στην εβδομαδα|αυτη(?:ν)? την εβδομαδα"
            "|(?:μεχρι|ωσ|εωσ|πριν(?: απο)?) το σαββατοκυριακο"
        ),
    ),
    "next_friday": (
        "(?:early |late |some time |sometime )?(?:in )?next week|(?:by |before )?the end of next week",
        "i naestu viku|i naestu vikunni|(?:fyrir )?lok naestu viku",
        "jovo heten|jovo het vegeig|a jovo heten|a kovetkezo heten",
        "pristi tyden|do konce pristiho tydne|v pristim tydnu|behem pristiho tydne|dalsi tyden",
        "(?:την |μεσα στην )?(?:επομενη|ερχομενη|αλλη) εβδομαδα",
    ),
    "sunday": (
        "(?:over|at|on|during) the weekend|this weekend",
        "um helgina",
        "a hetvegen|hetvegen|a hetvege folyaman",
        "o vikendu|behem vikendu",
        "το σαββατοκυριακο|μεσα στο σαββατοκυριακο",
    ),
    "monday": (
        "after the weekend",
        "eftir helgi|eftir helgina",
        "a hetvege utan|hetvege utan",
        "po vikendu",
        "μετα το σαββατοκυριακο",
    ),
    "week": (
        "within (?:a|one|the) week|in a week(?:'s time)?|inside a week|(?:a|one) week from (?:now|today)",
        "innan viku|innan einnar viku|eftir viku",
        "egy heten belul|egy het mulva|heten belul",
        "do tydne|do jednoho tydne|behem tydne|za tyden",
        "(?:μεσα )?σε μια εβδομαδα|εντοσ (?:μιασ )?εβδομαδασ|σε μια βδομαδα",
    ),
    "month": (
        "(?:by |before |at )?(?:the )?end of (?:the|this) month|(?:later )?this month",
        "fyrir manadamot|fyrir lok manadarins",
        "(?:a )?ho(?:nap)? veg(?:eig|ere|en)|meg ebben a honapban",
        "do konce (?:tohoto )?mesice|koncem mesice",
        "(?:μεχρι |ωσ |εωσ )?(?:το )?τελοσ του μηνα",
    ),
    "today": (
        "within (?:the|an) hour|in an hour|this (?:morning|afternoon|evening)|later today|in the evening",
        "innan klukkutima|siddegis|seinni partinn|sidar i dag|seinna i dag",
        "egy oran belul|ma delutan|ma delelott|este|delutan",
        "do hodiny|behem hodiny|odpoledne|dnes odpoledne|vecer|behem dneska|v prubehu dne(?:ska)?",
        "μεσα σε μια ωρα|το απογευμα|το βραδυ|μεσα στη μερα",
    ),
}
_COUNTED = tuple(
    re.compile(rf"(?<!\w){pattern}(?!\w)")
    for pattern in (
        r"within (\w{1,9}) (?:working |business )?(days?|weeks?|hours?)",
        r"innan (\w{1,9}) (daga|vikna|viku|vikur|klukkustunda|tima)",
        r"(\w{1,9}) (napon|munkanapon|heten|oran) belul",
        r"do (\w{1,9}) (dnu|tydnu|hodin|dni)",
        r"(?:μεσα σε|εντοσ) (\w{1,9}) (μερεσ|ημερεσ|ημερων|εβδομαδεσ|εβδομαδων|ωρεσ|ωρων)",
    )
)
_WEEKS = frozenset({"week", "viku", "vikna", "vikur", "heten", "tydnu", "εβδομαδεσ", "εβδομαδων"})
_HOUR = frozenset({"hour", "klukkustunda", "tima", "oran", "hodin", "ωρεσ", "ωρων"})
_GENITIVES = {"tveggja": 2, "thriggja": 3, "fjogurra": 4}
_NUMBERED = re.compile(r"(?<!\w)(?:by|on|before|until|till) the ([1-9]\d?)(?:st|nd|rd|th)(?!\w)")
_HOURS, _MOST_DAYS = 24, 366
_BY = r"(?:by|on|before|until|til|fyrir|do|dne|v|a|thann|στισ|μεχρι τισ|ωσ τισ)"
_FIGURES = re.compile(
    rf"\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{4}})?|{_BY} \d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?|\d{{4}}-\d\d-\d\d"
)
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*\.?")
_SHORT = 4
"""Letters below which an abbreviated weekday may be another word: sun, so, ne, p."""
_ONLY_IN = {"ma": "hu", "mara": "hu", "maig": "hu", "este": "hu", "let": "cs", "nap": "hu", "i dag": "is"}
_NAMED = frozenset("DWEF")
_SPAN = frozenset("IL")


def days_in(words: str, language: str, now: Now) -> list[date]:
    """The days that are named in a text, in their order; those that are over too. Linear in its length."""
    folded = fold(words)
    found = sorted(
        _found(folded, language, now), key=lambda one: one.start - one.end
    )  # the longest first, else as they come
    kept: list[_Found] = []
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return [one.day for one in sorted(kept)]


class _Found(NamedTuple):
    start: int
    end: int
    day: date


def _found(folded: str, language: str, now: Now) -> Iterator[_Found]:
    today = local(now.at, now.zone).date()
    for pattern, kind in _deadlines(language):
        for match in pattern.finditer(folded):
            yield _Found(match.start(), match.end(), _end(kind, today))
    yield from _counted(folded, today)
    yield from _numbered(folded, today)
    yield from _typed(folded, language, now)


@cache
def _deadlines(language: str) -> list[tuple[re.Pattern[str], str]]:
    order = ("en", "is", "hu", "cs", "el")
    made = []
    for kind, spelled in _DEADLINES.items():
        chosen = spelled[-len(order) :]
        pattern = chosen[order.index(language)] if language in order else "|".join(chosen)
        made.append((re.compile(rf"(?<!\w)(?:{fold(pattern)})(?!\w)"), kind))
    return made


def _end(kind: str, today: date) -> date:
    """The last day of what is named."""
    monday = today - timedelta(days=today.weekday())
    if kind == "this_friday":
        return max(today, monday + timedelta(days=_FRIDAY))
    if kind == "month":
        return today.replace(day=monthrange(today.year, today.month)[1])
    if kind == "week":
        return today + timedelta(days=_WEEK)
    if kind == "today":
        return today
    return monday + timedelta(days={"next_friday": _WEEK + _FRIDAY, "sunday": _WEEK - 1, "monday": _WEEK}[kind])


def _counted(folded: str, today: date) -> Iterator[_Found]:
    """Find "within two days"."""
    for pattern in _COUNTED:
        for match in pattern.finditer(folded):
            count, unit = match.groups()
            number = int(count) if count.isdecimal() else _numbers().get(count, 0)
            if 0 < number <= _MOST_DAYS:
                unit = unit.rstrip("s")
                days = number // _HOURS if unit in _HOUR else number * (_WEEK if unit in _WEEKS else 1)
                yield _Found(match.start(), match.end(), today + timedelta(days=days))


def _numbered(folded: str, today: date) -> Iterator[_Found]:
    """Find "by the 14th": the first such day from today on; two months in a row never both lack one."""
    for match in _NUMBERED.finditer(folded):
        month = today.replace(day=1)
        for _ in range(3):
            days = monthrange(month.year, month.month)[1]
            if today <= month + timedelta(days=int(match[1]) - 1) < month + timedelta(days=days):
                yield _Found(match.start(), match.end(), month + timedelta(days=int(match[1]) - 1))
                break
            month += timedelta(days=days)


@cache
def _numbers() -> dict[str, int]:
    return _GENITIVES | {
        fold(form): value
        for spelled in NUMBERS.values()
        for value, forms in enumerate(spelled.split(", "), 1)
        for form in forms.split()
    }


def _typed(folded: str, language: str, now: Now) -> Iterator[_Found]:
    """The days that the reader of typed dates knows: of the words from each place on, as many as are one date."""
    for match in _FIGURES.finditer(folded):
        reading = read_at(match[0], now)
        if reading is not None and not reading.unread:
            yield _Found(match.start(), match.end(), reading.day)
    words = list(_WORD.finditer(folded))
    at = 0
    while at < len(words):
        counts = range(min(_MOST_WORDS, len(words) - at), 0, -1) if _may_begin(words[at][0], language) else ()
        taken = 1
        for count in counts:
            start, last = words[at].start(), words[at + count - 1]
            end = last.end() - (last[0].endswith(".") and not last[0][:1].isdigit())
            day = _day(folded[start:end], language, now)
            if day is not None:
                yield _Found(start, end, day)
                taken = count
                break
        at += taken


def _may_begin(word: str, language: str) -> bool:
    bare = word.rstrip(".")
    return (bare in KNOWN or bare[:1].isdigit() or word == "i") and _ONLY_IN.get(bare, language) == language


def _day(phrase: str, language: str, now: Now) -> date | None:
    """The day that this phrase is, if it is nothing else."""
    if not _names_a_day(phrase, language):
        return None
    reading = read_at(phrase, now)
    return reading.day if reading is not None and not reading.unread else None


def _names_a_day(phrase: str, language: str) -> bool:
    """Whether a phrase has a word by which it is a day, and not only an hour, a number or a length of time."""
    kinds: set[str] = set()
    words = phrase.split()
    spans = [" ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1)]
    for word in (span.rstrip(".") for span in spans):
        if _ONLY_IN.get(word, language) != language:
            continue
        for token in KNOWN.get(word, ()):
            if token.kind == "N" and language and token.language not in ("", language):
                return False  # "o víkendu ten recept" is about no tenth
            if token.kind != "W" or len(word) >= _SHORT:
                kinds.add(token.kind)
    months = "M" in kinds and any(word[:1].isdigit() or word in _numbers() for word in words)
    return bool(kinds & _NAMED) or months or ("U" in kinds and bool(kinds & _SPAN)) or ("X" in kinds and "W" in kinds)
