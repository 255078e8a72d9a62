"""How else a word may be spelled in a text: what somebody typed is looked for in each of these ways. Pure.

The index holds words without accents (see `app.base.text`), split at hyphens, points and spaces. So the other spellings
are made here, and a hit is checked against the text where the index alone says too little:

- e-mail and email, Wi-Fi and wifi: joined, or split behind a beginning that is known to take a hyphen;
- 1 234, 1.234, 1'234 and 1234; phone numbers by their last digits, however they are grouped;
- ö and oe, ü and ue, ä and ae (German and others; ß is ss in the index already);
- Greek in Latin letters. The reverse goes by the names of members: see `app.search.people`.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from app.base.phones import LEAST_DIGITS, MOST_DIGITS
from app.base.scripts import latin_spellings
from app.base.text import folded_words, words
from app.store import index

_HYPHENATED_BEGINNINGS = ("e", "t", "x", "wi", "hi")
_HYPHENATED_ENDINGS = ("in", "up", "on", "off", "out")
_LEAST_REST = 2
_LEAST_STEM = 4
_JOINED_MOST = 4  # parts
_SEPARATED = re.compile(r"[^\W_]+(?:[-‐‑'’.,\u00a0\u202f/() ]{1,3}[^\W_]+)+")
_HYPHENS_ONLY = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)+")
_PHONE = re.compile(r"[+(]?\d[\d\s().+/\u2010-\u2013-]{4,40}")
_NOT_DIGITS = re.compile(r"\D+")
_PHONE_TAIL = 9
"""Digits at the end that make two numbers the same, with and without the country's code; see app/base/phones.py."""
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_EXPANDED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "Ä": "ae", "Ö": "oe", "Ü": "ue", "Ø": "oe", "ő": "oe", "ű": "ue"}
)
_GROUP = 3
FORM = "form"
"""How another form of a word is looked for: as a whole word."""


class Spelling(NamedTuple):
    """A way to spell it: folded words, the last of which may go on. `how` is where it is looked for in a hit.

    "" is the hit's folded words, FORM whole ones; "expanded" those with ö written oe; "phone" its phone numbers.
    `sought` are the words that the index is asked for, where those are others.
    """

    text: str
    how: str = ""
    sought: tuple[str, ...] = ()

    def asked(self, *, whole: bool) -> str:
        """The expression for the index; unless it is to be `whole`, for the beginnings that have a ready list."""
        if self.how == FORM:
            return index.exactly(self.text)
        sought = self.sought or (self.text,)
        return " OR ".join(index.beginning(piece if whole else cut(piece)) for piece in sought)


def cut(text: str) -> str:
    """A word's beginning for which the index has a ready list; of several words, the last one's."""
    whole, space, last = text.rpartition(" ")
    return whole + space + last[: index.LONGEST]


class HitWords:
    """The words of one hit, each preceded by a space, in the forms that spellings are looked for in."""

    def __init__(self, raw: str, identity: int | None = None) -> None:
        """`raw` is all text of the hit that was indexed; `identity` wrote it."""
        self._raw = raw
        self.identity = identity
        self.folded = f" {folded_words(raw)}"

    @cached_property
    def expanded(self) -> str:
        """The same with ö written oe."""
        return f" {folded_words(self._raw.translate(_EXPANDED))}"

    @cached_property
    def phones(self) -> list[str]:
        """The digits of what may be phone numbers in it."""
        return [digits(hit[0]) for hit in _PHONE.finditer(self._raw)]


class Word(NamedTuple):
    """What is looked for in one place of a search: any of its spellings, or anything by these identities.

    `exact`: it was quoted, and is looked for as it was typed. `typed` is that, with its accents.
    """

    spellings: tuple[Spelling, ...]
    identities: frozenset[int] = frozenset()
    exact: bool = False
    typed: str = ""

    @property
    def plain(self) -> str:
        """As it was typed, folded."""
        return self.spellings[0].text

    @property
    def is_simple(self) -> bool:
        """Whether it is one word, spelled in one way."""
        return len(self.spellings) == 1 and not self.identities and " " not in self.plain

    def asked(self, plain: str) -> str:
        """The expression for the index; `plain` may be the beginning of what was typed."""
        whole = plain == self.plain and plain != cut(plain)
        parts = [index.beginning(plain), *(spelling.asked(whole=whole) for spelling in self.spellings[1:])]
        parts += [index.by(identity) for identity in sorted(self.identities)]
        return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"

    def matches(self, hit: HitWords) -> bool:
        """Whether a hit has it."""
        if f" {self.plain}" in hit.folded or (hit.identity in self.identities and hit.identity is not None):
            return True
        return any(_in(spelling, hit) for spelling in self.spellings[1:])


