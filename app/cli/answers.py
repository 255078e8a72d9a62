"""What a command answers, twice: one JSON document for programs, quiet aligned lines for people.

Texts of strangers go to a terminal without their control characters: those could rewrite what the person sees.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.base import clock

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_RAW_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # JSON itself escapes only those below a space
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Answer:
    """`told` becomes JSON; `lines` are for people. `status` is the exit status, 1 where the answer itself is a "no"."""

    told: object
    lines: Sequence[str] = ()
    status: int = 0


def document(told: object) -> str:
    """One JSON document, ended by a line feed; texts stay readable in any script."""
    text = json.dumps(told, ensure_ascii=False, indent=2)
    return _RAW_CONTROL.sub(lambda hit: f"\\u{ord(hit[0]):04x}", text) + "\n"


def plain(text: str) -> str:
    """The text without what a terminal would obey."""
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def one_line(text: str, most: int = 0) -> str:
    """The text on one line; with `most`, cut to so many columns with an ellipsis."""
    line = " ".join(plain(text).split())
    if not most or width(line) <= most:
        return line
    while line and width(line) > most - 1:
        line = line[:-1]
    return line.rstrip() + "…"


def width(text: str) -> int:
    """How many columns a terminal gives the text: wide letters take two, marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def table(rows: Iterable[Sequence[str]], most: int = 48) -> list[str]:
    """Rows as lines with aligned columns, the last one as long as it is; columns empty throughout fall away."""
    cells = [[one_line(cell, 0 if place == len(row) - 1 else most) for place, cell in enumerate(row)] for row in rows]
    if not cells:
        return []
    kept = [place for place in range(len(cells[0])) if any(row[place] for row in cells)]
    wide = {place: max(width(row[place]) for row in cells) for place in kept}
    lines = []
    for row in cells:
        padded = [row[place] + " " * (wide[place] - width(row[place])) for place in kept]
        lines.append("  ".join(padded).rstrip())
    return lines


def iso(at: int | None) -> str | None:
    """A time as JSON says it: UTC, ISO 8601; None where there is none."""
    return None if at is None else clock.iso(at)


def when(at: int | None) -> str:
    """A time as people read it here: local, to the minute; "" where there is none."""
    return "" if at is None else f"{clock.local(at):%Y-%m-%d %H:%M}"


def ago(at: int | None, now: int) -> str:
    """How long ago, in one unit: `4 min`, `3 h`, `12 d`; "" where there is no time."""
    if at is None:
        return ""
    seconds = max(0, now - at)
    if seconds < 2 * 3600:
        return f"{seconds // 60} min"
    return f"{seconds // 3600} h" if seconds < 2 * _DAY else f"{seconds // _DAY} d"
