"""How to connect a channel, as docs/connecting.md says it: the part of that page that is about one channel."""

from __future__ import annotations

import re
from pathlib import Path

from app.base.resources import DOCS
from app.channels.channel import Channel

PAGE = "connecting.md"
SHARED = "Assisted channels"
"""The heading of what holds for every assisted channel."""
_HEADING = re.compile(r"(?m)^(#{1,6}) (.+)$")
_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\(([^()\s]+)\)")
_LINK_HERE = re.compile(r"(?<!!)\[([^\[\]\n]*)\]\((?!https?:)[^()\s]*\)")


def page() -> str:
    """The whole page, in Markdown. Raises OSError where this Rapport came without it."""
    return DOCS.joinpath(PAGE).read_text("utf-8")


def for_channel(text: str, of: Channel | None) -> str:
    """The part of the page `text` that is about a channel, in Markdown; without one, how connecting goes in general.

    Of an assisted channel, what holds for all of them follows. "" if the page says nothing of it. Links to other
    pages, which are not in the program, become words.
    """
    if of is None:
        found = text[: _start_of_next(text, 2)]
    else:
        found = _part(text, of.title)
        if not of.live and found:
            shared = _part(text, SHARED)
            found = f"{found}\n{shared[: _start_of_next(shared, 3)]}"
    return _LINK_HERE.sub(r"\1", found).strip()


def pictures(text: str) -> tuple[str, ...]:
    """The pictures that a part names, as paths from the folder of the page."""
    return tuple(_PICTURE.findall(text))


def folder() -> Path:
    """Where the paths of the pictures start."""
    return DOCS


def _part(text: str, title: str) -> str:
    """What stands below the heading of this title, with it, up to the next one of its rank."""
    for found in _HEADING.finditer(text):
        if found[2].strip() == title:
            rest = text[found.end() :]
            return f"# {title}\n{rest[: _start_of_next(rest, len(found[1]))]}"
    return ""


def _start_of_next(text: str, rank: int) -> int:
    """Where the next heading of this rank or a higher one starts; the end of the text if there is none."""
    return next((found.start() for found in _HEADING.finditer(text) if 1 < len(found[1]) <= rank), len(text))
