"""Addresses in a plain notice that lead elsewhere than to its place: they are part of what somebody wrote."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from urllib.parse import urlsplit

from app.base.text import fold, words
from app.intake.notices.phrases import CHROME, FOOTER
from app.mail.blocks import Block, Link
from app.mail.wrapped import unwrapped

_LEAST_CHARS = 4
_SHORT = frozenset(("fb", "lnkd", "youtu", "redd", "goo", "t"))
"""Places' short hosts, without the country: youtu.be, lnkd.in."""


def kept(blocks: Iterable[Block], services: Collection[str], sender_words: str) -> Iterator[Block]:
    """The blocks; where all addresses in a plain one lead elsewhere, they are words as the others are."""
    labels = frozenset((*_labels(services), *_labels([sender_words]), *_SHORT))
    for block in blocks:
        elsewhere = block.written and block.text and not any(_leads_to(link, labels) for link in block.links)
        if elsewhere and not CHROME.match(fold(block.text)) and not FOOTER.search(fold(block.text[:400])):
            yield block._replace(text=block.written, links=(), written="")
        else:
            yield block


def _labels(names: Iterable[str]) -> Iterator[str]:
    """What a place's host may be called: its name in one word, and the longer words of it."""
    for name in names:
        parts = words(name.replace("_", " "))
        yield "".join(parts)
        yield from (part for part in parts if len(part) >= _LEAST_CHARS)


def _leads_to(link: Link, labels: Collection[str]) -> bool:
    try:
        host = urlsplit(unwrapped(link.href)).hostname or ""
    except ValueError:
        return False
    return any(label in labels for label in host.split("."))
