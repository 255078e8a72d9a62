"""The check behind the voice guide, pure: which words of a draft make one stop, where they stand, and why.

Words are compared folded (case, accents, invisible marks and kinds of apostrophe or dash do not count), but every
finding names its place in the text as it was typed. A word of a rule that ends in `*` stands for all its forms; one
that begins with it, for its compounds.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.base.text import fold
from app.base.words import N_, tr

NOTE, ASK, BLOCK = "note", "ask", "block"
LEVEL_NAMES = {BLOCK: N_("Block"), ASK: N_("Needs approval"), NOTE: N_("Note")}
LEVELS = tuple(LEVEL_NAMES)
RISKS = ("legal", "publicity", "non_public", "edge", "personal", "tone", "promotion")

_ALIKE = str.maketrans({**dict.fromkeys("’‘ʼ´`′", "'"), **dict.fromkeys("‐–—−", "-")})
_BETWEEN = r"[\s_-]+"
_LETTER = r"[^\W_]"
_STARS = 2
_STAR_MOST = 40  # letters that a star inside a word stands for
_BLANK = re.compile(r"\{\{([^{}\n]{0,200})\}\}")
_SCRAP = re.compile(r"\{\{|\}\}|\{[a-z][a-z0-9]*(?:_[a-z0-9]+)+\}")
_OWN_LETTERS = {"en": "", "is": "áéíóúýþðæö", "hu": "áéíóöőúüű", "cs": "áčďéěíňóřšťúůýž"}
"""What a language's alphabet adds to a to z."""
_PLAIN_WHY = N_("A template blank isn't filled in.")


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that make one stop. `language` "" holds in all; `until` is the second from which it no longer holds."""

    id: int
    words: tuple[str, ...]
    level: str
    why: str
    language: str = ""
    risk: str = "tone"
    instead: str = ""
    until: int | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One place of a draft: `start` and `end` count characters of the text as typed, `words` is what stands there.

    `key` names the rule and the words, so that a reason once given still fits when the text around them has moved.
    """

    start: int
    end: int
    level: str
    risk: str
    why: str
    words: str
    instead: str = ""
    rule_id: int | None = None

    @property
    def key(self) -> str:
        """What a reason for sending past this is kept under."""
        return f"{self.rule_id or self.risk}:{fold(self.words)}"


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text folded, with the place in the original that each of its characters came from."""

    text: str
    at: tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of these folded characters, with the accents that follow the last of them."""
        past = bisect_left(self.at, self.at[end - 1] + 1)
        return self.at[start], self.at[past] if past < len(self.at) else self.length


def check(text: str, language: str, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """What the rules have to say about a draft, the worst first and then in reading order.

    Rules of other languages are left out, except those that block: a wrongly set language must not open that gate.
    With `language` "" (not known) all rules hold. What another language's rule finds only because accents do not count
    is left out: the Hungarian Móron (in the town of Mór) is not the English moron, nor a Czech čůrek a cure.
    """
    folded = _folded(text)
    found = [*_blanks(text, folded)]
    for rule in rules:
        if rule.language in ("", language) or not language or rule.level == BLOCK:
            found += (one for one in _matches(text, folded, rule) if not _foreign(one.words, rule, language))
    return tuple(sorted(found, key=lambda one: (LEVELS.index(one.level), one.start, one.end, one.rule_id or 0)))


def _matches(text: str, folded: _Folded, rule: Rule) -> Iterator[Finding]:
    pattern = _pattern(rule.words)
    for hit in pattern.finditer(folded.text) if pattern else ():
        if hit.start() == hit.end():
            continue
        start, end = folded.span(*hit.span())
        yield Finding(start, end, rule.level, rule.risk, rule.why, text[start:end], rule.instead, rule.id)


def _foreign(words: str, rule: Rule, language: str) -> bool:
    """Whether words have letters that the language of the rule does not have; never in a text of that language."""
    own = _OWN_LETTERS.get(rule.language)
    if own is None or rule.language == language or words.isascii():
        return False
    known = {*own, *"".join(rule.words).casefold()}
    letters = unicodedata.normalize("NFC", words).casefold()
    return any(char.isalpha() and not char.isascii() and char not in known for char in letters)


def _blanks(text: str, folded: _Folded) -> Iterator[Finding]:
    """What is left of a template's blanks: whole ones block, scraps of one are asked about."""
    if "{" not in folded.text and "}" not in folded.text:
        return
    covered: list[tuple[int, int]] = []
    for hit in _BLANK.finditer(folded.text):
        covered.append(hit.span())
        start, end = folded.span(*hit.span())
        name = text[start:end].strip("{}").partition("|")[0].strip()
        why = tr("The blank “{name}” isn't filled in.").format(name=name) if name else tr(_PLAIN_WHY)
        yield Finding(start, end, BLOCK, "blank", why, text[start:end])
    for hit in _SCRAP.finditer(folded.text):
        if not any(low <= hit.start() < high for low, high in covered):
            start, end = folded.span(*hit.span())
            yield Finding(start, end, ASK, "blank", tr("This looks like part of a blank."), text[start:end])


@lru_cache(maxsize=4096)
def _one(char: str) -> str:
    return fold(char).translate(_ALIKE)


def _folded(text: str) -> _Folded:
    if text.isascii():
        return _Folded(text.lower().translate(_ALIKE), tuple(range(len(text))), len(text))
    parts: list[str] = []
    at: list[int] = []
    for place, char in enumerate(text):
        bare = _one(char)
        parts.append(bare)
        at.extend([place] * len(bare))
    return _Folded("".join(parts), tuple(at), len(text))


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern for all words of a rule, the longest first; None when there is nothing to look for."""
    shapes = sorted((_shape(word) for word in words if fold(word).strip(" *")), key=len, reverse=True)
    return re.compile("|".join(shapes)) if shapes else None


def _shape(word: str) -> str:
    bare = fold(word).translate(_ALIKE).strip()
    head = rf"{_LETTER}*" if bare.startswith("*") else ""
    tail = rf"{_LETTER}*" if bare.endswith("*") else ""
    core = bare.strip("* ")
    parts = [_part(part) for part in re.split(r"[\s_]+", core)]
    between = _BETWEEN.join(parts).split(_BETWEEN)  # `a - b`: one gap, not three, which would be tried in every way
    gaps = _BETWEEN.join(part for at, part in enumerate(between) if part or at in (0, len(between) - 1))
    left = rf"(?<!{_LETTER})" if head or re.match(_LETTER, core) else ""
    right = rf"(?!{_LETTER})" if tail or re.search(rf"{_LETTER}$", core) else ""
    return left + head + gaps + tail + right


def _part(part: str) -> str:
    """One word of a phrase; a star inside the phrase stands for that word's forms, a dash also for a space.

    Two stars of a word count: more would have each draft tried in too many ways.
    """
    pieces = re.sub(r"\*+", "*", part).split("*", _STARS)
    return rf"{_LETTER}{{0,{_STAR_MOST}}}".join(re.escape(piece).replace(r"\-", _BETWEEN) for piece in pieces)