def _in(spelling: Spelling, hit: HitWords) -> bool:
    if spelling.how == "phone":
        return any(_same_number(spelling.text, there) for there in hit.phones)
    if spelling.how == FORM:
        return f" {spelling.text} " in f"{hit.folded} "
    return f" {spelling.text}" in (hit.expanded if spelling.how else hit.folded)


def digits(text: str) -> str:
    """The digits of a text, without what is dialled before a country's code."""
    found = _NOT_DIGITS.sub("", text)
    return found.removeprefix("00")


def _same_number(asked: str, there: str) -> bool:
    return asked in there or (len(asked) >= _PHONE_TAIL and there.endswith(asked[-_PHONE_TAIL:]))


def word(typed: str, *, exact: bool = False) -> Word | None:
    """What to look for where somebody typed this; None if it has no words. An `exact` one is only spelled as typed."""
    parts = words(typed)
    if not parts:
        return None
    plain = Spelling(" ".join(parts))
    if exact:
        return Word((plain,), exact=True)
    others = _joined(typed, parts) if len(parts) > 1 else _single(typed, parts[0])
    return Word(tuple(dict.fromkeys((plain, *others, *_phone(typed)))), typed=typed.strip())


def _joined(typed: str, parts: list[str]) -> list[Spelling]:
    """Several words that hyphens part, or groups of digits, as one."""
    numbers = all(part.isdecimal() for part in parts) and _SEPARATED.fullmatch(typed.strip())
    grouped = numbers and len(parts[0]) <= _GROUP and all(len(part) == _GROUP for part in parts[1:])
    hyphens = len(parts) <= _JOINED_MOST and _HYPHENS_ONLY.fullmatch(typed.strip())
    return [Spelling("".join(parts))] if grouped or hyphens else []


def _single(typed: str, part: str) -> list[Spelling]:
    if part.isdecimal():
        return [Spelling(_in_groups(part))] if _GROUP < len(part) < LEAST_DIGITS + _GROUP else []
    found = [Spelling(f"{part[:cut]} {part[cut:]}") for cut in _cuts(part)]
    found += [Spelling(spelled) for spelled in latin_spellings(part)]
    expanded = " ".join(words(typed.translate(_EXPANDED)))
    if expanded != part:  # typed with ö: also where it is written oe
        found.append(Spelling(expanded))
    for pair, letter in _UMLAUTS:  # typed with oe: only where the text has ö, or blue would find "blurred"
        if pair in part:
            found.append(Spelling(part, "expanded", (part.replace(pair, letter),)))
    return found


def _in_groups(number: str) -> str:
    first = len(number) % _GROUP or _GROUP
    return " ".join([number[:first], *(number[at : at + _GROUP] for at in range(first, len(number), _GROUP))])


def _cuts(part: str) -> list[int]:
    """Where a hyphen may be in a word that was typed without."""
    cuts = [len(begun) for begun in _HYPHENATED_BEGINNINGS if part.startswith(begun)]
    cuts = [cut for cut in cuts if len(part) - cut >= (_LEAST_STEM if cut == 1 else _LEAST_REST)]
    ends = [len(part) - len(end) for end in _HYPHENATED_ENDINGS if part.endswith(end)]
    return cuts + [cut for cut in ends if cut >= _LEAST_STEM]


def _phone(typed: str) -> list[Spelling]:
    """A phone number, by the last groups that it may be written in; `HitWords.phones` are checked for all of it."""
    number = digits(typed).lstrip("0")
    if not _PHONE.fullmatch(typed.strip()) or not LEAST_DIGITS <= len(number) <= MOST_DIGITS:
        return []
    whole = dict.fromkeys((number, number[-_PHONE_TAIL:], f"0{number[-_PHONE_TAIL:]}", f"00{number}"))
    ends = [number[-last:] for last in range(2, 8)]
    pairs = [f"{number[-last - before : -last]} {number[-last:]}" for last in (2, 3, 4) for before in (2, 3, 4)]
    return [Spelling(number, "phone", (*whole, *pairs, *ends[-2:]))]
