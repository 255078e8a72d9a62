"""Find the words in a draft that the voice guide's rules list. Pure.

Words are compared folded (ignoring case, accents, invisible marks and kinds of apostrophe or dash), but findings have
offsets in the text as typed. A rule's word that ends in `*` matches any ending; one that begins with `*`, any prefix.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.base import codes
from app.base.text import fold
from app.base.words import N_, tr

NOTE, ASK, BLOCK = "note", "ask", "block"
LEVEL_NAMES = {BLOCK: N_("Block"), ASK: N_("Needs approval"), NOTE: N_("Note")}
LEVELS = tuple(LEVEL_NAMES)
RISKS = ("legal", "publicity", "non_public", "edge", "personal", "tone", "promotion")

_ALIKE = str.maketrans({**dict.fromkeys("’‘ʼ´`′", "'"), **dict.fromkeys("‐–—−", "-")})
_BETWEEN = r"[\s_-]{1,99}"
"""Between the words of a phrase. Bounded: beside a star, 20,000 line ends would take the square of their number."""
_LETTER = r"[^\W_]"
_MAX_STARS = 2
_MAX_STAR_LETTERS = 40  # maximum letters that a star inside a word matches
_BLANK = re.compile(r"\{\{([^{}\n]{0,200})\}\}")
_BLANK_FRAGMENT = re.compile(r"\{\{|\}\}|\{[a-z][a-z0-9]*(?:_[a-z0-9]+)+\}")
_OWN_LETTERS = {"en": "", "is": "áéíóúýþðæö", "hu": "áéíóöőúüű", "cs": "áčďéěíňóřšťúůýž"}
"""The letters of a language's alphabet besides a to z."""
_UNNAMED_BLANK = N_("A template blank isn't filled in.")


@dataclass(frozen=True, slots=True)
class Rule:
    """Words to look for. `language` "" means all languages; `until` is when it expires (Unix seconds)."""

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
    """A match in a draft: `start` and `end` are character offsets in the text as typed, `words` is the matched text.

    `instead` takes the place of the words, or of the span `replaces` where it says more than they did; `fact` is the
    key of the fact whose value it is. `key` consists of the rule and the words, so that a reason given stays valid when
    the text around them changes.
    """

    start: int
    end: int
    level: str
    risk: str
    why: str
    words: str
    instead: str = ""
    rule_id: int | None = None
    replaces: tuple[int, int] | None = None
    fact: str = ""

    @property
    def key(self) -> str:
        """The key of the reason for overriding this."""
        return f"{self.rule_id or self.risk}:{fold(self.words)}"


@dataclass(frozen=True, slots=True)
class _Folded:
    """A folded text, with the offset in the original of each of its characters."""

    text: str
    at: tuple[int, ...]
    length: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original of a span in the folded text, including trailing combining accents."""
        past = bisect_left(self.at, self.at[end - 1] + 1)
        return self.at[start], self.at[past] if past < len(self.at) else self.length


def check(text: str, language: str, rules: Iterable[Rule]) -> tuple[Finding, ...]:
    """Return the findings in a draft, worst first, then in text order.

    Rules of other languages are skipped, except BLOCK ones: a wrongly set language must not let these pass. With
    `language` "" (unknown) all rules apply. A match of another language's rule that is only due to ignored accents is
    dropped: the Hungarian Móron (in the town of Mór) is not the English moron, nor the Czech čůrek a cure.
    """
    folded = _folded(text)
    findings = [*_blanks(text, folded)]
    for rule in rules:
        if rule.language in ("", language) or not language or rule.level == BLOCK:
            findings += (
                finding for finding in _matches(text, folded, rule) if not _is_foreign(finding.words, rule, language)
            )
    return tuple(
        sorted(
            findings,
            key=lambda finding: (LEVELS.index(finding.level), finding.start, finding.end, finding.rule_id or 0),
        )
    )


def _matches(text: str, folded: _Folded, rule: Rule) -> Iterator[Finding]:
    pattern = _pattern(rule.words)
    for hit in pattern.finditer(folded.text) if pattern else ():
        if hit.start() == hit.end():
            continue
        start, end = folded.span(*hit.span())
        yield Finding(start, end, rule.level, rule.risk, rule.why, text[start:end], rule.instead, rule.id)


def _is_foreign(words: str, rule: Rule, language: str) -> bool:
    """Whether a match contains letters that the rule's language does not have; False in a text of that language."""
    own = _OWN_LETTERS.get(rule.language)
    if own is None or rule.language == language or words.isascii():
        return False
    known = {*own, *"".join(rule.words).casefold()}
    letters = unicodedata.normalize("NFC", words).casefold()
    return any(char.isalpha() and not char.isascii() and char not in known for char in letters)


