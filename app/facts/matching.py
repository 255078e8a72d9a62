"""Which values of facts stand in a text, and the blanks that name facts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.facts.rows import Value

BLANK = re.compile(r"\{\{[ \t]*fact:([\w-]{1,40})[ \t]*(?:\|[^{}\n]{0,200})?\}\}")
PREFIX = "fact:"
_SPACE = re.compile(r"\s+")


def keys_in(text: str) -> tuple[str, ...]:
    """The keys of the facts that blanks of a text name, each once."""
    return tuple(dict.fromkeys(hit[1] for hit in BLANK.finditer(text))) if PREFIX in text else ()


def one_line(words: str) -> str:
    """The words with single spaces, on one line."""
    return _SPACE.sub(" ", words).strip()


def stands_in(words: str, text: str) -> tuple[int, int] | None:
    """Where a value stands in a text, as (start, end), whole and not within another word or number; None if nowhere."""
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return None
    whole = r"\s{1,9}".join(parts)
    hit = re.search(rf"(?<!\w)(?<!\d[.,]){whole}(?!\w|[.,]\d)", text, re.IGNORECASE)
    return None if hit is None else hit.span()


def told_in(text: str, facts: Mapping[int, Iterable[Value]]) -> dict[int, Value]:
    """The value of each fact that a text tells: what is true now before what was, the longer before the shorter."""
    found = dict[int, Value]()
    for fact, values in facts.items():
        ordered = sorted(values, key=lambda value: (value.until is not None, -len(value.words), -value.since))
        told = next((value for value in ordered if stands_in(value.words, text)), None)
        if told is not None:
            found[fact] = told
    return found
