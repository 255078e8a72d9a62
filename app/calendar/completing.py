"""What a date that is being typed may become: its last word completed, or the two days that it may be. Pure."""

from __future__ import annotations

from functools import cache

from app.base.text import fold
from app.calendar.asking import day_in_words
from app.calendar.typed import Now, Reading, read_at
from app.calendar.words import KNOWN

_LEAST, _LEAST_WORD = 2, 4
"""Letters from which on a word is completed, and those that a word has which is worth it."""
_KINDS = "DWBSEF"
"""Words that name a day by themselves: `app/calendar/tokens.py` lists them."""


def completions(typed: str, now: Now, most: int = 5) -> list[str]:
    """Whole lines in place of what is typed, at most so many, each of which is read as one date of its own."""
    found = read_at(typed, now)
    if found is not None and found.other is not None and not found.unread:
        hour = f", {found.hour:%H:%M}" if found.hour else ""
        return [f"{day_in_words(day, now)}{hour}" for day in sorted((found.day, found.other))]
    head, _, last = typed.rpartition(" ")
    begun = fold(last)
    if len(begun) < _LEAST or not begun.isalpha() or (found is not None and not found.unread):
        return []
    lines: dict[Reading, str] = {}
    for folded, word in _words():
        if folded.startswith(begun):
            line = f"{head} {word}".strip()
            means = read_at(line, now)
            if means is not None and not means.unread:
                lines.setdefault(means, line)
        if len(lines) == most:
            break
    return list(lines.values())


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """Each word that names a day: folded, and as it is spelled."""
    named = ((folded, tokens[0]) for folded, tokens in KNOWN.items())
    return tuple(
        (folded, token.word) for folded, token in named if token.kind in _KINDS and len(token.word) >= _LEAST_WORD
    )
