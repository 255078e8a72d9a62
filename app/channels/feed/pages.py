"""The feeds that a page names in its head."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

from app.channels.feed.document import root_of

_HEAD = 200_000
_MOST = 10
_LINK = re.compile(r"<link\s([^<>]{1,2000})>", re.IGNORECASE)
_PART = re.compile(r"""\b(rel|type|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")


def feeds_of(html: str, url: str, *, wordpress: bool = False) -> tuple[str, ...]:
    """Addresses of the feeds that an HTML page offers as its own, each once; none where it is a feed itself.

    A page of `wordpress` has feeds, whether its theme tells of them or not.
    """
    if root_of(html) is not None:
        return ()
    found: dict[str, None] = {}
    base = url.partition("?")[0].partition("#")[0]
    for link in _LINK.finditer(html[:_HEAD]):
        parts = {name.lower(): unescape(a or b or c) for name, a, b, c in _PART.findall(link[1])}
        if "alternate" in parts.get("rel", "").lower().split() and parts.get("type", "").lower() in _TYPES:
            address = _joined(url, parts.get("href", ""))
            if address:
                found[address] = None
    if wordpress and not found:
        found = dict.fromkeys((f"{base}?feed=rss2", f"{base}?feed=comments-rss2"))
    return tuple(found)[:_MOST]


def _joined(url: str, said: str) -> str:
    try:
        address = urljoin(url, said.strip())
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) else ""
