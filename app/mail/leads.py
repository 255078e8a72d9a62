"""What leads a quotation in: "... wrote:", a block of headers, a rule, and the marks at the beginning of a line.

Its expressions are made at their first use: a list that shows no letter needs none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from app.mail import quote_words as words

MAX_ATTRIBUTION_CHARS = 400
MAX_HEADER_CHARS = 1_000
_MIN_RULE_CHARS = 20  # a shorter rule may divide the text itself
_BOTH = 2
_MAX_NAME_CHARS = 30  # of a header, with what stands around it
DATE = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?\d{2,4}(?!\d)")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d(?!\d)")
_ADDRESS = re.compile(r"[^\s<>@\[\]():,;]@[^\s<>@\[\]():,;]")


def enough(told: dict[str, str], least: int) -> bool:
    """Whether these headers (value by kind) are a letter's: `least` of them, or with 0 such as no prose has."""
    if least:
        return "from" in told and len(told) >= least
    date = told.get("date", "")
    if "from" not in told or not (DATE.search(date) or _TIME.search(date)):
        return False
    return "subject" in told or bool(_ADDRESS.search(told["from"]) and len(told) > _BOTH)


class Evidence:
    """What speaks for a line, or several joined, leading in a quotation."""

    __slots__ = ("_text", "colon", "date", "verb")

    def __init__(self, text: str) -> None:
        self._text = text.strip().rstrip('"')
        self.colon = self._text[-1:] in (":", "\uff1a") and len(self._text) > _BOTH
        self.verb = self.colon and _wrote().search(self._text) is not None
        self.date = DATE.search(self._text) is not None

    def leads_in(self) -> bool:
        """Whether it does, above lines with marks."""
        if not self.colon or len(self._text) > MAX_ATTRIBUTION_CHARS:
            return False
        dated, timed = self.date, _TIME.search(self._text) is not None
        addressed = _ADDRESS.search(self._text) is not None
        if self.verb and (dated or timed or addressed):
            return True
        return (addressed and (dated or timed)) or (dated and timed) or _name_wrote().match(self._text) is not None

    def is_whole(self) -> bool:
        """Whether it must lead in a quotation, even one without marks: nobody types all that."""
        return (
            self.verb
            and self.date
            and _TIME.search(self._text) is not None
            and _ADDRESS.search(self._text) is not None
            and not self.needs_more()
        )

    def needs_more(self) -> bool:
        """Whether its beginning must be on the line above."""
        text = self._text
        if text.count("<") != text.count(">") or text.count(")") > text.count("("):
            return True
        return _headless().match(text) is not None


def may_lead_in(line: str) -> bool:
    """Whether a line may be the first of those that lead in: it has a date or an address."""
    return bool(DATE.search(line) or _ADDRESS.search(line))


def depth(line: str) -> int:
    """How many quote marks a line begins with."""
    depth = 0
    for letter in line:
        if letter == ">":
            depth += 1
        elif letter != " ":
            break
    return depth


def is_rule(line: str) -> bool:
    """Whether a line is a rule, or dashes around what such programs write above a letter."""
    bare = line.strip()
    if len(bare) >= _MIN_RULE_CHARS and bare.strip("_-") == "":
        return True
    return bare[:2] in ("--", "__", "==") and bool(original().match(bare) or forwarded_mark().match(bare))


def header(line: str) -> tuple[str, str] | None:
    """What a header line tells and its value; None if it is none."""
    name, colon, value = line[:MAX_HEADER_CHARS].replace("\uff1a", ":").partition(":")
    kind = _header_kinds().get(name.strip(" \t*\u00a0").casefold()) if colon and len(name) <= _MAX_NAME_CHARS else None
    return None if kind is None else (kind, value.strip(" \t*\u00a0"))


def _any(these: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", "[ \u00a0]") for word in sorted(these, key=len, reverse=True))


@cache
def _header_kinds() -> dict[str, str]:
    return {name.casefold(): kind for kind, names in words.HEADERS.items() for name in names}


@cache
def _wrote() -> re.Pattern[str]:
    """The verb at the end, or before a date in brackets or an address; then the colon."""
    return re.compile(
        rf"(?<!\w)(?:{_any(words.WROTE)})(?:[ \u00a0]?\([^()]{{1,120}}\)"
        r"|,?[ \u00a0]<?[^\s<>]{1,200}@[^\s<>]{1,200}>?|[ \u00a0](?:am|on|den|le)[ \u00a0][^<>]{1,80})?"
        r"[ \u00a0]?[:\uff1a]$",
        re.IGNORECASE,
    )


@cache
def _name_wrote() -> re.Pattern[str]:
    """A name alone before or after the verb: up to four words, each with a capital."""
    name = r"(?:[^\W\d_a-záéíóöőúüűýþæðěščřžůďťňάέήίόύώα-ω][\w.'\u2019-]{0,40}[ \u00a0]){1,4}"
    return re.compile(rf"{name}(?i:{_any(words.WROTE)})[ \u00a0]?[:\uff1a]$")


@cache
def _headless() -> re.Pattern[str]:
    """What no line that leads in begins with: the verb, or an address."""
    return re.compile(
        rf"(?:{_any(words.WROTE)})(?!\w)|<|\(|[^\s<>@]{{1,200}}@[^\s<>@]{{1,200}}>"
        r"|(?:odesílatel|uživatel|ο[ \u00a0]χρήστης|χρήστης|ο/η)(?!\w)",
        re.IGNORECASE,
    )


@cache
def opener() -> re.Pattern[str]:
    """What a line that leads in begins with where it is wrapped: the date, or what stands before it."""
    return re.compile(rf"(?:(?:{_any(words.OPENERS)})(?!\w)|\d|\w{{2,12}},?[ \u00a0]\d)", re.IGNORECASE)


@cache
def original() -> re.Pattern[str]:
    """Dashes with the words above a letter that is answered."""
    return re.compile(
        rf"[ \t]{{0,8}}[-_=]{{2,80}}[ \t]?(?:{_any(words.ORIGINAL)})[ \t]?[-_=]{{0,80}}[ \t]{{0,8}}$", re.IGNORECASE
    )


@cache
def forwarded_mark() -> re.Pattern[str]:
    """Dashes with the words above a letter that is passed on."""
    return re.compile(
        rf"[ \t]{{0,8}}[-_=]{{2,80}}[ \t]?(?:{_any(words.FORWARDED)})[^-\n]{{0,80}}[-_=]{{0,80}}[ \t]{{0,8}}$",
        re.IGNORECASE,
    )


@cache
def begins() -> re.Pattern[str]:
    """Apple Mail's words above a letter that is passed on."""
    return re.compile(rf"(?:{_any(words.BEGUN)})[ \u00a0]?[:\uff1a]$", re.IGNORECASE)
