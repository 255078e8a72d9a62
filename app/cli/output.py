"""A command's answer in two forms: a JSON document for programs, aligned lines for people.

Control characters are stripped from text before it reaches a terminal: escape sequences in a message could rewrite
what the person sees.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.base import clock
from app.base.words import tr

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_RAW_CONTROL = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")  # json.dumps escapes only those below U+0020
_DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Output:
    """`data` becomes JSON (None prints nothing), `lines` are for people, `status` is the exit status."""

    data: object
    lines: Sequence[str] = ()
    status: int = 0


def document(data: object) -> str:
    """The JSON text, ending in a newline; letters of all scripts stay unescaped."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _RAW_CONTROL.sub(lambda hit: f"\\u{ord(hit[0]):04x}", text) + "\n"


def document_line(data: object) -> str:
    """The JSON text on one line, ending in a newline, for a command that answers again and again."""
    text = json.dumps(data, ensure_ascii=False)
    return _RAW_CONTROL.sub(lambda hit: f"\\u{ord(hit[0]):04x}", text) + "\n"


def plain(text: str) -> str:
    """The text without control and bidirectional-formatting characters, except tab and newline."""
    return _CONTROL.sub("", text.replace("\r\n", "\n"))


def one_line(text: str, most: int = 0) -> str:
    """The text on one line; with `most`, truncated with an ellipsis to that many terminal columns."""
    line = " ".join(plain(text).split())
    if not most or width(line) <= most:
        return line
    while line and width(line) > most - 1:
        line = line[:-1]
    return line.rstrip() + "…"


def width(text: str) -> int:
    """How many terminal columns the text takes: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def table(rows: Iterable[Sequence[str]], most: int = 48) -> list[str]:
    """Rows as lines of aligned columns, each at most `most` wide except the last; empty columns are left out."""
    cells = [[one_line(cell, 0 if column == len(row) - 1 else most) for column, cell in enumerate(row)] for row in rows]
    if not cells:
        return []
    kept = [column for column in range(len(cells[0])) if any(row[column] for row in cells)]
    wide = {column: max(width(row[column]) for row in cells) for column in kept}
    lines = []
    for row in cells:
        padded = [row[column] + " " * (wide[column] - width(row[column])) for column in kept]
        lines.append("  ".join(padded).rstrip())
    return lines


def iso(at: int | None) -> str | None:
    """A time (Unix seconds) for JSON: ISO 8601 in UTC; None for None."""
    return None if at is None else clock.iso(at)


def when(at: int | None) -> str:
    """A time (Unix seconds) for people: local time to the minute; "" for None."""
    return "" if at is None else f"{clock.local(at):%Y-%m-%d %H:%M}"


def ago(at: int | None, now: int) -> str:
    """How long before `now`, in one unit: `4 min`, `3 h`, `12 d`; "" for None. Both are Unix seconds."""
    if at is None:
        return ""
    seconds = max(0, now - at)
    if seconds < 2 * 3600:
        return tr("{minutes} min").format(minutes=seconds // 60)
    if seconds < 2 * _DAY_SECONDS:
        return tr("{hours} h").format(hours=seconds // 3600)
    return tr("{days} d").format(days=seconds // _DAY_SECONDS)
