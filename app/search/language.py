"""What somebody typed into a search, taken apart: words, phrases, operators with a value, and a minus before any. Pure.

    lemonade "broken box" from:eleni -label:parcel after:may

A minus counts at the beginning of a word only. The value of an operator stands right behind its colon, in quotation
marks if it has spaces. A mark that is not closed yet reaches to the end. What looks like an operator and is none
(`re:`, `https://...`) is a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from app.search.operators import named

MARKS = '"“”„«»'
"""Quotation marks; any of them opens, and any of them closes."""
_SPACE = re.compile(r"\s+")
_OPERATOR = re.compile(r"[^\W\d_]{1,20}:")
_QUOTED = re.compile(f"[{MARKS}]([^{MARKS}]*+)[{MARKS}]?")
_BARE = re.compile(rf"[^\s{MARKS}]++")


class Term(NamedTuple):
    """One part of a search. `operator` is its key ("from"), "" for words; `text` is the value or the words.

    `start` and `end` are where it stands in what was typed.
    """

    text: str
    operator: str = ""
    negated: bool = False
    quoted: bool = False
    start: int = 0
    end: int = 0


def parse(typed: str, known: Callable[[str], str] = named) -> list[Term]:
    """The terms of a search, in order. Any text has some, or none; it never fails.

    `known` gives the key of an operator by a name of it, and "" where there is none: those of the inbox unless it says
    others.
    """
    terms: list[Term] = []
    at = 0
    while at < len(typed):
        space = _SPACE.match(typed, at)
        if space:
            at = space.end()
            continue
        term = _term(typed, at, known)
        at = term.end
        terms.append(term)
    return [term for term in terms if term.text.strip() or term.operator]


def _term(typed: str, start: int, known: Callable[[str], str]) -> Term:
    at = start
    negated = typed[at] == "-" and at + 1 < len(typed) and not typed[at + 1].isspace() and typed[at + 1] != "-"
    at += negated
    operator = ""
    name = _OPERATOR.match(typed, at)
    if name and known(name[0][:-1]):
        operator, at = known(name[0][:-1]), name.end()
    quoted = _QUOTED.match(typed, at)
    if quoted:
        return Term(quoted[1], operator, negated, quoted=True, start=start, end=quoted.end())
    bare = _BARE.match(typed, at)
    text, end = (bare[0], bare.end()) if bare else ("", at)
    return Term(text, operator, negated, quoted=False, start=start, end=end)


def written(terms: Iterable[Term]) -> str:
    """The terms as somebody would type them; `parse` makes the same terms of it."""
    return " ".join(map(_written, terms))


def _written(term: Term) -> str:
    sign, name = "-" if term.negated else "", f"{term.operator}:" if term.operator else ""
    mark = '"' if term.quoted or _SPACE.search(term.text) else ""
    return f"{sign}{name}{mark}{term.text}{mark}"


def at_cursor(typed: str, cursor: int) -> Term | None:
    """The term at the cursor, as far as the cursor; None behind a space or a closed mark."""
    before = typed[:cursor]
    terms = parse(before)
    if not terms or terms[-1].end < len(before):
        return None
    last = terms[-1]
    closed = last.quoted and len(before) > 1 and before[-1] in MARKS and before[last.start : -1].strip("-") != ""
    return None if closed and last.text else last
