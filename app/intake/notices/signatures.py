"""Who wrote words, by the line below them: “by Hannah B.”, “Anna B. • 14 May 2026”."""

from __future__ import annotations

import re

from app.base.text import fold
from app.intake.notices.authors import FROM, is_name, tells, tidy
from app.intake.notices.phrases import META, SPOKE

_MAX_CHARS = 300
_PLACE = re.compile(r",| [·•|(]")
"""After a signature: where from, when."""


def signed(text: str) -> str:
    """The name in a line that says by whom words above it are: “by Hannah B.”, “– Anna Bell”; "" in any other."""
    if written := _written_by(text):
        return written
    first, _, rest = " ".join(text.split()).partition(" ")
    name = tidy(_PLACE.split(rest, maxsplit=1)[0])
    return name if rest and (fold(first).strip(":") in FROM or first in ("–", "—", "-")) and is_name(name) else ""


def _written_by(text: str) -> str:
    """The name in “Written by Hannah B., York, 3 May”, which begins with the verb and has a comma after the name."""
    first, _, rest = " ".join(text.split())[:_MAX_CHARS].partition(" ")
    before, _, after = rest.partition(" ")
    name, comma, _ = (after if fold(before) in FROM else rest).partition(",")
    parts = name.split()
    name = " ".join(parts[: next((at for at, part in enumerate(parts) if at and fold(part) in FROM), len(parts))])
    told = SPOKE.match(fold(first)) is not None and bool(comma) and any(letter.isdigit() for letter in rest)
    return tidy(name) if told and is_name(name) and not tells(f"- {name}") else ""


def dated(line: str) -> str:
    """The name in a line below words that says who wrote them and when: “Anna B. • 14 May 2026”; "" in any other."""
    who, _, when = " ".join(line.split()).partition(" • ")
    if not when:
        who, _, when = " ".join(line.split()).partition(" · ")
    told = any(letter.isdigit() for letter in when) and META.match(fold(when))
    several = len(who.split()) > 1 or any(letter.isdigit() or letter == "_" for letter in who)
    return tidy(who) if told and several and is_name(who) else ""