def _blanks(text: str, folded: _Folded) -> Iterator[Finding]:
    """Find unfilled template blanks: complete ones are BLOCK, fragments are ASK."""
    if "{" not in folded.text and "}" not in folded.text:
        return
    covered: list[tuple[int, int]] = []
    for hit in _BLANK.finditer(folded.text):
        covered.append(hit.span())
        start, end = folded.span(*hit.span())
        if codes.is_blank(text[start:end]):  # filled in where the words go out
            continue
        name = text[start:end].strip("{}").partition("|")[0].strip()
        why = tr("The blank “{name}” isn't filled in.").format(name=name) if name else tr(_UNNAMED_BLANK)
        yield Finding(start, end, BLOCK, "blank", why, text[start:end])
    for hit in _BLANK_FRAGMENT.finditer(folded.text):
        if not any(low <= hit.start() < high for low, high in covered):
            start, end = folded.span(*hit.span())
            yield Finding(start, end, ASK, "blank", tr("This looks like part of a blank."), text[start:end])


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    return fold(char).translate(_ALIKE)


def _folded(text: str) -> _Folded:
    if text.isascii():
        return _Folded(text.lower().translate(_ALIKE), tuple(range(len(text))), len(text))
    parts: list[str] = []
    at: list[int] = []
    for position, char in enumerate(text):
        bare = _fold_char(char)
        parts.append(bare)
        at.extend([position] * len(bare))
    return _Folded("".join(parts), tuple(at), len(text))


@lru_cache(maxsize=1024)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """Compile all words of a rule into one regular expression, longest first; None if there are no words."""
    shapes = sorted((_word_pattern(word) for word in words if fold(word).strip(" *_")), key=len, reverse=True)
    return re.compile("|".join(shapes)) if shapes else None


def _word_pattern(word: str) -> str:
    bare = fold(word).translate(_ALIKE).strip()
    head = rf"{_LETTER}*" if bare.startswith("*") else ""
    tail = rf"{_LETTER}*" if bare.endswith("*") else ""
    core = bare.strip("*_ ")  # a gap at an end would be looked for from each of its characters
    parts = [_part_pattern(part) for part in re.split(r"[\s_]+", core)]
    between = _BETWEEN.join(parts).split(_BETWEEN)  # `a - b`: one gap instead of three, which would backtrack
    gaps = _BETWEEN.join(part for at, part in enumerate(between) if part or at in (0, len(between) - 1))
    left = rf"(?<!{_LETTER})" if head or re.match(_LETTER, core) else ""
    right = rf"(?!{_LETTER})" if tail or re.search(rf"{_LETTER}$", core) else ""
    return left + head + gaps + tail + right


def _part_pattern(part: str) -> str:
    """Return the pattern of one word of a phrase; a star matches up to 40 letters, a dash also a space.

    Only the first two stars count, to limit backtracking.
    """
    pieces = re.sub(r"\*+", "*", part).split("*", _MAX_STARS)
    return rf"{_LETTER}{{0,{_MAX_STAR_LETTERS}}}".join(re.escape(piece).replace(r"\-", _BETWEEN) for piece in pieces)
