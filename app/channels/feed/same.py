"""One entry under several names: a blog moves to https, a link carries where the reader came from, an id changes case.

Feeds are told apart by ids that should never change (RFC 4287, 4.2.6) and do. An entry keeps the name under which it
first came; pages and hosts keep theirs as well, so that what is said later joins the same conversation and is by the
same person.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, MutableMapping
from urllib.parse import urlsplit

_WEB = re.compile(r"https?://", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm_\w{1,30}|at_(?:medium|campaign|source)|fbclid|gclid|dclid|msclkid|yclid|igshid|twclid|mc_[ce]id|mkt_tok|"
    r"_hs(?:enc|mi)|cmpid|ns_(?:mchannel|source|campaign|linkname|fee))=[^&]{0,500}",
    re.IGNORECASE,
)
"""Query parameters that say where a reader came from, in the words of the programs that add them."""
_MAX_URL_CHARS = 2_000
PAGE, HOST = "p", "h"
"""Kinds of what is remembered besides entries."""


def canonical(name: str) -> str:
    """A web address without what may change while the page stays: scheme, `www.`, default port, last slash, tracking.

    Anything else is returned without white space around it.
    """
    bare = name.strip()
    if len(bare) > _MAX_URL_CHARS or not _WEB.match(bare):
        return bare
    try:
        parts = urlsplit(bare)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return bare
    kept = [piece for piece in parts.query.split("&") if piece and not _TRACKING.fullmatch(piece)]
    query = f"?{'&'.join(kept)}" if kept else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    where = f"{host}:{port}" if port not in (None, 80, 443) else host
    return f"{where}{parts.path.rstrip('/')}{query}{fragment}"


def digest(text: str) -> str:
    """A short hash of a text."""
    return hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=6).hexdigest()


def remembered(entries: Iterable[str], pages: Iterable[str], hosts: Iterable[str]) -> dict[str, str]:
    """What `Names` starts from where only what was stored is known: names of entries, of pages and of hosts."""
    named = (("i", entries), (PAGE, pages), (HOST, hosts))
    return {_key(kind, name): name for kind, names in named for name in names if name}


def _key(kind: str, value: str) -> str:
    plain = value.removeprefix("www.") if kind == HOST else value
    return f"{kind}{digest(canonical(plain).casefold())}"


class Names:
    """What entries, pages and hosts were called when they first came."""

    def __init__(self, kept: MutableMapping[str, str] | None = None) -> None:
        """`kept` is what is remembered between pulls; it is updated, most recently seen last."""
        self._kept = {} if kept is None else kept

    def first(self, kind: str, value: str) -> str:
        """The value of that kind (a page, a host) under which it first came: `value` itself if it is new."""
        return self._remember(_key(kind, value), value) if value else ""

    def entry(self, name: str, others: Collection[str], held: Collection[str], traits: Collection[str]) -> str:
        """The name under which an entry first came.

        `others` are the names in the same document, which are not this entry's; `held` the hashes of names known from
        before. `traits` are what it has besides its name, each enough to know it by: author, link and date.
        """
        keys = [f"i{digest(canonical(name).casefold())}", *(f"t{digest(trait)}" for trait in traits)]
        if digest(name) in held:
            return self._all(keys, name)
        by_name = self._kept.get(keys[0], "")
        if by_name and by_name not in others and canonical(by_name) == canonical(name):
            return self._all(keys, by_name)
        for key in keys[1:]:
            by_trait = self._kept.get(key, "")
            if by_trait and by_trait not in others:
                return self._all(keys, by_trait)
        return self._all(keys, name)

    def known(self, name: str, held: Collection[str]) -> str:
        """The name under which an entry that another one answers came, if that is known; else `name`."""
        if not name or digest(name) in held:
            return name
        first = self._kept.get(f"i{digest(canonical(name).casefold())}", "")
        return first if first and canonical(first) == canonical(name) else name

    def _all(self, keys: Collection[str], name: str) -> str:
        for key in keys:
            self._kept.pop(key, None)
            self._kept[key] = name
        return name

    def _remember(self, key: str, value: str) -> str:
        self._kept[key] = first = self._kept.pop(key, value)
        return first
