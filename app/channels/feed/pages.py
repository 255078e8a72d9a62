"""Feed discovery: the feeds that an HTML page links to."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

from app.channels.feed import jsonfeed
from app.channels.feed.document import root_of

_MAX_HEAD_CHARS = 200_000
_MAX_FEEDS = 10
_LINK = re.compile(r"<link\s([^<>]{1,2000})>", re.IGNORECASE)
_PART = re.compile(r"""\b(rel|type|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")


def feeds_of(html: str, url: str, *, wordpress: bool = False) -> tuple[str, ...]:
    """Return the addresses of the feeds in a page's <link rel="alternate">, without duplicates; () for a feed.

    A `wordpress` page always has feeds, even if its theme does not link to them.
    """
    if jsonfeed.is_one(html) or root_of(html) is not None:
        return ()
    addresses: dict[str, None] = {}
    base = url.partition("?")[0].partition("#")[0]
    for link in _LINK.finditer(html[:_MAX_HEAD_CHARS]):
        parts = {name.lower(): unescape(a or b or c) for name, a, b, c in _PART.findall(link[1])}
        if "alternate" in parts.get("rel", "").lower().split() and parts.get("type", "").lower() in _TYPES:
            address = _joined(url, parts.get("href", ""))
            if address:
                addresses[address] = None
    if wordpress and not addresses:
        addresses = dict.fromkeys((f"{base}?feed=rss2", f"{base}?feed=comments-rss2"))
    return tuple(addresses)[:_MAX_FEEDS]


def _joined(url: str, link: str) -> str:
    try:
        address = urljoin(url, link.strip())
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) else ""
