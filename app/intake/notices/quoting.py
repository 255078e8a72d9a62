"""Words as they are quoted in a notice: without the marks around them, and without the link behind words cut short."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.base.text import fold
from app.intake.notices.phrases import MORE, MORE_MARKED, MORE_PLAIN

QUOTED = re.compile(r"[“„«\"](?P<text>[^“”„«»\"]{2,4000})[”“»\"]", re.DOTALL)
"""A quotation within a text; what it says is the group `text`."""
OPENING, CLOSING = '“„«"”‟', '”“»"‟'


def is_closed(text: str, *, begun: bool = False) -> bool:
    """Whether quotation marks that a text opens are closed in it."""
    inside = text.strip() if begun else text.strip()[1:]
    return any(mark in inside for mark in CLOSING)


def unquoted(text: str) -> str:
    """The text without the quotation marks around the whole of it."""
    bare = text.strip()
    if bare[:1] in OPENING and bare[-1:] in CLOSING and len(bare) > 2:  # noqa: PLR2004  more than the two marks
        return bare[1:-1].strip()
    if bare[:1] in OPENING and not any(mark in bare[1:] for mark in CLOSING):
        return bare[1:].strip()
    return bare


def cut_more(text: str, links: Sequence[str] = ()) -> str:
    """The text without the link behind words that the place has cut: “... See more”; that they go on is kept.

    `links` are what the links in it say: one at the end that says no more than "More" is such a link.
    """
    begin, line = text[: text.rfind("\n") + 1], text[text.rfind("\n") + 1 :]
    for marked in reversed(list(MORE_MARKED.finditer(line))):
        rest = line[marked.end() :]
        if rest and MORE.fullmatch(fold(rest)):
            return f"{begin}{line[: marked.start()].rstrip()}…"
        break
    end = links[-1] if links else ""
    if end and line.endswith(end) and len(line) > len(end) and MORE.fullmatch(fold(end)):
        return f"{begin}{line.removesuffix(end).rstrip(' .…')}…"
    plain = MORE_PLAIN.search(line)
    return f"{begin}{line[: plain.start()].rstrip()}" if plain else text
