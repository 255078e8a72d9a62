"""What every export yields, and how its JSON is read: what is not as expected is passed over, never believed."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from math import isfinite
from pathlib import PurePosixPath
from typing import Any, NamedTuple, Protocol

from app.base import phones
from app.base.message import KEPT_MAX, Attached, Incoming
from app.base.text import fold
from app.base.words import tr
from app.imports.bundle import Bundle, Part, content
from app.imports.exports import torn
from app.imports.notes import Notes

_MOST_JSON_BYTES = 300 << 20
LATEST = 4_102_444_800
"""2100-01-01: a later time is no time."""


class Entry(NamedTuple):
    """A message, or None with the reason for which it is left out."""

    item: Incoming | None
    left_out: str = ""


class Export(Protocol):
    """An export that was recognised.

    `kind` is the channel that its messages are from, `name` what the account is called if nobody says otherwise,
    `title` what it is, in words, `holds_members` whether it lists people.
    """

    kind: str
    name: str
    title: str

    def entries(self, bundle: Bundle, own: frozenset[str], notes: Notes) -> Iterator[Entry]:
        """Yield everything said, oldest first within a conversation; `own` are our names, folded."""


def read_json(bundle: Bundle, part: Part, notes: Notes) -> Any:  # noqa: ANN401  whatever a file holds
    """Return what a JSON file holds, or what stands in it before it is damaged; None, noted, if it cannot be read."""
    raw = content(bundle, part, _MOST_JSON_BYTES + 1)
    try:
        if raw is not None and len(raw) <= _MOST_JSON_BYTES:
            held, line = torn.read(raw.decode("utf-8-sig", "replace"))
            if line:
                notes.torn[part.name] = line
            return held
    except (ValueError, RecursionError, MemoryError):
        pass
    if part.name not in notes.unreadable:
        notes.unreadable.append(part.name)
    return None


def dicts(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a list; nothing if it is none."""
    if isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, dict))


def words(value: object) -> str:
    """A string without spaces around it; "" for anything else."""
    return value.strip() if isinstance(value, str) else ""


def seconds(value: object, divided: int = 1) -> int | None:
    """A number of seconds since 1970 (or of thousandths, with `divided` 1000); None if it is none that can be."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value[:18])
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    whole = value if isinstance(value, int) else int(value) if isfinite(value) else 0
    at = whole // divided
    return at if 0 < at < LATEST else None


def key_of(name: str) -> str:
    """The key of somebody who is only known by a name or a telephone number there."""
    figures = "".join(letter for letter in name if letter.isdigit())
    if figures and not any(letter.isalpha() for letter in name):
        return phones.normalized(name) or figures
    return fold(name.lstrip("~@ ").strip())


def only_files() -> str:
    """What stands in the place of the words of a message that has files alone."""
    return tr("[Attachments only.]")


def attached(bundle: Bundle, part: Part) -> Attached | None:
    """A file of the export as an attachment, without its content above KEPT_MAX bytes; None if it cannot be read."""
    name = PurePosixPath(part.name).name
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if part.size > KEPT_MAX:
        return Attached(name, kind, b"", left=part.size)
    held = content(bundle, part, KEPT_MAX)
    return None if held is None else Attached(name, kind, held)
